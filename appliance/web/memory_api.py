"""What the page of the memory asks of the server (docs/protocol.md)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.memory import Judgement, Verdict
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.services.csv_tables import TableRefused
from appliance.services.memory import Memory
from appliance.services.memory_csv import VERDICTS, MemoryPlan, RowRefused
from appliance.services.team import Team
from appliance.web.fields import Fields, query_number
from appliance.web.pages import Pages
from appliance.web.reply import json_response, refused_response
from appliance.web.table_words import file_problem, problem
from appliance.web.tables import EXAMPLES, file_response, read_file
from appliance.web.views import instant
from appliance.web.visitor_api import read_body


@dataclass(frozen=True, slots=True)
class MemoryApi:
    memory: Memory
    team: Team
    pages: Pages

    async def judgements(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/memory`."""
        query = request.query_params
        source, target = query.get("source", "")[:35], query.get("target", "")[:35]
        page = await self.memory.page(
            query.get("search", "")[:200],
            _verdict(query.get("verdict")),
            (source, target) if source and target else None,
            query_number(request, "offset"),
        )
        names = await self._names()
        return json_response(
            {
                "judgements": [judgement_view(known, names) for known in page.judgements],
                "matching": page.matching,
                "total": page.total,
                "most": self.memory.most,
                "pairs": [list(pair) for pair in page.pairs],
            }
        )

    async def save(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/memory/save`."""
        fields = await read_body(request)
        entry_id = None if fields.raw("id") is None else fields.seq("id")
        words = self.pages.words(request)
        try:
            saved = await self.memory.save(
                entry_id,
                _text(fields, "verdict"),
                _text(fields, "source"),
                _text(fields, "target"),
                _text(fields, "text"),
                _text(fields, "translation"),
                agent.id,
            )
        except RowRefused as refused:
            return refused_response(words, problem(words, refused.code, refused.params), refused.field)
        return json_response({"judgement": judgement_view(saved, await self._names())})

    async def remove(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/memory/remove`."""
        removed = await self.memory.remove((await read_body(request)).seq("id"))
        return json_response({"judgement": judgement_view(removed, await self._names())})

    async def restore(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/memory/restore`."""
        await self.memory.restore((await read_body(request)).seq("id"))
        return json_response({})

    async def preview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/memory/preview`."""
        content = await read_file(request)
        return await self._planned(request, lambda: self.memory.preview(content))

    async def take(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/memory/import`."""
        version = request.query_params.get("version", "")
        content = await read_file(request)
        return await self._planned(request, lambda: self.memory.take(content, version))

    async def export(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/memory/export`."""
        return file_response(await self.memory.export(), "memory.csv")

    async def _planned(self, request: Request, planning: Callable[[], Awaitable[MemoryPlan]]) -> Response:
        words = self.pages.words(request)
        try:
            found = await planning()
        except TableRefused as refused:
            return refused_response(words, file_problem(words, refused), "file")
        except RowRefused as refused:
            return refused_response(words, problem(words, refused.code, refused.params), "file")
        changed = list(zip(found.replaced, found.changed, strict=True))
        return json_response(
            {
                "added": {
                    "count": len(found.added),
                    "rows": [judgement_view(new, {}) for new in found.added[:EXAMPLES]],
                },
                "changed": {
                    "count": len(changed),
                    "rows": [
                        {"before": judgement_view(old, {}), "after": judgement_view(new, {})}
                        for old, new in changed[:EXAMPLES]
                    ],
                },
                "unchanged": found.unchanged,
                "refused": {
                    "count": len(found.refused),
                    "rows": [
                        {
                            "line": row.line,
                            "column": row.column,
                            "message": problem(words, row.code, row.params),
                        }
                        for row in found.refused[: 10 * EXAMPLES]
                    ],
                },
                "version": self.memory.version,
            }
        )

    async def _names(self) -> dict[str, str]:
        return {agent.id: agent.name for agent in await self.team.agents()}


def judgement_view(known: Judgement, names: Mapping[str, str]) -> dict[str, Any]:
    """`names`: of agents, by id."""
    return {
        "id": known.id,
        "verdict": known.verdict,
        "source": known.source,
        "target": known.target,
        "text": known.text,
        "translation": known.translation,
        "by": names.get(known.by or ""),
        "at": instant(known.at),
    }


def _verdict(asked: str | None) -> Verdict | None:
    if not asked:
        return None
    for verdict in VERDICTS:
        if asked == verdict:
            return verdict
    raise Refused("bad_field", field="verdict")


def _text(fields: Fields, name: str) -> str:
    value = fields.raw(name)
    if not isinstance(value, str):
        raise Refused("bad_field", field=name)
    return value
