"""How many answers a second opening hours give, of a schedule as companies have them."""

import random
import statistics
import time
from datetime import UTC, datetime, timedelta

from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_json import parse_schedule
from appliance.services.holiday_calendar import HolidayCalendar

ANSWERS = 50_000
_ROUNDS = 5
_DAYS = 730

SCHEDULE = {
    "timezone": "America/Sao_Paulo",
    "weekly": {
        **{day: [["08:00", "12:00"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "sat": [["22:00", "06:00"]],
    },
    "holidays": {"country": "BR", "subdivision": "SP", "hours": [["10:00", "14:00"]]},
    "exceptions": [
        {"date": "2026-12-24", "hours": [["09:00", "12:00"]], "name": "Christmas Eve"},
        {"from": "2026-12-31", "to": "2027-01-02", "hours": [], "name": "Year's end"},
    ],
    "closures": [{"from": "2026-07-03T18:00", "to": "2026-07-06T08:00", "name": "Office move"}],
}


def measure() -> dict[str, float]:
    """Medians over rounds, each with a new timetable that is asked about instants of two years in no order;
    milliseconds until the first answer, holidays looked up."""
    holidays = HolidayCalendar()
    schedule = parse_schedule(SCHEDULE, holidays)
    chance = random.Random(1)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    instants = [start + timedelta(seconds=chance.randrange(_DAYS * 86_400)) for _ in range(ANSWERS)]
    rates, firsts = [], []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        timetable = Timetable(schedule, holidays)
        timetable.status(instants[0])
        firsts.append((time.perf_counter() - begun) * 1000)
        for instant in instants:
            timetable.status(instant)
        rates.append(ANSWERS / (time.perf_counter() - begun))
    return {"status_per_second": statistics.median(rates), "first_status_ms": statistics.median(firsts)}
