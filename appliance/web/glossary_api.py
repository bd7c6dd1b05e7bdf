"""What the page of the glossary asks of the server (docs/protocol.md)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.glossary import GlossaryEntry
from appliance.domain.languages import is_language_tag
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text
from appliance.i18n import Catalogue, mark
from appliance.services.csv_tables import TableRefused
from appliance.services.glossary import EntryChanged, WorkspaceGlossary
from appliance.services.glossary_csv import Mode, Plan, Problem
from appliance.services.glossary_entries import EntryRefused, checked_entry
from appliance.services.glossary_trial import GlossaryTrial, Piece
from appliance.web.fields import Fields, query_number
from appliance.web.pages import Pages
from appliance.web.reply import error_body, json_response, refused_response
from appliance.web.table_words import file_problem, problem
from appliance.web.tables import EXAMPLES, file_response, read_file
from appliance.web.visitor_api import read_body
from translation import TranslationError

_FAILURES = {
    "no_route": mark("No installed language pack translates from {source} to {target}."),
    "too_long": mark("The text is too long."),
    "busy": mark("The server has too much to do right now. Try again in a moment."),
}
_FAILED = mark("This could not be translated. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class GlossaryApi:
    glossary: WorkspaceGlossary
    trial: GlossaryTrial
    pages: Pages

    async def entries(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/glossary`."""
        query = request.query_params
        page = await self.glossary.page(
            query.get("search", "")[:200],
            query.get("sort", "")[:35],
            descending="descending" in query,
            offset=query_number(request, "offset"),
        )
        return json_response(
            {
                "entries": [entry_view(entry) for entry in page.entries],
                "matching": page.matching,
                "total": page.total,
                "languages": page.languages,
                "version": page.version,
            }
        )

    async def save(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/glossary/save`."""
        fields = await read_body(request)
        wordings = _wordings(fields)
        entry_id = None if fields.raw("id") is None else fields.seq("id")
        words = self.pages.words(request)
        try:
            entry, before = await self.glossary.save(
                entry_id, fields.raw("keep"), wordings, fields.raw("note"), _seen(fields.raw("was"))
            )
        except EntryRefused as refused:
            return refused_response(words, problem(words, refused.code, refused.params), refused.field)
        except EntryChanged as changed:
            current = None if changed.current is None else entry_view(changed.current)
            return json_response(error_body(Refused("changed_meanwhile"), words, entry=current), status=409)
        return json_response(
            {"entry": entry_view(entry), "before": None if before is None else entry_view(before)}
        )

    async def remove(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/glossary/remove`."""
        removed = await self.glossary.remove((await read_body(request)).seq("id"))
        return json_response({"entry": entry_view(removed)})

    async def preview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/glossary/preview`."""
        mode = _mode(request)
        content = await read_file(request)
        return await self._planned(request, lambda: self.glossary.preview(content, mode))

    async def take(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/glossary/import`."""
        mode, version = _mode(request), request.query_params.get("version", "")
        content = await read_file(request)
        return await self._planned(request, lambda: self.glossary.take(content, mode, version))

    async def export(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/glossary/export`."""
        return file_response(await self.glossary.export(), "glossary.csv")

    async def attempt(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/glossary/try`."""
        fields = await read_body(request)
        source, target = tag_of(fields, "source"), tag_of(fields, "target")
        text = clean_text(fields.raw("text"))
        try:
            trial = await self.trial.of(text, source, target)
        except TranslationError as error:
            words = self.pages.words(request)
            return json_response(
                {"failed": error.code, "message": _failure(words, error.code, source, target)}
            )
        return json_response(
            {
                "failed": None,
                "source": _pieces(trial.source),
                "translation": _pieces(trial.translation),
                "without": None if trial.without is None else trial.without.translation,
                "flags": trial.result.flags,
                "path": trial.result.path,
            }
        )

    async def _planned(self, request: Request, planning: Callable[[], Awaitable[Plan]]) -> Response:
        words = self.pages.words(request)
        try:
            found = await planning()
        except TableRefused as refused:
            return refused_response(words, file_problem(words, refused), "file")
        except EntryRefused as refused:
            return refused_response(words, problem(words, refused.code, refused.params), "file")
        return json_response(
            {
                "added": {
                    "count": len(found.added),
                    "rows": [
                        {"line": change.line, "entry": entry_view(change.after)}
                        for change in found.added[:EXAMPLES]
                    ],
                },
                "changed": {
                    "count": len(found.changed),
                    "rows": [
                        {
                            "line": change.line,
                            "before": None if change.before is None else entry_view(change.before),
                            "after": entry_view(change.after),
                        }
                        for change in found.changed[:EXAMPLES]
                    ],
                },
                "unchanged": found.unchanged,
                "removed": {
                    "count": len(found.removed),
                    "rows": [{"entry": entry_view(entry)} for entry in found.removed[:EXAMPLES]],
                },
                "refused": {
                    "count": len(found.refused),
                    "rows": [problem_view(words, refused) for refused in found.refused[: 10 * EXAMPLES]],
                },
                "version": self.glossary.version,
            }
        )


def _wordings(fields: Fields) -> dict[str, list[object]]:
    wordings = fields.raw("wordings")
    if wordings is None:
        return {}
    if not isinstance(wordings, dict) or not all(isinstance(forms, list) for forms in wordings.values()):
        raise Refused("bad_field", field="wordings")
    return wordings


def _seen(raw: object) -> GlossaryEntry | None:
    """An entry as a page was told of it. Raises `Refused("bad_field")`."""
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise Refused("bad_field", field="was")
    fields = Fields(raw)
    try:
        return checked_entry(fields.raw("keep"), _wordings(fields), fields.raw("note"), fields.seq("id"))
    except EntryRefused as refused:
        raise Refused("bad_field", field="was") from refused


def entry_view(entry: GlossaryEntry) -> dict[str, Any]:
    return {
        # Those of a file are not stored yet.
        "id": max(entry.id, 0),
        "keep": entry.keep,
        "wordings": {tag: list(wordings) for tag, wordings in entry.wordings.items()},
        "note": entry.note,
    }


def problem_view(words: Catalogue, refused: Problem) -> dict[str, Any]:
    return {
        "line": refused.line,
        "column": "" if refused.column in ("*", "wordings", "file") else refused.column,
        "message": problem(words, refused.code, refused.params),
    }


def tag_of(fields: Fields, name: str) -> str:
    tag = fields.raw(name)
    if not isinstance(tag, str) or not is_language_tag(tag):
        raise Refused("bad_field", field=name)
    return tag


def _mode(request: Request) -> Mode:
    mode = request.query_params.get("mode", "merge")
    if mode not in ("merge", "replace"):
        raise Refused("bad_field", field="mode")
    return cast(Mode, mode)


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "term": piece.term} for piece in pieces]


def _failure(words: Catalogue, code: str, source: str, target: str) -> str:
    names = {"source": words.language_name(source), "target": words.language_name(target)}
    return words.t(_FAILURES.get(code, _FAILED), **names)
