"""What changes of clocks do to business hours, in words."""

from datetime import date, datetime, time, timedelta

from appliance.domain.clock_changes import ClockChange
from appliance.domain.schedule import DAY_MINUTES, Hours
from appliance.domain.schedule_notes import ChangedShift
from appliance.i18n import Catalogue
from appliance.services.hours_preview import PlacedShift

_MINUTE = timedelta(minutes=1)


def change_text(change: ClockChange, words: Catalogue) -> str:
    """“On Sunday, March 28, 2027, clocks go forward by 1 hour: 03:00 becomes 04:00.”"""
    values = {
        "date": words.date(change.before.date(), style="full"),
        "span": span_text(abs(change.forward) // _MINUTE, words),
        "before": words.time(change.before.time()),
        "after": words.time(change.after.time()),
    }
    if change.forward > timedelta(0):
        return words.t("{date}: clocks go forward by {span}, from {before} to {after}.", **values)
    return words.t("{date}: clocks go back by {span}, from {before} to {after}.", **values)


def shift_text(shift: ChangedShift, words: Catalogue) -> str:
    """“22:00–06:00 from Saturday, March 27, 2027 on lasts 7 hours instead of 8 hours.”"""
    return _shift(shift.day, shift.hours, shift.minutes, words)


def shift_note(placed: PlacedShift, words: Catalogue) -> str:
    return _shift(placed.shift.day, placed.shift.hours, placed.shift.minutes, words)


def span_text(minutes: int, words: Catalogue) -> str:
    """“7 hours 30 minutes”."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(words.tn("{n} hour", "{n} hours", hours))
    if rest or not hours:
        parts.append(words.tn("{n} minute", "{n} minutes", rest))
    return " ".join(parts)


def _shift(day: date, hours: Hours, minutes: int, words: Catalogue) -> str:
    values = {
        "date": words.date(day, style="full"),
        "start": words.time(_time(hours.start)),
        "end": words.time(_time(hours.end)),
        "planned": span_text(hours.end - hours.start, words),
    }
    if minutes == 0:
        return words.t(
            "The hours from {start} to {end} on {date} are left out, because the clocks are changed.",
            **values,
        )
    return words.t(
        "The hours from {start} to {end} on {date} last {real} instead of {planned}, "
        "because the clocks are changed.",
        real=span_text(minutes, words),
        **values,
    )


def _time(minutes: int) -> time:
    return (datetime.min + (minutes % DAY_MINUTES) * _MINUTE).time()
