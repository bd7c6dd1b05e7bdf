"""The texts that admins write for others to read: read once, kept at hand, changed by one admin at a time."""

import asyncio
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.texts import (
    PURPOSES,
    Answer,
    KeptText,
    Kind,
    Said,
    Text,
    Wording,
    checked_locale,
    checked_wording,
    placeholders,
)
from appliance.services.ports import Clock, TextBook, TranslationEngine
from translation import TranslationError

MOST: Mapping[Kind, int] = {"question": 5, "canned": 1000}
"""Of the kinds of which there can be several."""
LONGEST_SHORTCUT = 32
_SHORTCUT = re.compile(rf"[a-z0-9-]{{1,{LONGEST_SHORTCUT}}}", re.ASCII)


class TextChanged(Refused):
    """Somebody else has saved the text meanwhile, as `current`; None: removed it."""

    def __init__(self, current: KeptText | None) -> None:
        super().__init__("changed_meanwhile")
        self.current = current


@dataclass(frozen=True, slots=True)
class Details:
    """What goes with a text besides its wordings."""

    shortcut: str | None = None
    answer: Answer = "text"
    required: bool = False


_NONE = Details()


class Texts:
    """Reads once, then answers from memory; this process is the only writer. `on_change` are called after
    each change."""

    def __init__(self, book: TextBook, engine: TranslationEngine, clock: Clock) -> None:
        self._book = book
        self._engine = engine
        self._clock = clock
        self._kept: dict[str, KeptText] | None = None
        self._writing = asyncio.Lock()
        self.on_change: list[Callable[[], None]] = []

    async def kept(self) -> list[KeptText]:
        """All, those of a kind in their order. Of the kinds with a single text there may be none yet."""
        return list((await self._current()).values())

    async def of(self, kind: Kind) -> list[Text]:
        """Those of a kind, in order."""
        return [kept.text for kept in (await self._current()).values() if kept.text.kind == kind]

    async def said(self, kind: Kind, language: str) -> Said | None:
        """What a reader of a language gets of a kind with a single text; None: nothing is approved.
        Placeholders are not filled in yet."""
        kept = (await self._current()).get(kind)
        return None if kept is None else kept.text.said(language)

    async def save(
        self,
        kind: Kind,
        text_id: str | None,
        wordings: Mapping[str, object],
        expected: int | None,
        by: Agent | None,
        details: Details = _NONE,
    ) -> Text:
        """Adds a text (`expected` is None; the id of one of several is made here), or gives it these wordings
        in the place of all it had but the drafts. A wording that is saved is approved. Without any, a
        text of its kind alone says nothing.

        Raises `TextChanged`; `Refused` as `checked_wording`, and `not_found`, `bad_field` (`locale`,
        `shortcut`), `wording_empty` (one of several that says nothing), `shortcut_taken`, `too_many_texts`.
        """
        checked: dict[str, str] = {}
        for locale, raw in wordings.items():
            tag = checked_locale(locale)
            checked[tag] = checked_wording(kind, tag, raw)
        async with self._writing:
            known = dict(await self._current())
            before = self._expected(known, kind, text_id, expected)
            text = before.text if before else Text(text_id or self._new_id(kind), kind)
            self._check_details(known, text, details)
            kept = {
                tag: replace(text.wordings[tag], text=said).approved()
                if tag in text.wordings and text.wordings[tag].text == said
                else Wording(said)
                for tag, said in checked.items()
            }
            drafts = {tag: one for tag, one in text.wordings.items() if one.draft and tag not in kept}
            if PURPOSES[kind].many and not kept and not drafts:
                raise Refused("wording_empty", field="en")
            saved = replace(
                text,
                wordings=kept | drafts,
                shortcut=details.shortcut if kind == "canned" else None,
                answer=details.answer,
                required=details.required,
            )
            return await self._store(known, saved, by)

    async def draft(self, text_id: str, source: str, targets: Sequence[str], by: Agent | None) -> Text:
        """Has a wording translated into locales that have none, or only a draft: as drafts. Those that can't
        be (no pack leads there, or a placeholder was lost) are left out. Raises `Refused`: `not_found`,
        `bad_field` (no approved wording in `source`)."""
        text = (await self._found(text_id)).text
        wording = text.wordings.get(source)
        if wording is None or wording.draft:
            raise Refused("bad_field", field="source")
        drafts: dict[str, Wording] = {}
        for target in dict.fromkeys(map(checked_locale, targets)):
            known = text.wordings.get(target)
            if target == source or (known is not None and not known.draft):
                continue
            drafted = await self._translated(text.kind, wording.text, source, target)
            if drafted is not None:
                drafts[target] = drafted
        async with self._writing:
            all_known = dict(await self._current())
            now = all_known.get(text_id)
            if now is None:
                raise Refused("not_found")
            free = {
                target: drafted
                for target, drafted in drafts.items()
                if target not in now.text.wordings or now.text.wordings[target].draft
            }
            if not free:
                return now.text
            return await self._store(all_known, replace(now.text, wordings={**now.text.wordings, **free}), by)

    async def approve(self, text_id: str, locale: str, raw: object, by: Agent | None) -> Text:
        """A person stands by a wording, as it is or as they have put it. Raises `Refused` as
        `checked_wording`, and `not_found`."""
        async with self._writing:
            known = dict(await self._current())
            text = (await self._found(text_id)).text
            tag = checked_locale(locale)
            wording = text.wordings.get(tag)
            said = checked_wording(text.kind, tag, raw)
            source = None if wording is None or wording.source is None else text.wordings.get(wording.source)
            approved = Wording(
                said,
                source=None if source is None or wording is None else wording.source,
                made_from=None if source is None else source.text,
            )
            return await self._store(known, replace(text, wordings={**text.wordings, tag: approved}), by)

    async def discard(self, text_id: str, locale: str, by: Agent | None) -> Text:
        """Drops a draft. Raises `Refused("not_found")`."""
        async with self._writing:
            known = dict(await self._current())
            text = (await self._found(text_id)).text
            wording = text.wordings.get(locale)
            if wording is None or not wording.draft:
                raise Refused("not_found")
            left = {tag: one for tag, one in text.wordings.items() if tag != locale}
            return await self._store(known, replace(text, wordings=left), by)

    async def remove(self, text_id: str, expected: int | None) -> KeptText:
        """Raises `TextChanged`, `Refused("not_found")`."""
        async with self._writing:
            known = dict(await self._current())
            gone = known.pop(text_id, None)
            if gone is None:
                raise Refused("not_found")
            if expected is not None and gone.text.version != expected:
                raise TextChanged(gone)
            await self._write(known, [], [text_id])
        return gone

    async def restore(self, gone: Text, by: Agent | None) -> Text:
        """Undoes a removal, at the end of its kind. Raises `Refused`: `changed_meanwhile` (there is one with
        its id), `shortcut_taken`, `too_many_texts`."""
        async with self._writing:
            known = dict(await self._current())
            if gone.id in known:
                raise Refused("changed_meanwhile")
            self._check_details(known, gone, Details(gone.shortcut, gone.answer, gone.required))
            return await self._store(known, gone, by)

    async def order(self, kind: Kind, ids: Sequence[str]) -> None:
        """Raises `Refused("changed_meanwhile")` unless these are the ids of all of a kind, each once."""
        async with self._writing:
            known = await self._current()
            own = [one for one, kept in known.items() if kept.text.kind == kind]
            if sorted(ids) != sorted(own):
                raise Refused("changed_meanwhile")
            others = {one: kept for one, kept in known.items() if one not in own}
            await self._write({**others, **{one: known[one] for one in ids}}, [], [])

    async def _current(self) -> dict[str, KeptText]:
        if self._kept is None:
            stored = {kept.text.id: kept for kept in await self._book.texts()}
            # Somebody else may have read them meanwhile, and changed them since.
            if self._kept is None:
                self._kept = stored
        return self._kept

    async def _found(self, text_id: str) -> KeptText:
        kept = (await self._current()).get(text_id)
        if kept is None:
            raise Refused("not_found")
        return kept

    def _expected(
        self, known: Mapping[str, KeptText], kind: Kind, text_id: str | None, expected: int | None
    ) -> KeptText | None:
        if not PURPOSES[kind].many:
            text_id = kind
        before = None if text_id is None else known.get(text_id)
        if text_id is not None and PURPOSES[kind].many and before is None:
            raise TextChanged(None)
        if before is not None and (before.text.kind != kind or before.text.version != expected):
            raise TextChanged(before)
        return before

    def _check_details(self, known: Mapping[str, KeptText], text: Text, details: Details) -> None:
        others = [
            kept.text for kept in known.values() if kept.text.kind == text.kind and kept.text.id != text.id
        ]
        if text.kind in MOST and len(others) >= MOST[text.kind]:
            raise Refused("too_many_texts", limit=MOST[text.kind])
        if text.kind != "canned":
            return
        if details.shortcut is None or not _SHORTCUT.fullmatch(details.shortcut):
            raise Refused("bad_field", field="shortcut")
        if any(other.shortcut == details.shortcut for other in others):
            raise Refused("shortcut_taken", field="shortcut", shortcut=details.shortcut)

    def _new_id(self, kind: Kind) -> str:
        return f"{kind}-{secrets.token_hex(6)}" if PURPOSES[kind].many else kind

    async def _translated(self, kind: Kind, text: str, source: str, target: str) -> Wording | None:
        """None: it can't be translated into what could be stored."""
        try:
            result = await self._engine.translate(text, source, target)
            said = checked_wording(kind, target, result.translation)
        except (TranslationError, Refused):
            return None
        if placeholders(said) != placeholders(text):
            return None
        return Wording(said, draft=True, doubtful=result.doubtful, source=source, made_from=text)

    async def _store(self, known: dict[str, KeptText], text: Text, by: Agent | None) -> Text:
        saved = replace(text, version=text.version + 1)
        known[text.id] = KeptText(saved, self._clock(), None if by is None else by.id)
        await self._write(known, [known[text.id]], [])
        return saved

    async def _write(
        self, known: dict[str, KeptText], save: Sequence[KeptText], remove: Sequence[str]
    ) -> None:
        await self._book.write(save, remove, list(known))
        self._kept = known
        for told in self.on_change:
            told()
