"""Twelve regions around the world, their hours, holidays and agents, for the year of `traffic`."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from appliance.domain.regions import Region, Regions, Waiting, WhenEmpty
from appliance.domain.routing import Seat
from appliance.domain.schedule import HolidaySource
from appliance.domain.schedule_evaluation import Timetable
from appliance.domain.schedule_json import parse_schedule

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
_EVERY_DAY = (*_WEEKDAYS, "sat", "sun")
_NIGHTS = {
    **{day: [["08:00", "20:00"]] for day in _WEEKDAYS},
    "fri": [["08:00", "20:00"], ["22:00", "06:00"]],
}
_LUNCH = {day: [["09:00", "12:30"], ["13:30", "18:00"]] for day in _WEEKDAYS}


def _days(days: tuple[str, ...], *hours: list[str]) -> dict[str, list[list[str]]]:
    return {day: list(hours) for day in days}


@dataclass(frozen=True)
class Team:
    """A region in short: where, for whom, when, and what becomes of those who wait too long."""

    id: str
    country: str
    zone: str
    languages: tuple[str, ...]
    weekly: dict[str, Any]
    overflow: tuple[str, ...]
    agents: int
    when_empty: WhenEmpty = "wait"
    waiting: Waiting = Waiting()
    visitors: float = 1
    """How many come, as against other regions."""


TEAMS = (
    Team(
        "vilnius",
        "LT",
        "Europe/Vilnius",
        ("lt", "en"),
        _days(_WEEKDAYS, ["08:00", "18:00"]),
        ("lisbon", "newyork", "tokyo"),
        3,
        "overflow",
        Waiting(overflow_minutes=5),
        1.2,
    ),
    Team(
        "istanbul",
        "TR",
        "Europe/Istanbul",
        ("tr",),
        _LUNCH,
        ("vilnius", "delhi"),
        3,
        "overflow",
        Waiting(queue_limit=15),
    ),
    Team(
        "tehran",
        "IR",
        "Asia/Tehran",
        ("fa",),
        _days(("sat", "sun", "mon", "tue", "wed"), ["08:00", "16:30"]),
        (),
        4,
        visitors=0.5,
    ),
    Team(
        "tokyo",
        "JP",
        "Asia/Tokyo",
        ("ja",),
        _days(_WEEKDAYS, ["09:00", "18:00"]),
        ("sydney", "vilnius"),
        3,
        "wait",
        Waiting(overflow_minutes=10),
        1.5,
    ),
    Team(
        "saopaulo",
        "BR",
        "America/Sao_Paulo",
        ("pt-BR",),
        _days(_EVERY_DAY, ["08:00", "22:00"]),
        ("lisbon", "santiago"),
        6,
        "wait",
        Waiting(),
        2,
    ),
    Team(
        "newyork",
        "US",
        "America/New_York",
        ("en", "es"),
        _NIGHTS,
        ("london", "sydney"),
        7,
        "overflow",
        Waiting(overflow_minutes=3),
        2.5,
    ),
    Team(
        "lisbon",
        "PT",
        "Europe/Lisbon",
        ("pt",),
        _days(_WEEKDAYS, ["09:00", "18:00"]),
        ("saopaulo",),
        2,
        "overflow",
    ),
    Team(
        "london",
        "GB",
        "Europe/London",
        ("en",),
        _days(_EVERY_DAY, ["00:00", "24:00"]),
        (),
        10,
        "wait",
        Waiting(offer_seconds=30),
        1.5,
    ),
    Team(
        "delhi",
        "IN",
        "Asia/Kolkata",
        ("hi", "en"),
        _days((*_WEEKDAYS, "sat"), ["22:00", "07:00"]),
        ("london",),
        3,
    ),
    Team(
        "sydney",
        "AU",
        "Australia/Lord_Howe",
        ("en",),
        _days(_WEEKDAYS, ["01:45", "10:15"]),
        ("london", "newyork"),
        2,
        "closed",
    ),
    Team(
        "cairo",
        "EG",
        "Africa/Cairo",
        ("ar",),
        _days(("sun", "mon", "tue", "wed", "thu"), ["09:00", "17:00"]),
        ("cairo", "istanbul"),
        3,
        "wait",
        Waiting(queue_limit=20, overflow_minutes=15),
        0.7,
    ),
    Team(
        "santiago",
        "CL",
        "America/Santiago",
        ("es",),
        _days(_WEEKDAYS, ["20:00", "03:30"]),
        ("saopaulo", "newyork"),
        2,
        "overflow",
    ),
)


@dataclass(frozen=True)
class Company:
    regions: Regions
    timetables: dict[str, Timetable]
    seats: dict[str, Seat]

    def status(self, region_id: str, at: datetime) -> Any:
        return self.timetables[region_id].status(at)


def company(teams: tuple[Team, ...], holidays: HolidaySource, year: int) -> Company:
    """Everybody is away at first."""
    regions, timetables, seats = [], {}, {}
    known = {team.id for team in teams}
    for team in teams:
        schedule = parse_schedule(
            {
                "timezone": team.zone,
                "weekly": team.weekly,
                "holidays": {"country": team.country, "hours": []},
                "exceptions": [
                    {"date": f"{year}-05-20", "hours": [["10:00", "12:00"]], "name": "Summer party"}
                ],
                "closures": [{"from": f"{year}-08-03T12:00", "to": f"{year}-08-05T12:00", "name": "Move"}],
            },
            holidays,
        )
        names = tuple(f"{team.id}-{number}" for number in range(team.agents))
        for number, name in enumerate(names):
            languages = (*team.languages[number % len(team.languages) :], "en")
            seats[name] = Seat(name, name.title(), languages, present=False, capacity=1 + number % 3)
        # Whoever speaks English in Vilnius helps out in London: an agent may be of several regions.
        guests = ("vilnius-1",) if team.id == "london" and "vilnius" in known else ()
        regions.append(
            Region(
                team.id,
                {"en": team.id.title()},
                schedule,
                (team.country,),
                team.languages,
                (*names, *guests),
                tuple(id_ for id_ in team.overflow if id_ in known),
                waiting=team.waiting,
                when_empty=team.when_empty,
            )
        )
        timetables[team.id] = Timetable(schedule, holidays)
    return Company(Regions(tuple(regions), regions[0].id), timetables, seats)


def shifts(
    chance: random.Random, team: Team, timetable: Timetable, start: datetime, end: datetime
) -> Iterator[tuple[datetime, str, str]]:
    """When agents come, take breaks and leave: instant, agent, `come`, `break`, `back` or `leave`.

    They work eight hours at most, come a little early or late, and one in six stays at home.
    """
    for interval in timetable.intervals(start, end):
        length = interval.end - interval.start
        shift = min(length, timedelta(hours=8))
        for number in range(team.agents):
            # Long hours are shared: one begins with them, the last ends with them, every day if need be.
            for day in range(max(1, -(-length // timedelta(days=1)))):
                if chance.random() < 1 / 6:
                    continue
                share = min(length, timedelta(days=1)) - shift
                begun = interval.start + timedelta(days=day) + share * number / max(1, team.agents - 1)
                come = begun + timedelta(seconds=chance.uniform(-600, 900))
                leave = begun + shift + timedelta(seconds=chance.uniform(-1200, 600))
                if leave <= come:
                    continue
                agent = f"{team.id}-{number}"
                pause = come + (leave - come) * chance.uniform(0.4, 0.6)
                yield come, agent, "come"
                yield pause, agent, "break"
                yield min(pause + timedelta(minutes=20), leave), agent, "back"
                yield leave, agent, "leave"
