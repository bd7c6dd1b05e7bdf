"""The translation API for other programs, in LibreTranslate's form (docs/api.md)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from appliance.domain.refusal import Refused
from appliance.errors import ErrorKind
from appliance.i18n import Catalogue, mark
from appliance.services.api_keys import ApiKeys
from appliance.services.public_api import AUTO, FORMATS, MAX_TEXTS, ApiError, Detected, Format, PublicApi
from appliance.web.openapi import document
from appliance.web.pace import Pace
from appliance.web.reply import json_response

MAX_BODY = 1024 * 1024
"""Bytes of a request."""
MAX_ALTERNATIVES = 10

PATHS = frozenset({"/translate", "/detect", "/languages"})

WORDINGS: dict[str, ErrorKind] = {
    "bad_body": ErrorKind(
        400, mark("The body must be a JSON object or a form (application/x-www-form-urlencoded), in UTF-8.")
    ),
    "missing": ErrorKind(400, mark("“{field}” is missing.")),
    "bad_q": ErrorKind(400, mark("“q” must be a text.")),
    "bad_texts": ErrorKind(400, mark("“q” must be a text, or a list of texts.")),
    "bad_source": ErrorKind(400, mark("“source” must be a language code such as en, or auto.")),
    "bad_target": ErrorKind(400, mark("“target” must be a language code such as en.")),
    "bad_format": ErrorKind(400, mark("“format” must be text or html.")),
    "bad_alternatives": ErrorKind(400, mark("“alternatives” must be a whole number from 0 to {limit}.")),
    "bad_api_key": ErrorKind(400, mark("“api_key” must be a text.")),
    "too_many_texts": ErrorKind(
        400, mark("“q” has {n} texts, and {limit} are taken at once. Send them in several requests.")
    ),
    "too_long": ErrorKind(
        400, mark("“q” has {n} characters, and {limit} are taken at once. Send them in several requests.")
    ),
    "line_too_long": ErrorKind(
        400, mark("A line of “q” has {n} characters; the longest one taken has {limit}. Break it up.")
    ),
    "unknown_language": ErrorKind(
        400,
        mark("“{code}” is no language known here. A code looks like en or pt-BR; /languages lists them."),
    ),
    "language_misspelt": ErrorKind(
        400, mark("“{code}” is no language known here. Did you mean {meant} ({name})?")
    ),
    "no_route": ErrorKind(
        400, mark("Nothing installed translates from {source} to {target}. /languages lists what there is.")
    ),
    "no_key": ErrorKind(
        403, mark("An API key is needed, as “api_key”. An admin makes one in the console, under API.")
    ),
    "wrong_key": ErrorKind(
        403,
        mark(
            "This API key is not valid or has been revoked. An admin makes another in the console, under API."
        ),
    ),
    "not_from_pages": ErrorKind(403, mark("This request came from a page of another web site.")),
    "wrong_method": ErrorKind(405, mark("Send this request with POST.")),
    "body_too_large": ErrorKind(
        413, mark("The request is larger than {limit} bytes. Send the texts in several requests.")
    ),
    "too_fast": ErrorKind(
        429, mark("This key has sent more requests than it may. Try again in {seconds} seconds.")
    ),
    "engine_failed": ErrorKind(500, mark("The translation failed. Another try may help.")),
    "internal": ErrorKind(500, mark("Something went wrong on our side, and has been noted.")),
    "busy": ErrorKind(503, mark("The server has too much to do right now. Try again in a moment.")),
}

Words = Callable[[Request], Catalogue]


@dataclass(frozen=True, slots=True)
class TranslationApi:
    """The endpoints. `pace` is per key, `origin` gives the server's own address."""

    api: PublicApi
    keys: ApiKeys
    pace: Pace
    words: Words
    origin: Callable[[Request], str]

    async def translate(self, request: Request) -> Response:
        """`POST /translate`."""
        return await self._answered(request, self._translate)

    async def detect(self, request: Request) -> Response:
        """`POST /detect`."""
        return await self._answered(request, self._detect)

    async def languages(self, request: Request) -> Response:
        """`GET /languages`, for everybody."""
        offers = self.api.languages()
        return json_response(
            [{"code": offer.code, "name": offer.name, "targets": list(offer.targets)} for offer in offers]
        )

    async def openapi(self, request: Request) -> Response:
        """`GET /api/openapi.json`, for everybody."""
        return json_response(document(self.origin(request)))

    async def _translate(self, fields: dict[str, Any]) -> Any:
        texts = _texts(fields)
        source = _word(fields, "source", "bad_source")
        target = _word(fields, "target", "bad_target")
        form = _format(fields)
        alternatives = _alternatives(fields)
        many = isinstance(fields["q"], list)
        answers = await self.api.translate(texts, source, target, form)
        body: dict[str, Any] = {
            "translatedText": [answer.text for answer in answers] if many else answers[0].text,
            "flags": [list(answer.flags) for answer in answers] if many else list(answers[0].flags),
        }
        if source == AUTO:
            found = [_shown(answer.detected) for answer in answers if answer.detected is not None]
            body["detectedLanguage"] = found if many else found[0]
        if alternatives:
            # The models give one translation; clients expect the member they asked for.
            body["alternatives"] = [[] for _ in answers] if many else []
        return body

    async def _detect(self, fields: dict[str, Any]) -> Any:
        if "q" not in fields:
            raise ApiError("missing", field="q")
        text = fields["q"]
        if not isinstance(text, str):
            raise ApiError("bad_q")
        return [_shown(found) for found in await self.api.detect(_repaired(text))]

    async def _answered(self, request: Request, answer: Callable[[dict[str, Any]], Any]) -> Response:
        """The answer, or an error in LibreTranslate's form: `{"error": "…"}`."""
        try:
            # A key in the header is looked at before the body is read.
            token = _bearer(request)
            if token is not None:
                await self._admit(token)
            fields = await _fields(request)
            if token is None:
                await self._admit(_key(fields))
            return json_response(await answer(fields))
        except ApiError as error:
            return error_response(error, self.words(request))

    async def _admit(self, token: str) -> None:
        key = await self.keys.find(token)
        if key is None:
            raise ApiError("wrong_key")
        try:
            await self.pace.admit(key.id)
        except Refused as refusal:
            raise ApiError("too_fast", seconds=max(1, round(refusal.retry_after or 1))) from None
        await self.keys.note_use(key)


