"""Reading JSON objects from outside: every member is checked, and the first wrong one is named."""

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from appliance.domain.languages import normalize_tag
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.web.views import MAX_FRAME

MAX_SEQ = 2**31 - 1

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REGION = re.compile(r"[a-z0-9-]{1,36}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


def parse_object(raw: str | bytes, limit: int = MAX_FRAME) -> "Fields":
    """A JSON object. Raises `Refused`: `frame_too_large`, `bad_json`."""
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > limit:
        raise Refused("frame_too_large", limit=limit)
    try:
        # Given bytes, `json` would take UTF-16 and UTF-32 too.
        text = raw if isinstance(raw, str) else raw.decode("utf-8")
        value = _decode(text)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json") from error
    if not isinstance(value, dict):
        raise Refused("bad_json")
    return Fields(value)


async def read_bounded(request: Request, limit: int = MAX_FRAME) -> bytes:
    """A request's body, read no further than the limit. Raises `Refused("frame_too_large")`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Refused("frame_too_large", limit=limit)
    return bytes(body)


class Fields:
    """The members of an object, each read by what it must be. Raises `Refused("bad_field")` naming the
    member."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def raw(self, name: str) -> Any:
        return self._values.get(name)

    def name(self, name: str) -> str:
        """A short word such as a frame's type."""
        value = self._values.get(name)
        if not isinstance(value, str) or len(value) > 64:
            raise Refused("bad_field", field=name)
        return value

    def line(self, name: str, limit: int) -> str | None:
        return clean_field(self._values.get(name), name, limit)

    def seq(self, name: str, default: int | None = None) -> int:
        value = self._values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_SEQ:
            raise Refused("bad_field", field=name)
        return value

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise Refused("bad_field", field=name)
        return value

    def uuid(self, name: str) -> str:
        return checked_uuid(self._values.get(name), name)

    def language(self, name: str) -> str | None:
        """A language tag in canonical form; None when absent."""
        value = self._values.get(name)
        return None if value is None else checked_language(value, name)

    def time_zone(self, name: str) -> str | None:
        """The form of an IANA name is checked, not that the zone exists: browsers may know newer ones."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > 64 or not _ZONE.fullmatch(value):
            raise Refused("bad_field", field=name)
        return value

    def page(self, name: str) -> str | None:
        """An http(s) address; anything else (a file, an app's scheme) is of no use to an agent and is
        dropped."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, str):
            raise Refused("bad_field", field=name)
        text = clean_field((value or "")[:2048], name, 2048)
        return text if text and text.startswith(("https://", "http://")) else None

    def region(self, name: str) -> str | None:
        """A region's id by its form, not whether there is such a region; None when absent."""
        value = self._values.get(name)
        if value is not None and (not isinstance(value, str) or not _REGION.fullmatch(value)):
            raise Refused("bad_field", field=name)
        return value

    def site(self, name: str) -> str | None:
        """The region that a site names. What can't be one is a mistake in that page, which must not keep its
        visitors from writing."""
        value = self._values.get(name)
        return value if isinstance(value, str) and _REGION.fullmatch(value) else None

    def ref(self) -> str | None:
        value = self._values.get("ref")
        if value is not None and (not isinstance(value, str) or len(value) > 64):
            raise Refused("bad_field", field="ref")
        return clean_field(value, "ref", 64)


def checked_uuid(value: object, name: str) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise Refused("bad_field", field=name)
    return value


def checked_language(value: object, name: str) -> str:
    try:
        return normalize_tag(value if isinstance(value, str) else "")
    except ValueError:
        raise Refused("bad_field", field=name) from None


def query_number(request: Request, name: str) -> int:
    raw = request.query_params.get(name, "0")
    if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
        raise Refused("bad_field", field=name)
    return int(raw)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_decode = json.JSONDecoder(parse_constant=_no_constant).decode
