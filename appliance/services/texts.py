"""The texts that admins write for others to read: read once, kept at hand, changed by one admin at a time."""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.texts import (
    MOST_LOCALES,
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
NEWEST_VISITORS = 500
"""Whose languages are looked at."""
_REMEMBERED = 20
"""Removals that can be undone, until the server ends."""
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


def checked_wordings(kind: Kind, wordings: Mapping[str, object]) -> dict[str, str]:
    """As they will be stored, by locale. Raises `Refused` as `checked_locale` and `checked_wording`, and
    `too_many_texts`."""
    if len(wordings) > MOST_LOCALES:
        raise Refused("too_many_texts", limit=MOST_LOCALES)
    checked: dict[str, str] = {}
    for locale, raw in wordings.items():
        tag = checked_locale(locale)
        checked[tag] = checked_wording(kind, tag, raw)
    return checked


def checked_drafts(kind: Kind, drafts: Mapping[str, Wording]) -> dict[str, Wording]:
    """Drafts that come back, by locale. Raises `Refused` as `checked_wordings`."""
    said = checked_wordings(kind, {tag: one.text for tag, one in drafts.items()})
    return {
        checked_locale(tag): replace(one, text=said[checked_locale(tag)], draft=True)
        for tag, one in drafts.items()
    }


def drafts_beside(
    text: Text, kept: Collection[str], dropped: Collection[str], returned: Mapping[str, Wording]
) -> dict[str, Wording]:
    """The drafts of a text beside the approved wordings in the locales `kept`: those it has and was not told
    to drop, and those that come back."""
    own = {tag: one for tag, one in text.wordings.items() if one.draft and tag not in dropped}
    return {tag: one for tag, one in (own | dict(returned)).items() if tag not in kept}


def approved(text: Text, said: Mapping[str, str]) -> dict[str, Wording]:
    """Wordings that take the place of a text's: what stays as it was is as old as it was."""
    told = stood_by(text, said)
    for tag, one in text.wordings.items():
        if not one.draft and one.text == said.get(tag) and (one.source is None or one.source in said):
            told[tag] = one
    return told


def stood_by(text: Text, said: Mapping[str, str]) -> dict[str, Wording]:
    """Wordings that somebody has approved (`Wording.approved`); their sources are as they are with these in
    place."""
    together = {tag: one for tag, one in text.wordings.items() if not one.draft}
    together |= {tag: Wording(one) for tag, one in said.items()}
    told: dict[str, Wording] = {}
    for tag, one in said.items():
        there = text.wordings.get(tag, Wording(one))
        told[tag] = there.approved(one, together.get(there.source or ""))
    return told


def check_size(before: Collection[str], after: Collection[str]) -> None:
    """Of the locales of a text, drafts included: one that has too many already gets no more. Raises
    `Refused("too_many_texts")`."""
    if len(after) > max(MOST_LOCALES, len(before)):
        raise Refused("too_many_texts", limit=MOST_LOCALES)


class Texts:
    """Reads once, then answers from memory; this process is the only writer. `on_change` are called after
    each change."""

    def __init__(self, book: TextBook, engine: TranslationEngine, clock: Clock) -> None:
        self._book = book
        self._engine = engine
        self._clock = clock
        self._kept: dict[str, KeptText] | None = None
        self._removed: dict[str, Text] = {}
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
        dropped: Collection[str] = (),
        drafts: Mapping[str, Wording] | None = None,
    ) -> Text:
        """Adds a text (`expected` is None; the id of one of several is made here), or gives it these wordings
        in the place of all it had but the drafts; of those the ones in the locales `dropped` go too, and
        `drafts` come back, as an undo needs them. A wording that is saved is approved. Without any, a text of
        its kind alone says nothing.

        Raises `TextChanged`; `Refused` as `checked_wording`, and `not_found`, `bad_field` (`locale`,
        `shortcut`), `wording_empty` (one of several that says nothing), `shortcut_taken`, `too_many_texts`.
        """
        checked = checked_wordings(kind, wordings)
        returned = checked_drafts(kind, drafts or {})
        async with self._writing:
            known = dict(await self._current())
            before = self._expected(known, kind, text_id, expected)
            text = before.text if before else self._fresh(self._new_id(kind), kind)
            self._check_details(known, text, details)
            kept = approved(text, checked)
            beside = drafts_beside(text, kept, dropped, returned)
            if PURPOSES[kind].many and not kept and not beside:
                raise Refused("wording_empty", field="en")
            saved = replace(
                text,
                wordings=kept | beside,
                shortcut=details.shortcut if kind == "canned" else None,
                answer=details.answer,
                required=details.required,
            )
            return await self._store(known, saved, by)

    async def translated(self, kind: Kind, text: str, source: str, target: str) -> Wording:
        """A draft. Raises `Refused`: `draft_unreachable` (no pack leads there), `draft_failed` (nothing came
        of it that could be stored: a placeholder was lost, say)."""
        try:
            result = await self._engine.translate(text, source, target)
            said = checked_wording(kind, target, result.translation)
        except TranslationError as error:
            raise Refused("draft_unreachable" if error.code == "no_route" else "draft_failed") from error
        except Refused as error:
            raise Refused("draft_failed") from error
        if placeholders(said) != placeholders(text):
            raise Refused("draft_failed")
        return Wording(said, True, result.doubtful, source, text, tuple(result.flags))

    async def draft(self, text_id: str, source: str, target: str, by: Agent | None) -> Text:
        """Has a wording translated into a locale that has none, or only a draft. Raises `Refused`: as
        `translated`; `not_found`, `too_many_texts`, `bad_field` (no approved wording in `source`)."""
        text = (await self._found(text_id)).text
        wording = text.wordings.get(source)
        if wording is None or wording.draft:
            raise Refused("bad_field", field="source")
        check_size(text.wordings, {*text.wordings, target})
        drafted = await self.translated(text.kind, wording.text, source, target)
        async with self._writing:
            known = dict(await self._current())
            now = (await self._found(text_id)).text
            there = now.wordings.get(target)
            if there is not None and not there.draft:
                # Somebody has written it meanwhile.
                return now
            return await self._store(known, replace(now, wordings={**now.wordings, target: drafted}), by)

    async def approve(self, text_id: str, wordings: Mapping[str, object], by: Agent | None) -> Text:
        """A person stands by these, as they were or as they have put them. Raises `TextChanged` where
        somebody has approved another wording meanwhile; `Refused` as `checked_wording`, and `not_found`,
        `too_many_texts`."""
        async with self._writing:
            known = dict(await self._current())
            kept = await self._found(text_id)
            text = kept.text
            checked = checked_wordings(text.kind, wordings)
            for tag, said in checked.items():
                there = text.wordings.get(tag)
                if there is not None and not there.draft and there.text != said:
                    raise TextChanged(kept)
            told = {**text.wordings, **stood_by(text, checked)}
            if told == text.wordings:
                return text
            return await self._store(known, replace(text, wordings=told), by)

    async def discard(self, text_id: str, locales: Collection[str], by: Agent | None) -> Text:
        """Drops drafts. Raises `Refused("not_found")`: there is no text, or none of these."""
        async with self._writing:
            known = dict(await self._current())
            text = (await self._found(text_id)).text
            left = {tag: one for tag, one in text.wordings.items() if tag not in locales or not one.draft}
            if len(left) == len(text.wordings):
                raise Refused("not_found")
            return await self._store(known, replace(text, wordings=left), by)

    async def note(
        self,
        kind: Kind,
        text_id: str,
        change: Callable[[Mapping[str, Wording]], Awaitable[Mapping[str, Wording]]],
        by: Agent | None,
    ) -> None:
        """Notes wordings of a text whose approved ones are kept elsewhere (`Purpose.of_region`). `change`
        makes of what is noted what will be, while nobody else notes anything."""
        async with self._writing:
            known = dict(await self._current())
            before = known[text_id].text if text_id in known else Text(text_id, kind)
            left = dict(await change(before.wordings))
            if left == before.wordings:
                return
            if left:
                await self._store(known, replace(before, wordings=left), by)
            else:
                del known[text_id]
                await self._write(known, [], [text_id])

    async def take(
        self,
        changes: Callable[[], Awaitable[Mapping[str, tuple[Kind, Mapping[str, Wording]]]]],
        by: Agent | None,
    ) -> None:
        """Gives many texts wordings at once, by their ids, as an import does: all or none. `changes` makes
        them of what there is, while nobody else changes anything."""
        async with self._writing:
            taken = await changes()
            known = dict(await self._current())
            for text_id, (kind, wordings) in taken.items():
                before = known[text_id].text if text_id in known else self._fresh(text_id, kind)
                text = replace(before, wordings={**before.wordings, **wordings}, version=before.version + 1)
                known[text_id] = KeptText(text, self._clock(), None if by is None else by.id)
            await self._write(known, [known[text_id] for text_id in taken], [])

    async def noted(self, text_id: str) -> Mapping[str, Wording]:
        """What was noted so."""
        kept = (await self._current()).get(text_id)
        return {} if kept is None else kept.text.wordings

    async def visitor_languages(self) -> list[str]:
        """Of those who came last, a tag for each of them."""
        return await self._book.visitor_languages(NEWEST_VISITORS)

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
            self._removed[text_id] = gone.text
            while len(self._removed) > _REMEMBERED:
                del self._removed[next(iter(self._removed))]
        return gone

    async def restore(self, text_id: str, by: Agent | None) -> Text:
        """Undoes a removal, at the end of its kind. Raises `Refused`: `not_found` (it was removed too long
        ago), `changed_meanwhile` (there is one with its id), `shortcut_taken`, `too_many_texts`."""
        async with self._writing:
            known = dict(await self._current())
            gone = self._removed.get(text_id)
            if gone is None:
                raise Refused("not_found")
            if gone.id in known:
                raise Refused("changed_meanwhile")
            self._check_details(known, gone, Details(gone.shortcut, gone.answer, gone.required))
            back = await self._store(known, gone, by)
            del self._removed[text_id]
        return back

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
        if before is None:
            # What was seen is gone, and so is whichever of several is named.
            if expected or (text_id is not None and PURPOSES[kind].many):
                raise TextChanged(None)
        elif before.text.kind != kind or before.text.version != expected:
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

    def _fresh(self, text_id: str, kind: Kind) -> Text:
        """One that says nothing yet. Who has seen one with its id that was removed has not seen this one."""
        gone = self._removed.get(text_id)
        return Text(text_id, kind, version=0 if gone is None else gone.version)

    async def _store(self, known: dict[str, KeptText], text: Text, by: Agent | None) -> Text:
        before = known[text.id].text if text.id in known else self._removed.get(text.id)
        check_size(() if before is None else before.wordings, text.wordings)
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
