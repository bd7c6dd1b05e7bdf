"""Who is there for whom between two instants: each region's hours, who covers it, when nobody is there.

All instants are in UTC; whatever is open from one second to another is told to that second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from appliance.domain.placing import helpers
from appliance.domain.regions import Region, Regions
from appliance.domain.schedule import Interval
from appliance.domain.spans import Span, united, within, without

State = Literal["open", "covered", "closed"]
"""What becomes of a region's visitors: it is open; it is closed, but one that it overflows to is open; nobody
answers them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` until before `end` nothing changes for a region's visitors. `by`: with `covered`, the id
    of the region that answers them."""

    start: datetime
    end: datetime
    state: State
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """From `start` until before `end` these regions are open, in the order of all; none: a gap."""

    start: datetime
    end: datetime
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`lines`: the stretches of each region, without a hole from `start` to `end`. `present`: likewise, for
    all of them together; two that touch differ."""

    start: datetime
    end: datetime
    lines: Mapping[str, tuple[Stretch, ...]]
    present: tuple[Present, ...]

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """When no region is open."""
        return tuple(Interval(one.start, one.end) for one in self.present if not one.regions)

    @property
    def overlaps(self) -> tuple[Present, ...]:
        """When two or more regions are open."""
        return tuple(one for one in self.present if len(one.regions) > 1)

    @property
    def lost(self) -> tuple[Interval, ...]:
        """When the visitors of at least one region are answered by nobody."""
        closed = [
            self._span(stretch)
            for line in self.lines.values()
            for stretch in line
            if stretch.state == "closed"
        ]
        return tuple(_interval(self.start, span) for span in united(closed))

    def lasting(self, region_id: str, state: State) -> timedelta:
        """How long altogether a region's visitors are in a state."""
        stretches = (one for one in self.lines[region_id] if one.state == state)
        return sum((one.end - one.start for one in stretches), timedelta())

    def _span(self, stretch: Stretch) -> Span:
        return _seconds(self.start, stretch.start), _seconds(self.start, stretch.end)


def coverage(
    shown: Sequence[Region],
    regions: Regions,
    opened: Mapping[str, Sequence[Interval]],
    start: datetime,
    end: datetime,
) -> Coverage:
    """Of the regions `shown`, between two instants; `regions` are all, since others may answer for them.

    `opened`: when each of them is open, and each of those that help out (`placing.helpers`). Overflow goes on
    to what the regions in turn overflow to, as routing does it; queues and absent agents are not looked at.
    """
    length = _seconds(start, end)
    hours = {
        region_id: united(
            within([(_seconds(start, one.start), _seconds(start, one.end)) for one in intervals], 0, length)
        )
        for region_id, intervals in opened.items()
    }
    return Coverage(
        start,
        end,
        {region.id: tuple(_line(region, regions, hours, start, length)) for region in shown},
        tuple(_present([region.id for region in shown], hours, start, length)),
    )


def _line(
    region: Region, regions: Regions, hours: Mapping[str, list[Span]], start: datetime, length: int
) -> list[Stretch]:
    own = hours.get(region.id, [])
    found: list[tuple[Span, State, str | None]] = [(span, "open", None) for span in own]
    left = without([(0, length)] if length > 0 else [], own)
    for other in helpers(region, regions):
        if not left:
            break
        still = without(left, hours.get(other.id, []))
        found += [(span, "covered", other.id) for span in without(left, still)]
        left = still
    found += [(span, "closed", None) for span in left]
    return [
        Stretch(start + timedelta(seconds=one), start + timedelta(seconds=two), state, by)
        for (one, two), state, by in sorted(found)
    ]


def _present(
    ids: Sequence[str], hours: Mapping[str, list[Span]], start: datetime, length: int
) -> list[Present]:
    changes: dict[int, list[tuple[str, bool]]] = {0: []}
    for region_id in dict.fromkeys(ids):
        for one, two in hours.get(region_id, []):
            changes.setdefault(one, []).append((region_id, True))
            changes.setdefault(two, []).append((region_id, False))
    edges = sorted(edge for edge in changes if edge < length)
    here: set[str] = set()
    found = []
    for edge, following in zip(edges, [*edges[1:], length], strict=True):
        for region_id, comes in changes[edge]:
            (here.add if comes else here.discard)(region_id)
        there = tuple(region_id for region_id in ids if region_id in here)
        found.append(Present(start + timedelta(seconds=edge), start + timedelta(seconds=following), there))
    return found


def _seconds(start: datetime, at: datetime) -> int:
    since = at - start
    return since.days * 86_400 + since.seconds


def _interval(start: datetime, span: Span) -> Interval:
    return Interval(start + timedelta(seconds=span[0]), start + timedelta(seconds=span[1]))
