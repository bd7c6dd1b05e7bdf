"""Regions read from what others wrote."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.domain.region_codec import region_from_json, region_to_json
from appliance.domain.regions import KeptRegion, Region, Regions, Waiting
from appliance.domain.schedule import Hours, Schedule
from appliance.domain.schedule_json import load_value
from appliance.i18n import Catalogue
from appliance.region_wordings import TABLE, wording
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.region_json import (
    Known,
    RegionProblems,
    parse_region,
    parse_regions,
    region_notes,
    regions_to_json,
)

KNOWN = Known({"a1": "a1", "emma@lumina.example": "a1", "a2": "a2"}, {"jp", "br"}, HolidayCalendar())
WEEK = ((Hours(540, 1050),),) * 5 + ((), ())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def value(**changes: object) -> dict[str, Any]:
    return {
        "id": "lt",
        "names": {"en": "Lithuania", "lt": "Lietuva"},
        "schedule": {"timezone": "Europe/Vilnius", "weekly": {"mon": [["09:00", "17:30"]]}},
        **changes,
    }


def places(given: object, known: Known = KNOWN) -> dict[str, str]:
    """The place and code of each problem."""
    with pytest.raises(RegionProblems) as caught:
        parse_region(given, known)
    return {problem.place: problem.code for problem in caught.value.problems}


def region(id_: str = "lt", **changes: Any) -> Region:
    return Region(**{"id": id_, "names": {"en": id_}, "schedule": Schedule("UTC", WEEK), **changes})


def test_everything_that_is_said_is_read() -> None:
    given = value(
        countries=["LT", "LV"],
        languages=["lt", "pt-br"],
        agents=["a2", "Emma@lumina.example "],
        overflow=["jp", "br"],
        offline={"en": "We are asleep.\r\nWrite to us.", "fa": "  "},
        waiting={"offer_seconds": 30, "overflow_minutes": 5, "queue_limit": None},
        when_empty="overflow",
    )
    read = parse_region(given, KNOWN)
    assert read == Region(
        "lt",
        {"en": "Lithuania", "lt": "Lietuva"},
        Schedule("Europe/Vilnius", ((Hours(540, 1050),),) + ((),) * 6),
        ("LT", "LV"),
        ("lt", "pt-BR"),
        ("a2", "a1"),
        ("jp", "br"),
        {"en": "We are asleep.\nWrite to us."},
        Waiting(30, 5, None),
        "overflow",
    )


def test_what_is_left_out_is_as_it_usually_is() -> None:
    read = parse_region(value(), KNOWN)
    assert (read.agents, read.waiting, read.when_empty) == (None, Waiting(45, None, None), "wait")


def test_a_region_that_was_written_is_read_back() -> None:
    everything = region(
        countries=("LT",),
        languages=("lt",),
        agents=("a1",),
        overflow=("br", "jp"),
        offline={"en": "Closed."},
        waiting=Waiting(20, 1, 3),
        when_empty="closed",
    )
    assert parse_region(json.loads(json.dumps(region_to_json(everything))), KNOWN) == everything


def test_all_problems_are_told_at_once_each_with_its_place() -> None:
    given = value(
        id="LT!",
        names={"en": "x" * 81, "klingon!": "tlhIngan"},
        countries=["lt", "ZZ", "Lithuania", 7],
        languages=["lt", "not a language"],
        agents=["nobody@lumina.example"],
        overflow=["LT!", "atlantis"],
        offline={"en": "x" * 1001},
        waiting={"offer_seconds": 3, "overflow_minutes": 1.5, "queue_limt": 1},
        when_empty="cry",
        schedule={"timezone": "Vilnius", "weekly": {"mon": [["9-5"]], "tue": [["10:00", "10:00"]]}},
        extra=1,
    )
    assert places(given) == {
        "extra": "field",
        "id": "id",
        "names.en": "name",
        "names.klingon!": "language",
        "schedule.timezone": "timezone_near",
        "schedule.weekly.mon[0]": "interval_type",
        "schedule.weekly.tue[0]": "interval_empty",
        "countries[0]": "country_near",
        "countries[1]": "country_code",
        "countries[2]": "country",
        "countries[3]": "country",
        "languages[1]": "language",
        "agents[0]": "agent",
        "overflow[0]": "overflow_unknown",
        "overflow[1]": "overflow_unknown",
        "offline.en": "text_long",
        "waiting.queue_limt": "field_near",
        "waiting.offer_seconds": "whole_number",
        "waiting.overflow_minutes": "whole_number",
        "when_empty": "when_empty",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a region", {"": "region_type"}),
        (value(names={}), {"names": "names_missing"}),
        (value(names={"en": " ", "lt": None}), {"names": "names_missing"}),
        (value(names=["Lithuania"]), {"names": "texts_type"}),
        (value(names={"en": 5}), {"names.en": "text_type"}),
        (value(names={"pt-br": "Brasil", "pt-BR": "Brazil"}), {"names.pt-BR": "twice"}),
        (value(names={"en": "North {workspace}"}), {"names.en": "wording_placeholder"}),
        (
            value(offline={"en": "Hi {workspace}", "lt": "${agent}", "ja": "｛workspace｝", "fa": "سلام"}),
            dict.fromkeys(("offline.en", "offline.lt", "offline.ja"), "wording_placeholder"),
        ),
        (value(id="new"), {"id": "id_reserved"}),
        (value(id="x" * 37), {"id": "id"}),
        (value(overflow=["lt"]), {"overflow[0]": "overflow_self"}),
        (value(overflow=["jp", "jp"]), {"overflow[1]": "twice"}),
        (value(countries="LT"), {"countries": "list_type"}),
        (value(countries=["LT", "LT"]), {"countries[1]": "twice"}),
        (value(waiting=45), {"waiting": "waiting_type"}),
        (value(waiting={"offer_seconds": True}), {"waiting.offer_seconds": "whole_number"}),
        (value(waiting={"queue_limit": float("nan")}), {"waiting.queue_limit": "whole_number"}),
        (value(waiting={"overflow_minutes": float("inf")}), {"waiting.overflow_minutes": "whole_number"}),
        (value(schedule=None), {"schedule": "schedule_type"}),
        (
            value(schedule={"timezone": "Europe/Vilnius", "holidays": {"country": "QQ"}}),
            {"schedule.holidays.country": "country_unknown"},
        ),
        ({"id": "lt", "names": {"en": "Lithuania"}}, {"schedule": "missing"}),
        ({k: v for k, v in value().items() if k != "id"}, {"id": "missing"}),
    ],
)
def test_what_is_wrong_is_named(given: object, expected: dict[str, str]) -> None:
    assert places(given) == expected


def test_a_placeholder_in_a_regions_text_is_named_and_that_there_are_none() -> None:
    with pytest.raises(RegionProblems) as caught:
        parse_region(value(offline={"en": "{workspace} is asleep, ask {agent}."}), KNOWN)
    [said] = [wording(problem, Catalogue("en", {})) for problem in caught.value.problems]
    assert said == "{workspace} is no placeholder here, so readers would see it as it is. Possible are: –."


def test_a_region_that_was_stored_with_braces_before_is_read_as_it_is() -> None:
    stored = region_to_json(region(names={"en": "{North}"}, offline={"en": "Hi {workspace}"}))
    found = region_from_json(stored, Schedule("UTC", WEEK), 3)
    assert (found.names, found.offline) == ({"en": "{North}"}, {"en": "Hi {workspace}"})


def test_a_name_that_comes_twice_in_a_file_is_told() -> None:
    text = b'{"id": "lt", "id": "lv", "names": {"en": "L"}, "schedule": {"timezone": "UTC"}}'
    assert places(load_value(text)) == {"id": "field_twice"}


def test_every_problem_has_words_with_its_values() -> None:
    english = Catalogue("en", {})
    with pytest.raises(RegionProblems) as caught:
        parse_region(value(countries=["lt"], overflow=["atlantis"], waiting={"offer_seconds": 3}), KNOWN)
    assert [wording(problem, english) for problem in caught.value.problems] == [
        "“lt” is not a country code. Did you mean LT?",
        "There is no region “atlantis”.",
        "This must be a whole number from 10 to 600.",
    ]
    assert all("“{field}”" not in wording(problem, english) for problem in caught.value.problems)


def test_regions_of_a_file_may_overflow_to_each_other_and_agents_go_by_address() -> None:
    all_ = Regions((region("lt", overflow=("lv",), agents=("a1",)), region("lv", overflow=("lt",))), "lv")
    written = regions_to_json(all_, {"a1": "emma@lumina.example"})
    assert written["regions"][0]["agents"] == ["emma@lumina.example"]
    read = parse_regions(json.loads(json.dumps(written)), KNOWN)
    assert (tuple(read.regions), read.default) == (all_.all, "lv")


def test_problems_of_a_file_say_which_region_they_are_of() -> None:
    given = {"regions": [value(), value(), value(id="x", overflow=["y"])], "default": "nowhere", "hours": []}
    with pytest.raises(RegionProblems) as caught:
        parse_regions(given, KNOWN)
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [
        ("regions[1].id", "twice"),
        ("regions[2].overflow[0]", "overflow_unknown"),
        ("default", "default"),
        ("hours", "field"),
    ]
    with pytest.raises(RegionProblems):
        parse_regions([], KNOWN)


def test_notes_tell_what_is_hardly_meant() -> None:
    lithuania = region("lt", overflow=("lv",), countries=("LT",))
    latvia = region("lv", overflow=("ee",), countries=("LV", "LT"), when_empty="overflow")
    estonia = region("ee", overflow=("lt",), agents=(), schedule=Schedule("Europe/Tallinn"))
    alone = region("alone", when_empty="overflow")
    all_ = Regions((lithuania, latvia, estonia, alone), "lt")

    def told(one: Region) -> list[tuple[str, str]]:
        return [(note.place, note.code) for note in region_notes(one, all_)]

    assert told(lithuania) == [("overflow", "note_overflow_circle")]
    assert told(latvia) == [("overflow", "note_overflow_circle"), ("countries[1]", "note_country_taken")]
    assert told(estonia) == [
        ("schedule", "note_never_open"),
        ("agents", "note_no_agents"),
        ("overflow", "note_overflow_circle"),
    ]
    assert told(alone) == [("when_empty", "note_overflow_nowhere")]
    circle = region_notes(latvia, all_)[0]
    assert circle.params == {"regions": "lv → ee → lt → lv"}


def test_a_chain_without_a_circle_is_no_matter_also_behind_one() -> None:
    all_ = Regions(
        (region("a", overflow=("b",)), region("b", overflow=("c",)), region("c", overflow=("b",))), "a"
    )
    assert region_notes(all_.all[0], all_) == []


def test_rules_of_zones_that_are_older_than_those_used_are_told() -> None:
    one = region()
    newer = KeptRegion(one, NOON, None, "9999z")
    (note,) = region_notes(one, Regions((one,), "lt"), newer)
    assert (note.place, note.code, note.params["saved"]) == ("schedule.timezone", "note_zone_rules", "9999z")
    assert region_notes(one, Regions((one,), "lt"), replace(newer, zone_rules="2020a")) == []


def test_every_code_has_words() -> None:
    assert all(TABLE.values())
