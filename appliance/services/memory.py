"""What people said about translations: their own wordings first, what they called wrong marked.

Why it works as it does: docs/decisions/0006-memory.md.
"""

import asyncio
import hashlib
from collections import OrderedDict

from appliance.domain.languages import base_language, is_language_tag, normalize_tag, script_of
from appliance.domain.memory import Judgement, Remembered, Verdict
from appliance.services.ports import Clock, MemoryBook
from translation.likeness import filled, fitted, has_slots, likened, slots_of, with_slots_of

MOST = 100_000
"""Judgements kept; of more the oldest make room."""

LONGEST = 5_000
"""Characters of a text; of its translation twice as many."""

_AT_HAND = 1024
"""Likenesses whose judgements are kept in memory."""


class Memory:
    """Reads the likenesses once; a text that was never judged costs no look into storage. This process is
    the only writer."""

    def __init__(self, book: MemoryBook, clock: Clock, *, most: int = MOST) -> None:
        self._book = book
        self._clock = clock
        self._most = most
        self._known: set[int] | None = None
        self._at_hand: OrderedDict[int, list[Judgement]] = OrderedDict()
        self._writing = asyncio.Lock()
        self._changes = 0

    async def find(self, text: str, source: str, target: str) -> Remembered | None:
        """A person's wording for this text, or for one that is like it; the very text and the nearest tags
        first, then the newest."""
        if not _memorable(text, source, target):
            return None
        slotted = slots_of(text)
        if has_slots(text):
            # Somebody typed it: what it should be filled with cannot be told.
            return None
        approved = [
            judgement
            for judgement in await self._alike(_likeness(slotted.text, source, target))
            if judgement.verdict == "approved"
        ]
        if not approved:
            return None
        best = min(
            approved,
            key=lambda known: (
                known.text != slotted.text,
                known.target != normalize_tag(target),
                known.source != normalize_tag(source),
            ),
        )
        wording = fitted(best.translation, best.text, slotted.text, target)
        return Remembered(text, filled(wording, slotted.slots), best.at, best.by)

    async def is_rejected(self, text: str, source: str, target: str, translation: str) -> bool:
        """Whether a person said that this translation is wrong."""
        if not _memorable(text, source, target):
            return False
        alike = await self._alike(_likeness(slots_of(text).text, source, target))
        rejected = {likened(known.translation) for known in alike if known.verdict == "rejected"}
        return bool(rejected) and likened(slots_of(translation).text) in rejected

    async def approve(self, text: str, source: str, target: str, translation: str, by: str | None) -> bool:
        """Remembers a person's own wording; it replaces the one for the same text and languages.

        False, and nothing is remembered: the text is too long, or what is personal in it does not pair up
        with what is in the translation.
        """
        slotted = slots_of(text)
        wording = with_slots_of(slotted, translation.strip())
        if wording is None or has_slots(text):
            return False
        return await self._judge("approved", slotted.text, source, target, wording, by)

    async def reject(self, text: str, source: str, target: str, translation: str, by: str | None) -> bool:
        """Remembers that a translation is wrong; a wording that says the same is forgotten. False as
        above."""
        slotted = slots_of(text)
        if has_slots(text):
            return False
        return await self._judge(
            "rejected", slotted.text, source, target, slots_of(translation.strip()).text, by
        )

    async def withdraw(self, text: str, source: str, target: str, translation: str) -> None:
        """Forgets what was said of this wording for this text, for or against it."""
        if not _memorable(text, source, target):
            return
        slotted = slots_of(text)
        wording = likened(slots_of(translation.strip()).text)
        async with self._writing:
            alike = await self._book.alike(_likeness(slotted.text, source, target))
            said = [
                known
                for known in alike
                if (known.source, known.target) == (normalize_tag(source), normalize_tag(target))
                and known.text == slotted.text.strip()
                and likened(known.translation) == wording
            ]
            if said:
                await self._change([], said)

    async def _judge(
        self, verdict: Verdict, text: str, source: str, target: str, translation: str, by: str | None
    ) -> bool:
        if not _memorable(text, source, target) or not 0 < len(translation) <= 2 * LONGEST:
            return False
        judgement = Judgement(
            0,
            verdict,
            normalize_tag(source),
            normalize_tag(target),
            text.strip(),
            translation,
            _likeness(text, source, target),
            by,
            self._clock(),
        )
        async with self._writing:
            alike = await self._book.alike(judgement.likeness)
            replaced = [known for known in alike if _replaces(judgement, known)]
            await self._change([judgement], replaced)
        return True

    async def _change(self, add: list[Judgement], remove: list[Judgement]) -> None:
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


def _replaces(new: Judgement, old: Judgement) -> bool:
    """Whether what was said before about the same text and languages makes no sense any more."""
    if (new.source, new.target) != (old.source, old.target) or new.text != old.text:
        return new.verdict != old.verdict and likened(new.translation) == likened(old.translation)
    both_approved = new.verdict == old.verdict == "approved"
    return both_approved or likened(new.translation) == likened(old.translation)


def _memorable(text: str, source: str, target: str) -> bool:
    return (
        0 < len(text) <= LONGEST
        and not text.isspace()
        and is_language_tag(source)
        and is_language_tag(target)
    )


def _likeness(text: str, source: str, target: str) -> int:
    key = "\x00".join((_language(source), _language(target), likened(text)))
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _language(tag: str) -> str:
    """The same for tags of the same language, whatever the region; readers of Serbian and Bosnian read both
    scripts."""
    language = base_language(tag)
    return language if language in ("bs", "sr") else f"{language}-{script_of(tag)}"
