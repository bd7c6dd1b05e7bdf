"""Half-open stretches of whole numbers, `(start, end)` with start < end: united, cut, laid in layers."""

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]


def united(spans: Iterable[Span]) -> list[Span]:
    """In order, overlapping and touching ones made one; empty and reversed ones are dropped."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def without(spans: Iterable[Span], cuts: Iterable[Span]) -> list[Span]:
    """What of `spans` no cut covers. Both in order and free of overlaps, as `united` leaves them."""
    result: list[Span] = []
    waiting = iter(cuts)
    cut = next(waiting, None)
    for start, end in spans:
        while cut is not None and cut[1] <= start:
            cut = next(waiting, None)
        while cut is not None and cut[0] < end:
            if start < cut[0]:
                result.append((start, cut[0]))
            start = cut[1]
            if start >= end:
                break
            cut = next(waiting, None)
        if start < end:
            result.append((start, end))
    return result


def within(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """What of `spans` lies between `start` and `end`."""
    clipped = ((max(start, one), min(end, other)) for one, other in spans)
    return [(one, other) for one, other in clipped if one < other]


class Layers:
    """Spans laid over one another in the order given, of which only the top one shows.

    Takes n log n for n spans, however long they are and however many lie on one point.
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._edges: list[int] = []
        self._tops: list[int | None] = []
        rising = sorted(
            (index for index, (start, end) in enumerate(spans) if start < end),
            key=lambda index: spans[index][0],
        )
        edges = sorted({edge for index in rising for edge in spans[index]})
        here: list[int] = []
        risen = 0
        for edge in edges:
            while risen < len(rising) and spans[rising[risen]][0] <= edge:
                heapq.heappush(here, -rising[risen])
                risen += 1
            while here and spans[-here[0]][1] <= edge:
                heapq.heappop(here)
            top = -here[0] if here else None
            if not self._tops or self._tops[-1] != top:
                self._edges.append(edge)
                self._tops.append(top)

    def top(self, point: int) -> int | None:
        """The index of the last span given that covers the point."""
        place = bisect_right(self._edges, point) - 1
        return self._tops[place] if place >= 0 else None

    def visible(self) -> frozenset[int]:
        """The indexes of spans that show anywhere."""
        return frozenset(top for top in self._tops if top is not None)

    def covered(self, start: int, end: int) -> Iterator[Span]:
        """What any span covers between `start` and `end`, in order; touching pieces stay apart."""
        place = max(0, bisect_right(self._edges, start) - 1)
        while place < len(self._edges) and self._edges[place] < end:
            # The last edge always ends the last span, so what is covered has a next edge.
            if self._tops[place] is not None:
                yield max(start, self._edges[place]), min(end, self._edges[place + 1])
            place += 1
