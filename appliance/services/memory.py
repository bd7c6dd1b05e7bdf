"""What people said about translations: their own wordings first, what they called wrong marked.

Why it works as it does: docs/decisions/0006-memory.md.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from appliance.domain.memory import Judgement, Remembered, Verdict
from appliance.domain.refusal import Refused
from appliance.services.memory_csv import MemoryPlan, checked_judgement, plan, to_csv
from appliance.services.memory_texts import asked, judgement, replaces
from appliance.services.ports import Clock, MemoryBook
from translation.likeness import likened

MOST = 100_000
"""Judgements kept; of more the oldest make room."""

PAGE = 50

_AT_HAND = 1024
"""Likenesses whose judgements are kept in memory."""

_UNDOABLE = 200
"""Removed judgements that can be brought back."""


@dataclass(frozen=True, slots=True)
class MemoryPage:
    judgements: Sequence[Judgement]
    matching: int
    total: int
    pairs: Sequence[tuple[str, str]]


class Memory:
    """Reads the likenesses once; a text that was never judged costs no look into storage. This process is
    the only writer."""

    def __init__(self, book: MemoryBook, clock: Clock, *, most: int = MOST) -> None:
        self._book = book
        self._clock = clock
        self._most = most
        self._known: set[int] | None = None
        self._at_hand: OrderedDict[int, list[Judgement]] = OrderedDict()
        self._removed: OrderedDict[int, Judgement] = OrderedDict()
        self._writing = asyncio.Lock()
        self._start = secrets.token_hex(4)
        self._changes = 0

    @property
    def most(self) -> int:
        return self._most

    @property
    def version(self) -> str:
        """Another one after every change."""
        return f"{self._start}-{self._changes}"

    async def find(self, text: str, source: str, target: str) -> Remembered | None:
        """A person's wording for this text, or for one that is like it; the very text and the nearest tags
        first, then the newest."""
        if not await self._likenesses():
            return None
        what = asked(text, source, target)
        if what is None:
            return None
        approved = [known for known in await self._alike(what.likeness) if known.verdict == "approved"]
        if not approved:
            return None
        best = min(approved, key=what.nearness)
        return Remembered(text, what.wording_of(best), best.at, best.by)

    async def is_rejected(self, text: str, source: str, target: str, translation: str) -> bool:
        """Whether a person said that this translation is wrong."""
        if not await self._likenesses():
            return False
        what = asked(text, source, target)
        if what is None:
            return False
        alike = await self._alike(what.likeness)
        rejected = {likened(known.translation) for known in alike if known.verdict == "rejected"}
        return bool(rejected) and likened(what.slotted_wording(translation)) in rejected

    async def approve(self, text: str, source: str, target: str, translation: str, by: str | None) -> bool:
        """Remembers a person's own wording; it replaces the one for the same text and languages.

        False, and nothing is remembered: the text is too long, or what is personal in it does not pair up
        with what is in the translation.
        """
        return await self._judge("approved", text, source, target, translation, by)

    async def reject(self, text: str, source: str, target: str, translation: str, by: str | None) -> bool:
        """Remembers that a translation is wrong; a wording that says the same is forgotten. False as
        above."""
        return await self._judge("rejected", text, source, target, translation, by)

    async def withdraw(self, text: str, source: str, target: str, translation: str) -> None:
        """Forgets what was said of this wording for this text, for or against it."""
        what = asked(text, source, target)
        if what is None:
            return
        wording = likened(what.slotted_wording(translation))
        async with self._writing:
            said = [
                known
                for known in await self._book.alike(what.likeness)
                if what.is_about(known) and likened(known.translation) == wording
            ]
            if said:
                await self._change([], said)

    async def page(
        self,
        search: str = "",
        verdict: Verdict | None = None,
        pair: tuple[str, str] | None = None,
        offset: int = 0,
    ) -> MemoryPage:
        """What matches, the newest first."""
        found, matching = await self._book.page(
            search=search, verdict=verdict, pair=pair, offset=offset, limit=PAGE
        )
        return MemoryPage(found, matching, await self._book.count(), await self._book.pairs())

    async def save(
        self,
        entry_id: int | None,
        verdict: str,
        source: str,
        target: str,
        text: str,
        translation: str,
        by: str,
    ) -> Judgement:
        """Adds what an admin says, or changes it. Raises `RowRefused` and `Refused("not_found")`."""
        new = checked_judgement(verdict, source, target, text, translation, by, self._clock())
        async with self._writing:
            old = [] if entry_id is None else await self._book.get([entry_id])
            if entry_id is not None and not old:
                raise Refused("not_found")
            alike = await self._book.alike(new.likeness)
            gone = {known.id: known for known in (*old, *(k for k in alike if replaces(new, k)))}
            await self._change([new], list(gone.values()))
            return (await self._book.alike(new.likeness))[0]

    async def remove(self, entry_id: int) -> Judgement:
        """Raises `Refused("not_found")`."""
        async with self._writing:
            found = await self._book.get([entry_id])
            if not found:
                raise Refused("not_found")
            await self._change([], found)
        self._removed[entry_id] = found[0]
        while len(self._removed) > _UNDOABLE:
            self._removed.popitem(last=False)
        return found[0]

    async def restore(self, entry_id: int) -> None:
        """Takes a removal back, unless something newer was said. Raises `Refused("not_found")`."""
        async with self._writing:
            removed = self._removed.get(entry_id)
            if removed is None:
                raise Refused("not_found")
            alike = await self._book.alike(removed.likeness)
            if not any(replaces(known, removed) for known in alike):
                await self._change([removed], [])
            # Only now: what could not be written can be asked for again.
            del self._removed[entry_id]

    async def preview(self, content: bytes) -> MemoryPlan:
        """What a file would change. Raises `TableRefused` and `RowRefused`, as `memory_csv.plan`."""
        return await asyncio.to_thread(
            plan, await self._book.everything(), content, self._clock(), self._most
        )

    async def take(self, content: bytes, version: str) -> MemoryPlan:
        """Does what `preview` said, all of it or nothing; rows that were refused are left out. Raises
        `Refused("changed_meanwhile")` when the memory is not the one that was looked at."""
        async with self._writing:
            if version != self.version:
                raise Refused("changed_meanwhile")
            found = await self.preview(content)
            await self._change([*found.added, *found.changed], found.replaced)
        return found

    async def export(self) -> bytes:
        return await asyncio.to_thread(to_csv, await self._book.everything())

    async def _judge(
        self, verdict: Verdict, text: str, source: str, target: str, translation: str, by: str | None
    ) -> bool:
        what = asked(text, source, target)
        new = None if what is None else judgement(verdict, what, translation, by, self._clock())
        if new is None:
            return False
        async with self._writing:
            alike = await self._book.alike(new.likeness)
            await self._change([new], [known for known in alike if replaces(new, known)])
        return True

    async def _change(self, add: Sequence[Judgement], remove: Sequence[Judgement]) -> None:
        """Writes, and forgets what is at hand of what was touched. The lock is held."""
        known = await self._likenesses()
        touched = {judgement.likeness for judgement in (*add, *remove)}
        known.update(judgement.likeness for judgement in add)
        touched.update(await self._book.change(add, [judgement.id for judgement in remove], self._most))
        self._changes += 1
        for likeness in touched:
            self._at_hand.pop(likeness, None)

    async def _likenesses(self) -> set[int]:
        if self._known is None:
            known = await self._book.likenesses()
            # Somebody else may have read them meanwhile, and added to them since.
            self._known = known if self._known is None else self._known
        return self._known

    async def _alike(self, likeness: int) -> list[Judgement]:
        if likeness not in await self._likenesses():
            return []
        known = self._at_hand.get(likeness)
        if known is None:
            changes = self._changes
            known = await self._book.alike(likeness)
            # What was read while something was written may be old already.
            if changes == self._changes and not self._writing.locked():
                self._at_hand[likeness] = known
                while len(self._at_hand) > _AT_HAND:
                    self._at_hand.popitem(last=False)
        else:
            self._at_hand.move_to_end(likeness)
        return known
