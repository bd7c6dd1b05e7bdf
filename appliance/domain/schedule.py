"""Opening hours as an admin sets them, and the answer to whether somebody is there.

Times are wall-clock times of the schedule's zone. docs/business-hours.md tells the rules, R1 to R5;
`schedule_evaluation` works them out, `schedule_json` reads and writes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday`."""

DAY_MINUTES = 1440

HORIZON_DAYS = 366
"""How far ahead an opening or closing is looked for."""

Reason = Literal["closure", "exception", "holiday", "outside_hours"]


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from `start` until before `end`, in minutes after midnight of the local date of the start.

    0 ≤ start < 1440. An end above 1440 is on the next day; 22:00 to 06:00 is (1320, 1800).
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HolidayDay:
    """What one holiday has of its own, every year.

    `holiday` is its English name as `HolidaySource.english` has it; `name` is shown instead. Without `hours`
    those of all holidays are kept, but where it `is_open`, those of the weekday, as if it were no holiday.
    """

    holiday: str
    name: str | None = None
    hours: tuple[Hours, ...] | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """Public holidays of a country (ISO 3166-1) or a part of it, and the hours that are kept on them.

    `days` are those that differ; of several for one date the last counts.
    """

    country: str
    subdivision: str | None = None
    hours: tuple[Hours, ...] = ()
    days: tuple[HolidayDay, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedHours:
    """An exception: from `first` to `last`, both included, these hours are kept instead of any other."""

    first: date
    last: date
    hours: tuple[Hours, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """From one minute of the wall clock to another (naive datetimes) nobody is there, whatever else holds."""

    start: datetime
    end: datetime
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """`weekly` has the hours of Monday first. `timezone` is a name that `zones.zone` knows."""

    timezone: str
    weekly: tuple[tuple[Hours, ...], ...] = ((),) * 7
    holidays: HolidayRule | None = None
    exceptions: tuple[DatedHours, ...] = ()
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from `start` until before `end`, instants in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """Open, perhaps with the instant of closing; or closed for a reason, perhaps with that of opening.

    No instant: nothing changes within 366 days. `name` is that of the closure, exception or holiday, where
    it has one.
    """

    open: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    reason: Reason | None = None
    name: str | None = None


class HolidaySource(Protocol):
    """Where the dates of holidays come from."""

    def subdivisions(self, country: str) -> Sequence[str] | None:
        """The codes of parts with holidays of their own, often none; None: the country is not known."""
        ...

    def days(self, country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
        """The holidays of a year, with their names; none for years that nothing is known about."""
        ...

    def english(self, country: str, subdivision: str | None, year: int) -> Mapping[date, Sequence[str]]:
        """What falls on the dates of `days`, by names that are the same for all readers and years."""
        ...

    def names(self, country: str, subdivision: str | None) -> Sequence[str]:
        """The English names of all holidays that there are nowadays, in the order of the year."""
        ...


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: `weekly.mon[1]`, `column 12` of a text; empty for the whole.

    `code` is a key of `schedule_wordings.TABLE`, whose placeholders `params` fill.
    """

    place: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class ScheduleError(ValueError):
    """A schedule can't be read, or not be written in the form asked for. At least one problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.code}" for problem in problems))
        self.problems = tuple(problems)
