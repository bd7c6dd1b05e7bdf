"""The page of keys to the translation API."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.i18n import Catalogue
from appliance.services.api_keys import MAX_KEYS, ApiKeys
from appliance.services.ports import Clock
from appliance.services.public_api import PublicApi
from appliance.web.forms import problem, read_form
from appliance.web.guard import Guard
from appliance.web.pages import Pages

PATH = "/console/api"


@dataclass(frozen=True, slots=True)
class ApiKeysPages:
    """`per_minute`: requests a key may make."""

    keys: ApiKeys
    api: PublicApi
    guard: Guard
    pages: Pages
    clock: Clock
    per_minute: float

    async def page(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /console/api`."""
        return await self._form(request)

    async def create(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /console/api`: the only answer that shows a key."""
        form = await read_form(request)
        try:
            key, token = await self.keys.create(form.get("name", ""))
        except Refused as refusal:
            error = _problem(self.pages.words(request), refusal)
            return await self._form(request, values=form, errors={"name": error})
        return await self._form(request, made={"name": key.name, "token": token})

    async def revoke(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.keys.revoke(request.path_params["key"])
        return RedirectResponse(PATH, 303)

    async def restore(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.keys.restore(request.path_params["key"])
        return RedirectResponse(PATH, 303)

    async def delete(self, request: Request, agent: Agent, session: Session) -> Response:
        await self.keys.delete(request.path_params["key"])
        return RedirectResponse(PATH, 303)

    async def _form(self, request: Request, **context: Any) -> Response:
        today = self.clock().date()
        keys = [
            {
                "id": key.id,
                "name": key.name,
                "created_at": key.created_at,
                "last_used_at": key.last_used_at,
                "requests": key.requests_on(today),
                "revoked": key.revoked_at is not None,
            }
            for key in await self.keys.list()
        ]
        made = context.get("made")
        words = self.pages.words(request)
        origin = self.guard.origin(request)
        filled = {"made": None, "values": {}, "errors": {}, **context}
        return await self.pages.render(
            request,
            "api.html",
            status=400 if filled["errors"] else 200,
            keys=keys,
            per_minute=round(self.per_minute),
            number=words.number,
            origin=origin,
            examples=self._examples(origin, made["token"] if made else None),
            **filled,
        )

    def _examples(self, origin: str, token: str | None) -> dict[str, str]:
        """Requests that work as they stand, once the key is in them."""
        pairs = [(offer.code, target) for offer in self.api.languages() for target in offer.targets]
        others = sorted((pair for pair in pairs if pair[0] != pair[1]), key=lambda pair: pair[0] != "en")
        source, target = others[0] if others else ("en", "pt")
        text = "Where is my order?" if source == "en" else "…"
        shown = token or "k1.…"
        body = {"q": text, "source": source, "target": target, "api_key": shown}
        curl = (
            f"curl {origin}/translate \\\n  -H 'Content-Type: application/json' \\\n"
            f"  -d '{json.dumps(body, ensure_ascii=False)}'"
        )
        python = (
            "from libretranslatepy import LibreTranslateAPI  # pip install libretranslatepy\n\n"
            f'api = LibreTranslateAPI("{origin}", api_key="{shown}")\n'
            f'print(api.translate("{text}", "{source}", "{target}"))'
        )
        return {"curl": curl, "python": python}


def _problem(words: Catalogue, refusal: Refused) -> str:
    if refusal.field == "keys":
        return words.t(
            "There are {limit} keys, and no more fit. Delete one that nobody uses.", limit=MAX_KEYS
        )
    return problem(words, refusal)
