"""Which languages visitors read, told from tags that anybody can send."""

import pytest

from appliance.services.visitor_languages import MOST, visitor_languages

INTERFACE = ("en", "es", "fa", "lt", "pt-BR", "pt-PT", "zh-Hans", "zh-Hant")


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("lt", "lt"),
        ("en-GB", "en"),
        ("pt-AO", "pt-PT"),
        ("zh-TW", "zh-Hant"),
        # No locale of the interface, but one that readers of it can read.
        ("ca", "es"),
        ("sv-SE", "sv"),
        ("sv-x-a1b2", "sv"),
        ("sv-u-co-phonebk", "sv"),
        ("th-Thai-TH", "th"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sr-ME", "sr-Latn"),
        ("sr-Cyrl", "sr"),
        ("ru-Latn", "ru-Latn"),
    ],
)
def test_a_visitors_language_is_told_by_what_a_text_can_be_written_in(tag: str, told: str) -> None:
    assert visitor_languages([tag], INTERFACE) == [told]


@pytest.mark.parametrize("tag", ["xqz", "qaa", "no tag", "", "x-klingon", "<b>"])
def test_what_has_no_name_is_no_language(tag: str) -> None:
    assert visitor_languages([tag], INTERFACE) == []


def test_a_script_without_a_name_is_left_out() -> None:
    assert visitor_languages(["sv-Qxyz"], INTERFACE) == ["sv"]


def test_what_most_visitors_read_comes_first() -> None:
    assert visitor_languages(["fa", "sv", "lt", "sv-FI", "fa-IR", "sv"], INTERFACE) == ["sv", "fa", "lt"]


def test_strangers_cannot_make_up_languages() -> None:
    hostile = [f"sv-x-a{number}" for number in range(500)]
    assert visitor_languages(hostile, INTERFACE) == ["sv"]


def test_of_many_languages_only_some_are_told_and_the_usual_ones_stay() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    made_up = [first + second + third for first in letters for second in letters for third in "aeiou"]
    told = visitor_languages(["lt", "fa", *made_up, "fa", "lt", "sv", "sv", "sv"], INTERFACE)
    assert len(told) == MOST
    assert told[:3] == ["sv", "fa", "lt"]
