"""The reasons of routing as somebody reads them."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from appliance.domain.desk import assign
from appliance.domain.routing import Candidate, Decision, Visit
from appliance.i18n import Catalogue
from appliance.routing_wordings import SUMMARIES, TABLE, explain, name_of, summary
from tests.unit.domain.routing_world import NOON, TOMORROW, desk, visit

ENGLISH = Catalogue("en", {})
TOKYO = ZoneInfo("Asia/Tokyo")
REGIONS = desk().regions
LT = {"country": "LT", "language": "lt"}
FULL, AWAY = {"load": 4}, {"availability": "away"}


def words(candidate: Candidate, catalogue: Catalogue = ENGLISH) -> str:
    return explain(candidate, catalogue, REGIONS, TOKYO)


def decided(one: Visit, **company: object) -> Decision:
    [step] = assign([one], desk(**company), NOON)  # type: ignore[arg-type]
    return step.decision


def test_a_region_is_named_and_an_instant_is_that_of_the_reader() -> None:
    closed = Candidate("region", "vilnius", False, "closed", {"opens_at": TOMORROW.isoformat()})
    assert words(closed).replace("\u202f", " ") == "Closed until Mar 3, 2026, 5:00 PM."
    assert words(Candidate("region", "lisbon", True, "overflow", {"region": "vilnius"})) == (
        "It takes over from Vilnius."
    )


def test_countries_and_languages_have_names_in_the_reader_s_language() -> None:
    german = Catalogue("de", {TABLE["by_country"]: "Für Besucher aus {country}."})
    here = Candidate("region", "vilnius", True, "by_country", {"country": "LT"})
    assert words(here) == "It looks after visitors from Lithuania."
    assert words(here, german) == "Für Besucher aus Litauen."
    assert words(Candidate("agent", "ona", True, "speaks", {"language": "lt"}, "Ona")) == "Speaks Lithuanian."


def test_how_much_somebody_has() -> None:
    full = Candidate("agent", "ona", False, "full", {"load": 4, "capacity": 4}, "Ona")
    assert words(full) == "Has 4 of 4 conversations already."


def test_a_reason_of_a_newer_program_is_shown_as_it_is() -> None:
    assert words(Candidate("agent", "ona", False, "asleep", {}, "Ona")) == "asleep"


def test_what_is_gone_has_its_id_for_a_name() -> None:
    gone = Candidate("region", "atlantis", False, "gone")
    assert (name_of(gone, ENGLISH, REGIONS), words(gone)) == (
        "atlantis",
        "This region does not exist any more.",
    )
    assert name_of(Candidate("agent", "ona", True, "speaks", {}, "Ona"), ENGLISH, REGIONS) == "Ona"


NOBODY_LT = {"ona": FULL, "jonas": FULL}
SENTENCES = [
    (visit(**LT), {"seats": {"jonas": AWAY}}, "Offered to Ona, who speaks Lithuanian."),
    (
        visit(**LT),
        {"seats": {"jonas": {"load": 1}}},
        "Offered to Ona, who speaks Lithuanian and has the most room.",
    ),
    (visit(**LT, former="ona"), {}, "Offered to Ona, who had this visitor’s last conversation."),
    (
        visit(choice="tehran", language="pt"),
        {},
        "Offered to Ali: nobody who is free speaks Portuguese, but translation reaches them.",
    ),
    (
        visit(choice="tehran", language="eu"),
        {},
        "Offered to Ali, who reads the original: no translation from Basque reaches anybody free.",
    ),
    (visit(**LT, to_agent="ali"), {}, "Offered to Ali: it was transferred to them."),
    (
        visit(
            **LT,
            region="vilnius",
            passed=("ona",),
            outcome="queued",
            decided_at=NOON - timedelta(minutes=1),
        ),
        {"seats": {"jonas": FULL}},
        "Offered to Ona once more: nobody else is free.",
    ),
    (
        visit(**LT),
        {"seats": NOBODY_LT},
        "Waits in Vilnius: everybody there has as many conversations as they take.",
    ),
    (
        visit(**LT),
        {"seats": {"ona": AWAY, "jonas": AWAY}},
        "Waits in Vilnius: nobody is there at the moment.",
    ),
    (
        visit(**LT, passed=("ona", "jonas")),
        {},
        "Waits in Vilnius: those who are free did not take it.",
    ),
    (
        visit(choice="tehran"),
        {"shut": {"tehran": TOMORROW}},
        "Nobody is there before Mar 3, 2026, 5:00 PM, when Tehran opens.",
    ),
    (
        visit(choice="tehran"),
        {"shut": {"tehran": None}},
        "Nobody is there, and no region opens within a year.",
    ),
    (
        visit(choice="tehran"),
        {"seats": {"ali": AWAY}, "regions": {"tehran": {"when_empty": "closed"}}},
        "Nobody is there before Mar 3, 2026, 5:00 PM.",
    ),
]


@pytest.mark.parametrize(("one", "company", "sentence"), SENTENCES, ids=[row[2] for row in SENTENCES])
def test_a_decision_in_one_sentence(one: Visit, company: dict[str, object], sentence: str) -> None:
    found = summary(decided(one, **company), ENGLISH, REGIONS, TOKYO)
    assert found.replace("\u202f", " ") == sentence


def test_a_region_that_is_always_open_and_empty_has_no_opening_to_tell() -> None:
    empty = Candidate("region", "tehran", False, "empty")
    decision = Decision(NOON, "arrived", "closed", "tehran", "choice", candidates=(empty,))
    assert summary(decision, ENGLISH, REGIONS, TOKYO) == "Tehran is open, but nobody can take it."


def test_texts_have_only_values_that_reasons_give() -> None:
    known = {
        *("country", "language", "region", "minutes", "opens_at", "name", "limit"),
        *("other", "load", "capacity", "agent"),
    }
    texts = (*TABLE.values(), *SUMMARIES.values())
    assert {name for text in texts for name in re.findall(r"\{(\w+)\}", text)} <= known
