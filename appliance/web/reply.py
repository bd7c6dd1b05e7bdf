"""Refusals as answers, in the reader's language."""

import json
from typing import Any

from starlette.responses import Response

from appliance.domain.refusal import Refused
from appliance.errors import TABLE
from appliance.i18n import Catalogue


def error_body(refusal: Refused, words: Catalogue, **more: Any) -> dict[str, Any]:
    kind = TABLE[refusal.code]
    params: dict[str, str | int] = {"field": refusal.field or "", **refusal.params}
    return {
        "type": "error",
        "code": refusal.code,
        "message": words.t(kind.message, **params),
        "field": refusal.field,
        "client_id": None,
        "ref": None,
        "retry_after": refusal.retry_after,
        **more,
    }


def error_response(refusal: Refused, words: Catalogue) -> Response:
    headers = {} if refusal.retry_after is None else {"retry-after": str(max(1, round(refusal.retry_after)))}
    return json_response(error_body(refusal, words), status=TABLE[refusal.code].status, headers=headers)


def json_response(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON that no cache keeps."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(
        content.encode("utf-8", "replace"),
        status,
        {"cache-control": "no-store", **(headers or {})},
        media_type="application/json",
    )


def refused_response(words: Catalogue, message: str, field: str) -> Response:
    """An answer as every error is one, with a sentence of its own."""
    body = error_body(Refused("bad_field", field=field), words)
    return json_response({**body, "message": message}, status=400)