def refusal_response(refusal: Refused, words: Catalogue) -> Response:
    """What the server refuses before an endpoint of the API is asked, in the API's form."""
    codes = {"forbidden": "not_from_pages", "method_not_allowed": "wrong_method"}
    return error_response(ApiError(codes.get(refusal.code, "internal")), words)


def error_response(error: ApiError, words: Catalogue) -> Response:
    kind = WORDINGS[error.code]
    seconds = error.params.get("seconds")
    headers = {} if seconds is None else {"retry-after": str(seconds)}
    return json_response(
        {"error": words.t(kind.message, **error.params)}, status=kind.status, headers=headers
    )


async def _fields(request: Request) -> dict[str, Any]:
    """The members of a JSON object, or the fields of a form. Whatever the header says, JSON begins with a
    brace: many clients leave the header to chance."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise ApiError("body_too_large", limit=MAX_BODY)
        text = body.decode("utf-8")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if text.lstrip()[:1] in ("{", "[") or kind == "application/json":
            fields = json.loads(text, parse_constant=_no_constant)
            if not isinstance(fields, dict):
                raise ApiError("bad_body")
            return fields
        if kind not in ("", "application/x-www-form-urlencoded"):
            raise ApiError("bad_body")
        return _form(text)
    except (ValueError, RecursionError, ClientDisconnect):
        raise ApiError("bad_body") from None


def _form(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_TEXTS + 20):
        if name == "q" and "q" in fields:
            before = fields["q"]
            fields["q"] = [*(before if isinstance(before, list) else [before]), value]
        else:
            fields[name] = value
    return fields


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and 0 < len(token) <= 200 else None


def _key(fields: dict[str, Any]) -> str:
    key = fields.get("api_key")
    if key is None or key == "":
        raise ApiError("no_key")
    if not isinstance(key, str):
        raise ApiError("bad_api_key")
    return key[:200]


def _texts(fields: dict[str, Any]) -> list[str]:
    if "q" not in fields:
        raise ApiError("missing", field="q")
    value = fields["q"]
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise ApiError("bad_texts")
    return [_repaired(text) for text in texts]


def _word(fields: dict[str, Any], name: str, code: str) -> str:
    value = fields.get(name)
    if value is None or value == "":
        raise ApiError("missing", field=name)
    if not isinstance(value, str):
        raise ApiError(code)
    return value.strip()


def _format(fields: dict[str, Any]) -> Format:
    value = fields.get("format") or "text"
    if value not in FORMATS:
        raise ApiError("bad_format")
    form: Format = value
    return form


def _alternatives(fields: dict[str, Any]) -> int:
    value = fields.get("alternatives") or 0
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_ALTERNATIVES:
        raise ApiError("bad_alternatives", limit=MAX_ALTERNATIVES)
    return value


def _shown(detected: Detected | None) -> dict[str, Any]:
    assert detected is not None
    return {"language": detected.language, "confidence": detected.confidence}


def _repaired(text: str) -> str:
    """Lone surrogates can't leave as UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
