"""A few weeks of the simulated year: what routing must never do, with hours, nights and clock changes."""

from dataclasses import replace
from datetime import timedelta

from tests.load.company import TEAMS
from tests.load.traffic import simulate

_FEW = tuple(
    replace(team, agents=2) if team.id == "vilnius" else team
    for team in TEAMS
    if team.id in ("vilnius", "lisbon", "saopaulo", "newyork")
)


def test_weeks_of_visitors_break_no_rule() -> None:
    outcome = simulate(arrivals=3000, teams=_FEW, days=60, seed=1)
    assert outcome.broken == {}
    assert outcome.arrived == 3000
    # It would prove nothing if nothing had happened.
    for happened in (
        outcome.declined,
        outcome.missed,
        outcome.overflowed,
        outcome.helped_out,
        outcome.told_closed,
        outcome.moved_at_closing,
    ):
        assert happened > 0
    assert outcome.longest_queue > 2
    assert outcome.longest_wait > timedelta(minutes=10)


def test_the_same_seed_is_the_same_year() -> None:
    one = simulate(arrivals=200, teams=_FEW, days=3, seed=2)
    assert simulate(arrivals=200, teams=_FEW, days=3, seed=2) == one
