"""The sentences that wait for a worker: by model, and of each text one in turn."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .packs import Pack

SENTENCE_CHARACTERS = 75
"""A longer sentence counts as several in a batch (`Pack.batch`), since it takes as long."""


class Lane:
    """One text: its sentences wait in one line, beside those of other texts."""


@dataclass(eq=False, slots=True)
class Question:
    """Sentences asked together, whose answers are given together."""

    answers: list[str]
    missing: int
    done: asyncio.Future[list[str]]


@dataclass(eq=False, slots=True)
class Unit:
    """One sentence that waits or is under way."""

    pack: Pack
    text: str
    question: Question
    place: int
    """Of its answer among the question's."""
    failures: int = 0

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for it."""
        return not self.question.done.done()

    @property
    def work(self) -> float:
        """What it takes of a batch; 1 is a full one."""
        return max(1, len(self.text) / SENTENCE_CHARACTERS) / self.pack.batch

    def answer(self, translated: str) -> None:
        """Note its translation; the question is answered with the last one."""
        question = self.question
        question.answers[self.place] = translated
        question.missing -= 1
        if not question.missing and not question.done.done():
            question.done.set_result(question.answers)

    def fail(self, reason: Exception) -> None:
        """Fail the whole question."""
        if not self.question.done.done():
            self.question.done.set_exception(reason)


def ask(pack: Pack, sentences: Sequence[str]) -> tuple[Question, list[Unit]]:
    """A question to a pack, and its sentences. In a running event loop."""
    question = Question([""] * len(sentences), len(sentences), asyncio.get_running_loop().create_future())
    return question, [Unit(pack, text, question, place) for place, text in enumerate(sentences)]


class _Line:
    """What waits for one model."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._returned: deque[Unit] = deque()
        self._lanes: OrderedDict[Lane, deque[Unit]] = OrderedDict()
        self.work = 0.0

    def __bool__(self) -> bool:
        return bool(self._returned or self._lanes)

    def __len__(self) -> int:
        return len(self._returned) + sum(map(len, self._lanes.values()))

    def put(self, lane: Lane, units: Iterable[Unit]) -> None:
        waiting = self._lanes.setdefault(lane, deque())
        for unit in units:
            waiting.append(unit)
            self.work += unit.work

    def give_back(self, units: Sequence[Unit]) -> None:
        self._returned.extendleft(reversed(units))
        self.work += sum(unit.work for unit in units)

    def batch(self, most: float) -> list[Unit]:
        taken: list[Unit] = []
        full = 0.0
        while full < most and (unit := self._next()) is not None:
            self.work -= unit.work
            if unit.wanted:
                taken.append(unit)
                full += unit.work
        return taken

    def _next(self) -> Unit | None:
        if self._returned:
            return self._returned.popleft()
        if not self._lanes:
            return None
        lane, waiting = self._lanes.popitem(last=False)
        unit = waiting.popleft()
        if waiting:
            self._lanes[lane] = waiting
        return unit

    def drain(self) -> list[Unit]:
        return [*self._returned, *(unit for waiting in self._lanes.values() for unit in waiting)]


class Waiting:
    """Lines for models, which are served in turn.

    A batch is for one model and has one sentence from each text in turn, so that a short text never waits for
    a long one. A sentence that has failed before travels alone.
    """

    def __init__(self) -> None:
        self._again: deque[Unit] = deque()
        self._lines: OrderedDict[str, _Line] = OrderedDict()

    def __len__(self) -> int:
        return len(self._again) + sum(map(len, self._lines.values()))

    def __bool__(self) -> bool:
        return bool(self._again or self._lines)

    def fills(self, batches: int) -> bool:
        """Whether the next so many batches would be as large as batches get."""
        return not self._again and bool(self._lines) and self._first.work >= batches

    @property
    def side_by_side(self) -> bool:
        """Whether the next batch is for an engine that computes several at a time."""
        return not self._again and bool(self._lines) and self._first.pack.side_by_side

    def put(self, lane: Lane, units: Sequence[Unit]) -> None:
        """A text's sentences, behind those of it that wait already."""
        self._line(units).put(lane, units)

    def give_back(self, units: Sequence[Unit]) -> None:
        """A batch that was taken and not begun: first again."""
        if units:
            self._line(units).give_back(units)
            self._lines.move_to_end(units[0].pack.key, last=False)

    def again(self, unit: Unit) -> None:
        """A sentence to be tried once more, by itself and before all others."""
        self._again.appendleft(unit)

    def batch(self, takers: int = 1) -> list[Unit]:
        """The sentences to translate next, all of one model. Empty if nothing waits.

        Where several can be computed at a time, each of the takers shall have its share if what waits is less
        than a batch each.
        """
        while self._again:
            unit = self._again.popleft()
            if unit.wanted:
                return [unit]
        while self._lines:
            key, line = self._lines.popitem(last=False)
            batch = line.batch(min(1, line.work / takers) if line.pack.side_by_side else 1)
            if line:
                self._lines[key] = line
            if batch:
                return batch
        return []

    def drain(self) -> list[Unit]:
        """Everything, which waits no longer."""
        units = [*self._again, *(unit for line in self._lines.values() for unit in line.drain())]
        self._again.clear()
        self._lines.clear()
        return units

    @property
    def _first(self) -> _Line:
        return next(iter(self._lines.values()))

    def _line(self, units: Sequence[Unit]) -> _Line:
        pack = units[0].pack
        return self._lines.setdefault(pack.key, _Line(pack))
