"""`GET /api/agent/canned`: what agents can insert, as they and the visitor they answer read it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.languages import negotiate, same_language
from appliance.domain.people import Agent, Session
from appliance.domain.texts import Said, Text, said
from appliance.i18n import direction
from appliance.services.texts import Texts
from appliance.web.fields import checked_language
from appliance.web.reply import json_response


@dataclass(frozen=True, slots=True)
class CannedApi:
    texts: Texts

    async def canned(self, request: Request, agent: Agent, session: Session) -> Response:
        """`?language=`: the visitor's. A console asks again whenever it shows the list; as long as nothing
        has changed, the answer is 304."""
        asked = request.query_params.get("language")
        theirs = None if asked is None else checked_language(asked, "language")
        found = [_entry(text, agent.language, theirs) for text in await self.texts.of("canned")]
        body = {"canned": [entry for entry in found if entry is not None]}
        content = json.dumps(body, sort_keys=True).encode("utf-8", "replace")
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"cache-control": "private, no-cache", "etag": tag, "vary": "cookie"}
        if tag in [known.strip() for known in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        return json_response(body, headers=headers)


def _entry(text: Text, mine: str, theirs: str | None) -> dict[str, Any] | None:
    """None: nothing of it is approved in any language."""
    approved = text.approved
    own = said(approved, mine)
    if own is None:
        return None
    return {
        "id": text.id,
        "shortcut": text.shortcut,
        "own": _wording(own),
        "theirs": None if theirs is None else _approved_in(approved, theirs),
    }


def _approved_in(approved: Mapping[str, str], language: str) -> dict[str, str] | None:
    """The wording that readers of a language need no translation of; None: there is none."""
    suitable = {locale: text for locale, text in approved.items() if same_language(locale, language)}
    if not suitable:
        return None
    locale = negotiate([language], list(suitable), next(iter(suitable)))
    return _wording(Said(suitable[locale], locale))


def _wording(one: Said) -> dict[str, str]:
    # A name in other letters at its start must not turn a text around.
    return {"language": one.locale, "direction": direction(one.locale), "text": one.text}
