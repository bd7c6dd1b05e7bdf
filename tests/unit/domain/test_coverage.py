"""Coverage against a count of every minute, and the words of the design: gaps, overlaps, overflow."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.coverage import Coverage, Present, Stretch, coverage
from appliance.domain.regions import Region, Regions
from appliance.domain.schedule import Interval, Schedule

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
LENGTH = 600
IDS = ("vilnius", "lisbon", "tokyo")

MINUTES = st.lists(
    st.tuples(st.integers(-60, LENGTH + 60), st.integers(1, 240)).map(lambda one: (one[0], sum(one))),
    max_size=6,
)
OVERFLOW = st.lists(st.sampled_from([*IDS, "gone"]), unique=True, max_size=3)


def minute(number: int) -> datetime:
    return MONDAY + timedelta(minutes=number)


def region(region_id: str, *overflow: str) -> Region:
    return Region(region_id, {"en": region_id.title()}, Schedule("UTC"), overflow=overflow)


OTHERS = (region("lisbon"), region("tokyo"))
"""Regions that are not on show, behind those that are."""


def hours(*spans: tuple[int, int]) -> list[Interval]:
    return [Interval(minute(start), minute(end)) for start, end in spans]


def covered(
    regions: Sequence[Region], opened: Mapping[str, Sequence[Interval]], length: int = LENGTH
) -> Coverage:
    others = [one for one in OTHERS if one.id not in {known.id for known in regions}]
    return coverage(regions, Regions((*regions, *others), "vilnius"), opened, MONDAY, minute(length))


def reached(region_id: str, overflows: Mapping[str, Sequence[str]]) -> list[str]:
    """Whom a region overflows to, those it is said of first, then whom these overflow to."""
    found, ahead = [], list(overflows[region_id])
    while ahead:
        one = ahead.pop(0)
        if one in overflows and one != region_id and one not in found:
            found.append(one)
            ahead += overflows[one]
    return found


@settings(max_examples=120, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(IDS, MINUTES)), st.tuples(OVERFLOW, OVERFLOW, OVERFLOW))
def test_every_minute_is_told_as_counting_tells_it(
    spans: dict[str, list[tuple[int, int]]], overflows: tuple[list[str], ...]
) -> None:
    regions = [
        region(one, *(other for other in overflow if other != one))
        for one, overflow in zip(IDS, overflows, strict=True)
    ]
    found = covered(regions, {one: hours(*spans[one]) for one in IDS})

    def is_open(region_id: str, number: int) -> bool:
        return any(start <= number < end for start, end in spans.get(region_id, []))

    def told(number: int, stretches: Sequence[Stretch]) -> tuple[str, str | None]:
        (one,) = [one for one in stretches if one.start <= minute(number) < one.end]
        return one.state, one.by

    for number in range(LENGTH):
        present = [one.id for one in regions if is_open(one.id, number)]
        (there,) = [one for one in found.present if one.start <= minute(number) < one.end]
        assert list(there.regions) == present
        assert any(gap.start <= minute(number) < gap.end for gap in found.gaps) == (not present)
        for one in regions:
            by = next(
                (
                    other
                    for other in reached(one.id, dict(zip(IDS, overflows, strict=True)))
                    if is_open(other, number)
                ),
                None,
            )
            wanted = ("open", None) if one.id in present else ("covered", by) if by else ("closed", None)
            assert told(number, found.lines[one.id]) == wanted
    for line in (*found.lines.values(), found.present):
        assert (line[0].start, line[-1].end) == (found.start, found.end)
        assert all(one.end == two.start for one, two in pairwise(line))


def test_a_gap_ends_to_the_minute_when_the_next_region_opens() -> None:
    found = covered(
        [region("vilnius"), region("tokyo")], {"vilnius": hours((7, 123)), "tokyo": hours((181, 600))}
    )
    assert found.gaps == tuple(hours((0, 7), (123, 181)))
    assert found.overlaps == ()


def test_an_overlap_names_who_is_there() -> None:
    found = covered(
        [region("vilnius"), region("lisbon")], {"vilnius": hours((0, 300)), "lisbon": hours((240, 600))}
    )
    assert found.overlaps == (Present(minute(240), minute(300), ("vilnius", "lisbon")),)
    assert found.gaps == ()


def test_the_first_open_overflow_answers_and_what_is_left_is_really_closed() -> None:
    found = covered(
        [region("vilnius", "lisbon", "tokyo")],
        {"vilnius": hours((0, 60)), "lisbon": hours((120, 180)), "tokyo": hours((90, 150), (400, 600))},
    )
    assert found.lines["vilnius"] == (
        Stretch(minute(0), minute(60), "open"),
        Stretch(minute(60), minute(90), "closed"),
        Stretch(minute(90), minute(120), "covered", "tokyo"),
        Stretch(minute(120), minute(180), "covered", "lisbon"),
        Stretch(minute(180), minute(400), "closed"),
        Stretch(minute(400), minute(600), "covered", "tokyo"),
    )
    assert found.lost == tuple(hours((60, 90), (180, 400)))
    assert found.lasting("vilnius", "covered") == timedelta(minutes=290)


def test_overflow_goes_on_along_a_chain_and_ends_where_it_began() -> None:
    regions = [region("vilnius", "lisbon"), region("lisbon", "tokyo"), region("tokyo", "vilnius")]
    found = covered(regions, {"vilnius": [], "lisbon": [], "tokyo": hours((0, 300))})
    assert found.lines["vilnius"] == (
        Stretch(minute(0), minute(300), "covered", "tokyo"),
        Stretch(minute(300), minute(600), "closed"),
    )


def test_a_region_that_is_not_on_show_answers_but_is_not_counted_as_there() -> None:
    found = covered([region("vilnius", "lisbon")], {"vilnius": [], "lisbon": hours((0, 600))})
    assert [one.by for one in found.lines["vilnius"]] == ["lisbon"]
    assert found.gaps == tuple(hours((0, 600)))


def test_no_regions_are_one_long_gap() -> None:
    assert covered([], {}).gaps == tuple(hours((0, LENGTH)))
