"""What admins set for the whole workspace."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from appliance.domain.refusal import Refused, suppress_when_full
from appliance.domain.text import clean_field
from appliance.services.ports import SettingsBook

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Workspace:
    """`sites`: origins that may show the chat in a frame. `accent`: `#rrggbb`."""

    name: str = "Dragoman"
    accent: str = "#3157d5"
    sites: tuple[str, ...] = ()

    @property
    def accent_text(self) -> str:
        """Black or white, whichever is easier to read on the accent."""
        return (
            "#ffffff" if contrast(self.accent, "#ffffff") >= contrast(self.accent, "#000000") else "#000000"
        )


class WorkspaceSettings:
    """Reads once, then answers from memory; this process is the only writer."""

    def __init__(self, book: SettingsBook, extra_sites: tuple[str, ...] = ()) -> None:
        self._book = book
        self._extra_sites = extra_sites
        self._current: Workspace | None = None

    async def read(self) -> Workspace:
        if self._current is None:
            self._current = _from_json((await self._book.read()).get("workspace", {}))
        return self._current

    async def instance(self) -> str:
        """The id that tells this workspace from every other; made at the first start, never changed."""
        known = (await self._book.read()).get("instance")
        if known is not None:
            return str(known["id"])
        made = secrets.token_hex(8)
        # Without room on the disk it lasts until the next start.
        with suppress_when_full():
            await self._book.write({"instance": {"id": made}})
        return made

    async def sites(self) -> tuple[str, ...]:
        """All origins that may show the chat: the admins' and the operator's."""
        return tuple(dict.fromkeys((*(await self.read()).sites, *self._extra_sites)))

    async def change(self, *, name: str, sites: str, accent: str | None = None) -> Workspace:
        """`sites`: one a line. Raises `Refused("bad_field")` naming `workspace`, `sites` or `accent`."""
        shown = clean_field(name, "workspace", 80, required=True)
        assert shown is not None
        changed = replace(await self.read(), name=shown, sites=parse_sites(sites))
        if accent is not None:
            if not _COLOUR.fullmatch(accent):
                raise Refused("bad_field", field="accent")
            changed = replace(changed, accent=accent.lower())
        await self._book.write({"workspace": {**asdict(changed), "sites": list(changed.sites)}})
        self._current = changed
        return changed


def parse_sites(raw: str) -> tuple[str, ...]:
    """Origins from addresses, one a line: `https://www.example.com/shop` gives `https://www.example.com`."""
    found: list[str] = []
    for line in filter(None, map(str.strip, raw.splitlines())):
        origin = parse_origin(_with_scheme(line))
        if origin is None or len(found) >= 100:
            raise Refused("bad_field", field="sites")
        found.append(origin)
    return tuple(dict.fromkeys(found))


def _with_scheme(line: str) -> str:
    """An address as people write it, made whole. A single word is none, unless it says so itself."""
    if "://" in line:
        return line
    if re.match(r"localhost\b", line):
        return f"http://{line}"
    return f"https://{line}" if "." in line else ""


def parse_origin(address: str) -> str | None:
    """The origin of an http(s) address as a browser would write it, or None."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        host = host.encode("idna").decode("ascii") if host else None
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[a-z0-9.:-]+", host):
        return None
    if ":" in host:
        host = f"[{host}]"
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def contrast(a: str, b: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _from_json(stored: Mapping[str, Any]) -> Workspace:
    return Workspace(**{**stored, "sites": tuple(stored.get("sites", ()))})
