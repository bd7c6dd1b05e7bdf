"""When a schedule is open: wall-clock hours worked out to intervals of UTC, and the status at an instant.

Inside this module an instant is a number of seconds since 0001-01-01T00:00Z, and a wall-clock time the same
count in local time: both reach a little over the years 1 to 9999 that dates have.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from appliance.domain.schedule import (
    DAY_MINUTES,
    HORIZON_DAYS,
    DatedHours,
    HolidayRule,
    HolidaySource,
    Hours,
    Interval,
    Reason,
    Schedule,
    Status,
)
from appliance.domain.spans import Layers, Span, united, within, without
from appliance.domain.zones import zone

_DAY = 86_400
_HORIZON = HORIZON_DAYS * _DAY
_FIRST = datetime(1, 1, 1)
_FIRST_UTC = _FIRST.replace(tzinfo=UTC)
_LAST_ORDINAL = date.max.toordinal()

# Intervals are worked out for this many seconds at once, and the last so many of these pieces are kept:
# over twenty years.
_PIECE = 32 * _DAY
_PIECES = 256
_YEARS = 64


class DayPlan(NamedTuple):
    """The hours that start on a local date, and what set them; the name of the exception or holiday."""

    hours: tuple[Hours, ...]
    by: Reason
    """`outside_hours` stands for the weekly hours."""
    name: str | None


class _Piece:
    """What is known of a stretch of time: when it is open, cut off at both ends, and the answers given.

    Between two `edges` the open hours, the closures and the local date stay the same, and so does the status
    as long as what comes next is near enough; `answers` has one for each edge, once it was asked for.
    """

    __slots__ = ("answers", "edges", "ends", "starts")

    def __init__(self, spans: list[Span], edges: list[int]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.edges = edges
        self.answers: list[Status | None] = [None] * len(edges)


class Timetable:
    """A schedule, ready to be asked. Not for several threads at once."""

    def __init__(self, schedule: Schedule, holidays: HolidaySource | None = None) -> None:
        """`holidays` is needed when the schedule has a holiday rule. Raises UnknownZone, ValueError."""
        if schedule.holidays is not None and holidays is None:
            raise ValueError("the schedule keeps holidays, but there is nothing to look them up in")
        self.schedule = schedule
        self._zone = zone(schedule.timezone)
        self._holidays = holidays
        self._years: dict[int, Mapping[date, DayPlan]] = {}
        self._pieces: dict[int, _Piece] = {}
        self._exceptions = Layers(
            [(e.first.toordinal(), e.last.toordinal() + 1) for e in schedule.exceptions]
        )
        self._closures = Layers(
            [(self._instant(_wall(c.start)), self._instant(_wall(c.end))) for c in schedule.closures]
        )

    def status(self, at: datetime) -> Status:
        """Whether it is open at an instant (aware), until or from when, and why not (R5)."""
        instant = _second(at)
        number = instant // _PIECE
        piece = self._piece(number)
        place = bisect_right(piece.edges, instant) - 1
        answer = piece.answers[place]
        if answer is None:
            answer, is_near = self._answer(number, piece, instant, piece.edges[place] + _HORIZON)
            if is_near:
                piece.answers[place] = answer
        return answer

    def intervals(self, start: datetime, end: datetime) -> list[Interval]:
        """When it is open between two instants (aware), in order, cut off at both; no two touch."""
        first, last = _second(start), _second(end)
        pieces: list[Span] = []
        for number in range(first // _PIECE, -(-last // _PIECE)):
            piece = self._piece(number)
            pieces += zip(piece.starts, piece.ends, strict=True)
        return [Interval(_at(one), _at(other)) for one, other in united(within(pieces, first, last))]

    def plan(self, day: date) -> DayPlan:
        """The hours that start on a local date, before closures cut them (R2)."""
        return self._plan(day.toordinal())

    def instant(self, wall: datetime) -> datetime | None:
        """The instant of a wall-clock time (naive) by R3; None where no calendar reaches."""
        return _datetime(self._instant(_wall(wall)))

    def _answer(self, number: int, piece: _Piece, instant: int, near: int) -> tuple[Status, bool]:
        """The status at an instant of a piece, and whether something changes before `near`."""
        limit = instant + _HORIZON
        place = bisect_right(piece.starts, instant)
        change: int | None
        if place and instant < piece.ends[place - 1]:
            change = self._end_of(number, piece.ends[place - 1], limit)
            status = Status(True, None, None if change is None else _datetime(change), None, None)
        else:
            change = piece.starts[place] if place < len(piece.starts) else self._next_start(number + 1, limit)
            opens = None if change is None else _datetime(change)
            status = Status(False, opens, None, *self._why_closed(instant))
        return status, change is not None and change <= near

    def _piece(self, number: int) -> _Piece:
        piece = self._pieces.get(number)
        if piece is None:
            if len(self._pieces) >= _PIECES:
                self._pieces.clear()
            start = number * _PIECE
            end = start + _PIECE
            spans, cuts = self._open(start, end), self._closures.covered(start, end)
            edges = {start, *self._new_dates(start, end)}
            lost = self._lost_nights(start, end)
            edges.update(edge for span in (*spans, *cuts, *lost) for edge in span if start < edge < end)
            piece = self._pieces[number] = _Piece(spans, sorted(edges))
        return piece

    def _new_dates(self, start: int, end: int) -> Iterator[int]:
        """Between two instants, all at which the local date changes, and all at which the clocks do."""
        while start < end:
            until = min(start + _DAY, end)
            offset = self._offset(start)
            if self._offset(until) != offset:
                same, other = start, until
                while other - same > 1:
                    middle = (same + other) // 2
                    if self._offset(middle) == offset:
                        same = middle
                    else:
                        other = middle
                until = other
                yield until
            midnight = -(-(start + offset) // _DAY) * _DAY - offset
            if midnight < until:
                yield midnight
            start = until

    def _open(self, start: int, end: int) -> list[Span]:
        """R2, R3 and R4 between two instants."""
        hours = (
            span
            for ordinal in _dates_around(start, end)
            for span in self._spans(ordinal, self._plan(ordinal).hours)
        )
        return within(without(united(hours), self._closures.covered(start, end)), start, end)

    def _spans(self, ordinal: int, hours: tuple[Hours, ...]) -> Iterator[Span]:
        midnight = (ordinal - 1) * _DAY
        for one in hours:
            yield self._instant(midnight + one.start * 60), self._instant(midnight + one.end * 60)

    def _plan(self, ordinal: int) -> DayPlan:
        exception = self._exception(ordinal)
        if exception is not None:
            return DayPlan(exception.hours, "exception", exception.name)
        return self._plan_beneath(ordinal)

    def _plan_beneath(self, ordinal: int) -> DayPlan:
        """As if there were no exceptions."""
        if self.schedule.holidays is not None:
            holiday = self._holiday(self.schedule.holidays, ordinal)
            if holiday is not None:
                return holiday
        return DayPlan(self._weekly(ordinal), "outside_hours", None)

    def _exception(self, ordinal: int) -> DatedHours | None:
        index = self._exceptions.top(ordinal)
        return None if index is None else self.schedule.exceptions[index]

    def _holiday(self, rule: HolidayRule, ordinal: int) -> DayPlan | None:
        """The plan of a holiday; None on other days, and on holidays that are kept open."""
        day = date.fromordinal(ordinal)
        days = self._years.get(day.year)
        if days is None:
            if len(self._years) >= _YEARS:
                self._years.clear()
            days = self._years[day.year] = self._holidays_of(rule, day.year)
        return days.get(day)

    def _holidays_of(self, rule: HolidayRule, year: int) -> dict[date, DayPlan]:
        assert self._holidays is not None
        shown = self._holidays.days(rule.country, rule.subdivision, year)
        own = {one.holiday: (index, one) for index, one in enumerate(rule.days)}
        english = self._holidays.english(rule.country, rule.subdivision, year) if own else {}
        plans: dict[date, DayPlan] = {}
        for day, name in shown.items():
            found = [own[known] for known in english.get(day, ()) if known in own]
            one = max(found, key=itemgetter(0))[1] if found else None
            if one is None:
                plans[day] = DayPlan(rule.hours, "holiday", name or None)
            elif not one.is_open:
                hours = rule.hours if one.hours is None else one.hours
                plans[day] = DayPlan(hours, "holiday", one.name or name or None)
        return plans

    def _weekly(self, ordinal: int) -> tuple[Hours, ...]:
        return self.schedule.weekly[(ordinal - 1) % 7]

    def _end_of(self, number: int, end: int, limit: int) -> int | None:
        """When it closes that is open until `end`, which may be just where the piece ends."""
        while end == (number + 1) * _PIECE and end <= limit:
            number += 1
            piece = self._piece(number)
            if not piece.starts or piece.starts[0] > end:
                break
            end = piece.ends[0]
        return end if end <= limit else None

    def _next_start(self, number: int, limit: int) -> int | None:
        while number * _PIECE <= limit:
            starts = self._piece(number).starts
            if starts:
                return starts[0] if starts[0] <= limit else None
            number += 1
        return None

    def _why_closed(self, instant: int) -> tuple[Reason, str | None]:
        """A closure; else what set the hours of this local date; else what took away the night shift of the
        date before that would still be under way."""
        closure = self._closures.top(instant)
        if closure is not None:
            return "closure", self.schedule.closures[closure].name
        ordinal = self._local_date(instant)
        if ordinal is None:
            return "outside_hours", None
        today = self._plan(ordinal)
        if today.by == "outside_hours" and ordinal > 1:
            before = self._plan(ordinal - 1)
            if before.by != "outside_hours" and any(
                start <= instant < end for start, end in self._nights_without(ordinal - 1)
            ):
                return before.by, before.name
        return today.by, today.name

    def _lost_nights(self, start: int, end: int) -> Iterator[Span]:
        """Shifts into the next date that exceptions and holidays have taken away, perhaps in part."""
        for ordinal in _dates_around(start, end):
            if self._plan(ordinal).by != "outside_hours":
                yield from self._nights_without(ordinal)

    def _nights_without(self, ordinal: int) -> Iterator[Span]:
        """The shifts into the next date that there would be without the exception, or without the holiday."""
        hours = (*self._plan_beneath(ordinal).hours, *self._weekly(ordinal))
        return self._spans(ordinal, tuple(one for one in hours if one.end > DAY_MINUTES))

    def _local_date(self, instant: int) -> int | None:
        """As an ordinal; None before the year 1 and after 9999."""
        ordinal = (instant + self._offset(instant)) // _DAY + 1
        return ordinal if 1 <= ordinal <= _LAST_ORDINAL else None

    def _offset(self, instant: int) -> int:
        """Of local time, in seconds east of UTC. At the ends of all dates it is that of a day further in."""
        at = _FIRST_UTC + timedelta(seconds=min(max(instant, _DAY), (_LAST_ORDINAL - 1) * _DAY))
        offset = at.astimezone(self._zone).utcoffset()
        assert offset is not None
        return offset.days * _DAY + offset.seconds

    def _instant(self, wall: int) -> int:
        """R3: of a time that comes twice the first, of one that is skipped by the offset before.

        That is what `utcoffset` means by fold=0 (PEP 495).
        """
        try:
            moment = _FIRST + timedelta(seconds=wall)
        except OverflowError:
            moment = datetime.max
        offset = self._zone.utcoffset(moment)
        assert offset is not None
        return wall - offset.days * _DAY - offset.seconds


def _dates_around(start: int, end: int) -> range:
    """The ordinals of all dates whose hours may reach between two instants.

    Offsets have been up to 16 hours, and hours begun on one date last into the next.
    """
    return range(max(1, start // _DAY - 1), min(_LAST_ORDINAL, end // _DAY + 1) + 1)


def _second(at: datetime) -> int:
    """An instant as a whole number. TypeError for one without a zone."""
    since = at - _FIRST_UTC
    return since.days * _DAY + since.seconds


def _wall(moment: datetime) -> int:
    """A wall-clock time as a whole number. TypeError for one with a zone."""
    since = moment - _FIRST
    return since.days * _DAY + since.seconds


def _at(instant: int) -> datetime:
    return _FIRST_UTC + timedelta(seconds=instant)


def _datetime(instant: int) -> datetime | None:
    """None where no calendar reaches."""
    try:
        return _at(instant)
    except OverflowError:
        return None
