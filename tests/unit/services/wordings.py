"""Storage of what people said and of terms, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from appliance.domain.glossary import GlossaryEntry
from appliance.domain.memory import Judgement, Verdict


class Judgements:
    """`services.ports.MemoryBook` until the end of the test."""

    def __init__(self) -> None:
        self.stored: dict[int, Judgement] = {}
        self._last = 0

    async def likenesses(self) -> set[int]:
        return {known.likeness for known in self.stored.values()}

    async def alike(self, likeness: int) -> list[Judgement]:
        found = [known for known in self.stored.values() if known.likeness == likeness]
        return sorted(found, key=lambda known: (known.at, known.id), reverse=True)

    async def get(self, ids: Sequence[int]) -> list[Judgement]:
        return [self.stored[number] for number in ids if number in self.stored]

    async def change(self, add: Sequence[Judgement], remove: Sequence[int], limit: int) -> list[int]:
        for number in remove:
            self.stored.pop(number, None)
        for judgement in add:
            self._last += 1
            self.stored[self._last] = replace(judgement, id=self._last)
        oldest = sorted(self.stored.values(), key=lambda known: (known.at, known.id))
        gone = oldest[: max(0, len(oldest) - limit)]
        for judgement in gone:
            del self.stored[judgement.id]
        return [judgement.likeness for judgement in gone]

    async def page(
        self, *, search: str, verdict: Verdict | None, pair: tuple[str, str] | None, offset: int, limit: int
    ) -> tuple[list[Judgement], int]:
        raise NotImplementedError("see tests/integration/test_memory.py")

    async def everything(self) -> list[Judgement]:
        return sorted(self.stored.values(), key=lambda known: (known.at, known.id))

    async def count(self) -> int:
        return len(self.stored)

    async def pairs(self) -> list[tuple[str, str]]:
        return sorted({(known.source, known.target) for known in self.stored.values()})


class Entries:
    """`services.ports.GlossaryBook` until the end of the test."""

    def __init__(self) -> None:
        self.stored: dict[int, GlossaryEntry] = {}
        self._last = 0

    async def entries(self) -> list[GlossaryEntry]:
        return [self.stored[number] for number in sorted(self.stored)]

    async def change(
        self, add: Sequence[GlossaryEntry], update: Sequence[GlossaryEntry], remove: Sequence[int]
    ) -> list[int]:
        for number in remove:
            self.stored.pop(number, None)
        self.stored |= {entry.id: entry for entry in update}
        ids = list(range(self._last + 1, self._last + 1 + len(add)))
        self.stored |= {number: replace(entry, id=number) for number, entry in zip(ids, add, strict=True)}
        self._last += len(add)
        return ids
