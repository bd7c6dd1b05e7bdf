"""OpenStreetMap's `opening_hours` text read as a schedule: the common subset that means the same in both.

`Mo-Fr 09:00-12:00,13:00-17:30; Sa 22:00-06:00; PH off; 2026 Dec 24 09:00-12:00 "Christmas Eve"`. Weekdays
become weekly hours, PH the hours of holidays, dates with a year exceptions, and dated hours that are off
closures. Whatever else the specification knows is refused where it stands in the text, never left out:
https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, NoReturn

from appliance.domain.opening_hours_tokens import Token, Tokens
from appliance.domain.schedule import (
    DAY_MINUTES,
    Closure,
    DatedHours,
    HolidayRule,
    Hours,
    Problem,
    Schedule,
    ScheduleError,
)
from appliance.domain.schedule_times import BadInterval, interval
from appliance.domain.spans import united, without

MAX_CHARACTERS = 16 * 2**20
MAX_DAYS = 100_000
"""Of closures, which are repeated on each of their days."""
MAX_NAME = 200

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_WEEKDAY = {name.casefold(): index for index, name in enumerate(WEEKDAYS)}
_MONTH = {name.casefold(): index for index, name in enumerate(MONTHS, 1)}
_ALWAYS = Hours(0, DAY_MINUTES)
# What the specification knows and a schedule can't keep, by the word it begins with.
_REFUSED = {
    **dict.fromkeys(_MONTH, "osm_yearly"),
    "easter": "osm_yearly",
    "sh": "osm_school",
    "week": "osm_weeks",
    "sunrise": "osm_sun",
    "sunset": "osm_sun",
    "dawn": "osm_sun",
    "dusk": "osm_sun",
    "unknown": "osm_unknown",
    "||": "osm_fallback",
    "[": "osm_nth",
    "(": "osm_sun",
}


class _Days(NamedTuple):
    weekdays: Sequence[int]
    holidays: bool


class _Dates(NamedTuple):
    ranges: Sequence[tuple[date, date]]


class _Rule(NamedTuple):
    start: Token
    days: _Days | _Dates
    hours: tuple[Hours, ...] | None
    """None: no hours were given."""
    is_off: bool
    comment: Token | None
    is_additional: bool


def read_opening_hours(
    text: str, timezone: str, country: str | None = None, subdivision: str | None = None
) -> Schedule:
    """The text says neither the zone nor the country whose holidays PH means; without PH there are none.

    Raises ScheduleError with the first problem.
    """
    if len(text) > MAX_CHARACTERS:
        raise ScheduleError([Problem("", "too_large", {"limit": MAX_CHARACTERS // 2**20})])
    return _Reader(Tokens(text)).read(timezone, country, subdivision)


class _Reader:
    """Takes rule after rule into weekly hours, holidays, exceptions and closures.

    A later rule replaces what earlier ones say of its days. So that this comes to the same as the order of
    precedence that a schedule has, rules must come in that order.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._weekly: list[tuple[Hours, ...]] = [()] * 7
        self._holidays: tuple[Hours, ...] | None = None
        self._exceptions: list[DatedHours] = []
        self._closures: list[Closure] = []
        self._closed_days = 0

    def read(self, timezone: str, country: str | None, subdivision: str | None) -> Schedule:
        if self._tokens.peek().kind == "end":
            self._refuse(self._tokens.peek(), "osm_empty")
        holiday_rule = self._rules(country is not None)
        rule = None
        if holiday_rule is not None:
            assert country is not None
            rule = HolidayRule(country, subdivision, holiday_rule)
        return Schedule(timezone, tuple(self._weekly), rule, tuple(self._exceptions), tuple(self._closures))

    def _rules(self, has_country: bool) -> tuple[Hours, ...] | None:
        is_additional = False
        while True:
            rule = self._rule(is_additional)
            if isinstance(rule.days, _Dates):
                self._take_dates(rule, rule.days)
            else:
                if rule.days.holidays and not has_country:
                    self._refuse(rule.start, "osm_country")
                self._take_days(rule, rule.days)
            token = self._tokens.take()
            if token.text == ";" and self._tokens.peek().kind == "end":
                token = self._tokens.take()
            if token.kind == "end":
                return self._holidays
            if token.text not in (",", ";"):
                self._unexpected(token)
            is_additional = token.text == ","

    def _rule(self, is_additional: bool) -> _Rule:
        start = self._tokens.peek()
        days: _Days | _Dates = _Days(range(7), holidays=False)
        hours: tuple[Hours, ...] | None = None
        if start.kind == "always":
            self._tokens.take()
            hours = (_ALWAYS,)
        else:
            if start.kind == "number" and len(start.text) == 4:
                days = self._dates()
            elif start.folded in _WEEKDAY or start.folded == "ph":
                days = self._days()
            if self._tokens.peek().text == ":" and self._tokens.peek() is not start:
                self._tokens.take()
            if self._tokens.peek().kind in ("time", "number"):
                hours = self._hours()
        token = self._tokens.peek()
        is_off = token.folded in ("off", "closed")
        if is_off or token.folded == "open":
            self._tokens.take()
        comment = self._tokens.take() if self._tokens.peek().kind == "comment" else None
        if self._tokens.peek() is start:
            self._unexpected(start)
        if is_off and start.kind == "always":
            hours = None
        return _Rule(start, days, hours, is_off, comment, is_additional)

    def _days(self) -> _Days:
        """`Mo-Fr,Su,PH`."""
        weekdays: dict[int, None] = {}
        holidays = False
        while True:
            token = self._tokens.take()
            if token.folded == "ph":
                holidays = True
                if self._tokens.peek().text in ("+", "-"):
                    self._refuse(self._tokens.peek(), "osm_offset")
            elif token.folded in _WEEKDAY:
                first = last = _WEEKDAY[token.folded]
                if self._tokens.peek().text == "-":
                    self._tokens.take()
                    token = self._tokens.take()
                    if token.folded not in _WEEKDAY:
                        self._unexpected(token)
                    last = _WEEKDAY[token.folded]
                # Sa-Mo goes round the end of the week.
                weekdays.update(dict.fromkeys((first + n) % 7 for n in range((last - first) % 7 + 1)))
            else:
                self._unexpected(token)
            after = self._tokens.peek()
            if after.text in ("[", "+", "-"):
                self._refuse(after, "osm_nth" if after.text == "[" else "osm_offset")
            if after.folded in _WEEKDAY or after.folded == "ph":
                self._refuse(after, "osm_day_twice")
            following = self._tokens.peek(1).folded
            if after.text != "," or not (following in _WEEKDAY or following in ("ph", "sh")):
                return _Days(tuple(weekdays), holidays)
            self._tokens.take()

    def _dates(self) -> _Dates:
        """`2026 Dec 24-2027 Jan 02,2027 Jan 06`."""
        ranges = [self._range()]
        while self._tokens.peek().text == "," and self._tokens.peek(1).kind == "number":
            self._tokens.take()
            if len(self._tokens.peek().text) == 4:
                ranges.append(self._range())
            else:
                ranges.append(self._range(ranges[-1][1].replace(day=1)))
        after = self._tokens.peek()
        if after.folded in _WEEKDAY or after.folded == "ph":
            self._refuse(after, "osm_month_days")
        if after.text == "+":
            self._refuse(after, "osm_open_end")
        if after.text == ",":
            following = self._tokens.peek(1)
            if following.folded in _MONTH:
                self._refuse(following, "osm_yearly")
        return _Dates(ranges)

    def _range(self, month: date | None = None) -> tuple[date, date]:
        """`month` is given where the text has only the day."""
        start = self._tokens.peek()
        if month is None:
            month = self._month(self._year())
        first, last = self._in_month(month)
        if self._tokens.peek().text != "-":
            return first, last
        self._tokens.take()
        token = self._tokens.peek()
        if token.kind == "number" and len(token.text) == 4:
            _, last = self._in_month(self._month(self._year()))
        elif token.kind == "number":
            _, last = self._in_month(last.replace(day=1))
        else:
            _, last = self._in_month(self._month(last.year))
        if last < first:
            self._refuse(start, "osm_range")
        return first, last

    def _year(self) -> int:
        token = self._tokens.take()
        if token.kind != "number" or len(token.text) != 4 or token.text == "0000":
            self._refuse(token, "osm_date")
        return int(token.text)

    def _month(self, year: int) -> date:
        token = self._tokens.take()
        if token.folded not in _MONTH:
            self._refuse(token, "osm_date")
        return date(year, _MONTH[token.folded], 1)

    def _in_month(self, month: date) -> tuple[date, date]:
        """The day that follows in the text, or else the whole month."""
        length = monthrange(month.year, month.month)[1]
        if self._tokens.peek().kind != "number":
            return month, month.replace(day=length)
        token = self._tokens.take()
        if len(token.text) > 2 or not 1 <= int(token.text) <= length:
            self._refuse(token, "osm_date")
        day = month.replace(day=int(token.text))
        return day, day

    def _hours(self) -> tuple[Hours, ...]:
        """`09:00-12:00,13:00-17:30`."""
        found = []
        while True:
            start = self._tokens.peek()
            times = [self._minutes()]
            if self._tokens.peek().text == "+":
                self._refuse(self._tokens.peek(), "osm_open_end")
            dash = self._tokens.take()
            if dash.text != "-":
                self._unexpected(dash)
            times.append(self._minutes())
            if self._tokens.peek().text == "+":
                self._refuse(self._tokens.peek(), "osm_open_end")
            try:
                found.append(interval(*times))
            except BadInterval as error:
                self._refuse(start, error.code)
            if self._tokens.peek().text != "," or self._tokens.peek(1).kind != "time":
                return tuple(found)
            self._tokens.take()

    def _minutes(self) -> int:
        """After midnight of the first day; up to 48:00."""
        token = self._tokens.take()
        if token.kind not in ("time", "number"):
            self._unexpected(token)
        hour, _, minute = token.text.partition(":")
        total = int(hour) * 60 + int(minute) if minute and int(minute) < 60 else -1
        if not 0 <= total <= 2 * DAY_MINUTES:
            self._refuse(token, "osm_time")
        return total

    def _take_days(self, rule: _Rule, days: _Days) -> None:
        if rule.comment is not None:
            self._refuse(rule.comment, "osm_comment")
        if self._exceptions or self._closures:
            self._refuse(rule.start, "osm_order")
        if days.holidays and rule.is_additional:
            self._refuse(rule.start, "osm_additional")
        if days.holidays and rule.is_off and rule.hours:
            self._refuse(rule.start, "osm_holiday_cut")
        hours = () if rule.is_off else rule.hours or (_ALWAYS,)
        if self._holidays is not None and days.weekdays:
            # It would hold on holidays too, unless that makes no difference.
            cuts = rule.is_off and rule.hours is not None
            if rule.is_additional or cuts or hours != self._holidays:
                self._refuse(rule.start, "osm_order")
        for day in days.weekdays:
            if rule.is_off and rule.hours:
                self._cut(rule, day, rule.hours)
            elif rule.is_additional and not rule.is_off:
                self._weekly[day] += hours
            else:
                self._weekly[day] = hours
        if days.holidays:
            self._holidays = hours

    def _cut(self, rule: _Rule, day: int, cuts: tuple[Hours, ...]) -> None:
        """Take hours out of a day's; not where that day's hours aren't the only ones concerned."""
        before, after = self._weekly[day - 1], self._weekly[(day + 1) % 7]
        for cut in cuts:
            if any(one.end - DAY_MINUTES > cut.start for one in before) or any(
                one.start < cut.end - DAY_MINUTES for one in after
            ):
                self._refuse(rule.start, "osm_cut")
        kept = without(
            united((one.start, one.end) for one in self._weekly[day]),
            united((cut.start, cut.end) for cut in cuts),
        )
        if any(start >= DAY_MINUTES for start, _ in kept):
            self._refuse(rule.start, "osm_cut")
        self._weekly[day] = tuple(Hours(start, end) for start, end in kept)

    def _take_dates(self, rule: _Rule, dates: _Dates) -> None:
        if rule.is_additional:
            self._refuse(rule.start, "osm_additional")
        name = self._name(rule.comment)
        if rule.is_off and rule.hours:
            for first, last in dates.ranges:
                self._close(rule, first, last, name)
            return
        if self._closures:
            self._refuse(rule.start, "osm_order")
        hours = () if rule.is_off else rule.hours or (_ALWAYS,)
        self._exceptions += (DatedHours(first, last, hours, name) for first, last in dates.ranges)

    def _close(self, rule: _Rule, first: date, last: date, name: str | None) -> None:
        self._closed_days += (last - first).days + 1
        if self._closed_days > MAX_DAYS:
            raise ScheduleError([Problem(rule.start.place, "osm_too_many", {"limit": MAX_DAYS})])
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            midnight = datetime.combine(date.fromordinal(ordinal), datetime.min.time())
            for one in rule.hours or ():
                try:
                    start, end = (midnight + timedelta(minutes=minutes) for minutes in (one.start, one.end))
                except OverflowError:
                    self._refuse(rule.start, "osm_date")
                before = self._closures[-1] if self._closures else None
                if before is not None and before.end == start and before.name == name:
                    self._closures[-1] = Closure(before.start, end, name)
                else:
                    self._closures.append(Closure(start, end, name))

    def _name(self, comment: Token | None) -> str | None:
        if comment is None:
            return None
        name = " ".join(comment.text[1:-1].split())
        if len(name) > MAX_NAME or not name.isprintable():
            raise ScheduleError([Problem(comment.place, "name", {"limit": MAX_NAME})])
        return name or None

    def _unexpected(self, token: Token) -> NoReturn:
        code = "osm_end" if token.kind == "end" else _REFUSED.get(token.folded, "osm_unexpected")
        self._refuse(token, "osm_quote" if token.text == '"' else code)

    def _refuse(self, token: Token, code: str) -> NoReturn:
        raise ScheduleError([Problem(token.place, code, {"found": token.shown})])
