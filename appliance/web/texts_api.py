"""What the page of texts asks of the server (docs/protocol.md)."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.languages import negotiate, neighbours
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.texts import PURPOSES, Answer, Kind
from appliance.services.csv_tables import TableRefused
from appliance.services.regions import RegionSettings
from appliance.services.team import Team
from appliance.services.text_desk import DeskText, DeskTextChanged, TextDesk
from appliance.services.texts import Details, Texts
from appliance.services.texts_csv import NewWording, TextPlan, TextRowRefused, plan, to_csv, version_of
from appliance.services.visitor_languages import visitor_languages
from appliance.web.fields import Fields, parse_object, read_bounded
from appliance.web.pages import Pages
from appliance.web.reply import error_body, json_response, refused_response
from appliance.web.table_words import file_problem
from appliance.web.tables import EXAMPLES, file_response, read_file
from appliance.web.texts_drafts import returned_drafts
from appliance.web.texts_words import (
    OurWordings,
    locale_views,
    new_wording_view,
    text_problem,
    text_view,
)

MOST_BYTES = 2 * 2**20
"""Of a canned response in a hundred languages."""


@dataclass(frozen=True, slots=True)
class TextsApi:
    """`locales`: those of the interface. `leads`: whether one language can be translated into another."""

    desk: TextDesk
    texts: Texts
    regions: RegionSettings
    team: Team
    pages: Pages
    ours: OurWordings
    locales: tuple[str, ...]
    leads: Callable[[str, str], bool]

    async def overview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/wordings`."""
        words = self.pages.words(request)
        desks = await self.desk.all()
        used = await self._used(desks)
        tags = sorted({*self.locales, *used, *(tag for one in desks for tag in one.text.wordings)})
        sources = sorted({tag for one in desks for tag in one.text.approved})
        return json_response(
            {
                "texts": await self._views(request, desks),
                # What CLDR has of a language is read from the disk the first time.
                "locales": await asyncio.to_thread(locale_views, tags, frozenset(used), words),
                "nearest": neighbours(tags),
                "leads": {
                    source: [tag for tag in tags if tag != source and self.leads(source, tag)]
                    for source in sources
                },
                "ours": await self.ours.read(),
            }
        )

    async def save(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/save`."""
        fields = await _body(request)
        kind = _kind(fields)
        answer = fields.raw("answer") or "text"
        if answer not in get_args(Answer):
            raise Refused("bad_field", field="answer")
        details = Details(_shortcut(fields, kind), cast(Answer, answer), fields.flag("required"))
        expected = None if fields.raw("expected") is None else fields.seq("expected")
        text_id = None if fields.raw("id") is None else _id(fields)
        return await self._answer(
            request,
            lambda: self.desk.save(
                kind,
                text_id,
                _wordings(fields),
                expected,
                agent,
                details,
                _locales(fields, "dropped"),
                returned_drafts(fields.raw("drafts")),
            ),
        )

    async def draft(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/draft`."""
        fields = await _body(request)
        return await self._answer(request, lambda: self.desk.draft(_id(fields), fields.raw("locale"), agent))

    async def approve(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/approve`."""
        fields = await _body(request)
        return await self._answer(request, lambda: self.desk.approve(_id(fields), _wordings(fields), agent))

    async def discard(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/discard`."""
        fields = await _body(request)
        return await self._answer(
            request, lambda: self.desk.discard(_id(fields), _locales(fields, "locales"), agent)
        )

    async def remove(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/remove`."""
        fields = await _body(request)
        try:
            await self.desk.remove(_id(fields), fields.seq("expected"))
        except DeskTextChanged as changed:
            return await self._conflict(request, changed)
        return json_response({"id": _id(fields)})

    async def restore(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/restore`."""
        fields = await _body(request)
        return await self._answer(request, lambda: self.desk.restore(_id(fields), agent))

    async def order(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/order`."""
        fields = await _body(request)
        await self.texts.order(_kind(fields), _locales(fields, "ids"))
        return json_response({"ids": fields.raw("ids")})

    async def export(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/wordings/export`."""
        desks = await self.desk.all()
        wanted = sorted(await self._used(desks), key=lambda tag: (tag != "en", tag))
        return file_response(await asyncio.to_thread(to_csv, desks, wanted), "texts.csv")

    async def preview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/preview`: what a file would change."""
        return await self._file(request, None)

    async def take(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/wordings/import?version=…`: takes in a file whose preview was agreed to."""
        return await self._file(request, agent)

    async def _file(self, request: Request, taker: Agent | None) -> Response:
        words = self.pages.words(request)
        content = await read_file(request)
        desks = await self.desk.all()
        # Large files take seconds, in which visitors and agents go on.
        version = await asyncio.to_thread(version_of, desks)
        if taker is not None and request.query_params.get("version") != version:
            raise Refused("changed_meanwhile")
        try:
            found = await asyncio.to_thread(plan, desks, content)
        except TableRefused as refused:
            return refused_response(words, file_problem(words, refused), "file")
        except TextRowRefused as refused:
            return refused_response(words, text_problem(words, refused.code, refused.params), "file")
        if taker is not None:
            await self.desk.take(desks, await asyncio.to_thread(_said, found), taker)
        titles = {region.id: region.name(words.locale) for region in (await self.regions.read()).all}

        def view(new: NewWording, text: str) -> dict[str, Any]:
            return new_wording_view(new, titles.get(new.desk.region or ""), text)

        return json_response(
            {
                "added": {
                    "count": len(found.added),
                    "rows": [
                        {"line": new.line, "entry": view(new, new.said)} for new in found.added[:EXAMPLES]
                    ],
                },
                "changed": {
                    "count": len(found.changed),
                    "rows": [
                        {
                            "line": new.line,
                            "before": view(new, new.before or ""),
                            "after": view(new, new.said),
                        }
                        for new in found.changed[:EXAMPLES]
                    ],
                },
                "unchanged": found.unchanged,
                "refused": {
                    "count": len(found.refused),
                    "rows": [
                        {
                            "line": one.line,
                            "column": one.column,
                            "message": text_problem(words, one.code, one.params),
                        }
                        for one in found.refused[: 10 * EXAMPLES]
                    ],
                },
                "version": version,
            }
        )

    async def _answer(self, request: Request, change: "Callable[[], Any]") -> Response:
        try:
            changed: DeskText = await change()
        except DeskTextChanged as conflict:
            return await self._conflict(request, conflict)
        [view] = await self._views(request, [changed])
        return json_response({"text": view})

    async def _conflict(self, request: Request, changed: DeskTextChanged) -> Response:
        """Who else has saved it, and as what."""
        current = changed.current
        [theirs] = [None] if current is None else await self._views(request, [current])
        return json_response(error_body(changed, self.pages.words(request), theirs=theirs), status=409)

    async def _views(self, request: Request, desks: list[DeskText]) -> list[dict[str, Any]]:
        locale = self.pages.words(request).locale
        names = {one.id: one.name for one in await self.team.agents()}
        titles = {region.id: region.name(locale) for region in (await self.regions.read()).all}
        return [text_view(one, titles.get(one.region or ""), names) for one in desks]

    async def _used(self, desks: list[DeskText]) -> set[str]:
        """In what regions, agents and most visitors read (locales of the interface where there is one), and
        what somebody has written in."""
        wanted = {tag for region in (await self.regions.read()).all for tag in region.languages}
        wanted |= {one.language for one in await self.team.agents() if one.active}
        written = [set(one.text.wordings) for one in desks]
        return {
            "en",
            *(negotiate([tag], self.locales, tag) for tag in wanted),
            *visitor_languages(await self.texts.visitor_languages(), self.locales),
            # What is in all languages doesn't tell which of them are in use.
            *(tag for tags in written if not tags.issuperset(self.locales) for tag in tags),
        }


def _said(found: TextPlan) -> dict[str, dict[str, tuple[str, bool]]]:
    """What is new, by text and locale, and whether it is a draft."""
    said: dict[str, dict[str, tuple[str, bool]]] = {}
    for new in (*found.added, *found.changed):
        said.setdefault(new.desk.text.id, {})[new.locale] = (new.said, new.draft)
    return said


async def _body(request: Request) -> Fields:
    return parse_object(await read_bounded(request, MOST_BYTES), MOST_BYTES)


def _kind(fields: Fields) -> Kind:
    kind = fields.raw("kind")
    if not isinstance(kind, str) or kind not in PURPOSES:
        raise Refused("bad_field", field="kind")
    return cast(Kind, kind)


def _id(fields: Fields) -> str:
    text_id = fields.raw("id")
    if not isinstance(text_id, str) or not 0 < len(text_id) <= 64:
        raise Refused("bad_field", field="id")
    return text_id


def _shortcut(fields: Fields, kind: Kind) -> str | None:
    shortcut = fields.raw("shortcut")
    if kind == "canned" and not isinstance(shortcut, str):
        raise Refused("bad_field", field="shortcut")
    return shortcut if isinstance(shortcut, str) else None


def _wordings(fields: Fields) -> Mapping[str, object]:
    wordings = fields.raw("wordings")
    if not isinstance(wordings, dict):
        raise Refused("bad_field", field="wordings")
    return wordings


def _locales(fields: Fields, name: str) -> list[str]:
    listed = fields.raw(name)
    if listed is None and name == "dropped":
        return []
    if not isinstance(listed, list) or len(listed) > 1000 or not all(isinstance(one, str) for one in listed):
        raise Refused("bad_field", field=name)
    return listed
