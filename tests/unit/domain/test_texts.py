"""Texts that admins write: who reads which wording, and what can't be one."""

import pytest

from appliance.domain.refusal import Refused
from appliance.domain.texts import Text, Wording, checked_locale, checked_wording, fill, placeholders, said

GREETING = Text(
    "greeting",
    "greeting",
    {
        "en": Wording("Hello"),
        "pt-BR": Wording("Olá", source="en", made_from="Hello"),
        "lt": Wording("Sveiki", draft=True, source="en", made_from="Hi"),
    },
)


@pytest.mark.parametrize(
    ("language", "locale"),
    [("pt-BR", "pt-BR"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("lt", "en"), ("ja", "en")],
)
def test_a_reader_gets_the_nearest_wording_that_a_person_stands_by(language: str, locale: str) -> None:
    found = GREETING.said(language)
    assert found is not None
    assert found.locale == locale


def test_without_an_english_wording_the_first_one_is_read() -> None:
    found = said({"ja": "こんにちは", "lt": "Sveiki"}, "fr")
    assert found is not None
    assert (found.text, found.locale) == ("こんにちは", "ja")
    assert said({}, "en") is None


def test_a_translation_is_outdated_once_its_source_says_something_else() -> None:
    assert not GREETING.outdated("pt-BR")
    assert GREETING.outdated("lt")
    assert not GREETING.outdated("en")
    assert not GREETING.outdated("ja")


def test_standing_by_a_draft_takes_the_doubt_off() -> None:
    draft = Wording("Sveiki", True, True, "en", "Hi", ("length",))
    assert draft.approved("Sveiki", Wording("Hi")) == Wording("Sveiki", source="en", made_from="Hi")
    assert draft.approved("Sveiki", None) == Wording("Sveiki")


def test_who_changes_a_draft_has_read_it_beside_its_source_who_leaves_it_may_not_have() -> None:
    draft = Wording("Sveiki", draft=True, source="en", made_from="Hi")
    assert draft.approved("Labas", Wording("Hello")) == Wording("Labas", source="en", made_from="Hello")
    assert draft.approved("Sveiki", Wording("Hello")) == Wording("Sveiki", source="en", made_from="Hi")


def test_an_approved_wording_is_stood_by_beside_what_its_source_says_now() -> None:
    old = Wording("Sveiki", source="en", made_from="Hi")
    assert old.approved("Sveiki", Wording("Hello")) == Wording("Sveiki", source="en", made_from="Hello")


def test_placeholders_are_filled_where_something_is_known() -> None:
    said = "Hi {visitor}, {agent} of {workspace} here. {} {a\nb}"
    assert placeholders(said) == {"visitor", "agent", "workspace"}
    assert (
        fill("Hi {visitor}, this is {agent}", {"agent": "Emma {visitor}"})
        == "Hi {visitor}, this is Emma {visitor}"
    )


@pytest.mark.parametrize(
    "meant", ["{Workspace}", "{ workspace }", "{workspace1}", "{first-name}", "{工作区}", "{workspace\u00a0}"]
)
def test_what_only_looks_like_a_placeholder_is_never_shown_in_braces_unnoticed(meant: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_wording("greeting", "en", f"Welcome to {meant}!")
    assert refused.value.code == "wording_placeholder"
    assert refused.value.params == {"name": meant, "allowed": "{workspace}"}
    assert fill(meant, {"workspace": "Lumina"}) == meant


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Welcome to {{workspace}}!", "{{workspace}}"),
        ("Welcome to ${workspace}!", "${workspace}"),
        ("Welcome to {workspace}}!", "{workspace}}"),
        ("Welcome to {{workspace}!", "{{workspace}"),
        ("欢迎来到｛workspace｝！", "｛workspace｝"),
        ("Welcome to {workspace｝!", "{workspace｝"),
        ("Welcome to {workspace}! {}", "{}"),
        ("Welcome to workspace}!", "}"),
        ("Welcome to {workspace", "{workspace"),
        ("Welcome to {work\nspace}", "{work"),
        ("{workspace}: {" + "x" * 41 + "}", "{" + "x" * 40),
    ],
)
def test_no_brace_is_left_for_readers_whatever_was_meant_by_it(text: str, piece: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_wording("greeting", "en", text)
    assert refused.value.code == "wording_placeholder"
    assert refused.value.params == {"name": piece, "allowed": "{workspace}"}


def test_placeholders_may_touch_each_other_and_what_money_is_written_with() -> None:
    for text in ("{visitor}{agent}", "$5 {visitor}", "({workspace})", "{agent}$"):
        assert checked_wording("canned", "en", text) == text


def test_what_was_stored_with_other_braces_before_is_read_and_filled_as_it_was() -> None:
    old = Text("greeting", "greeting", {"en": Wording("{{workspace}} ${workspace} {workspace")})
    found = old.said("en")
    assert found is not None
    assert fill(found.text, {"workspace": "Lumina"}) == "{Lumina} $Lumina {workspace"


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("greeting", "  ", "wording_empty"),
        ("greeting", "x" * 301, "wording_too_long"),
        ("greeting", "Hello {agent}", "wording_placeholder"),
        ("survey", "How was\nit?", "wording_lines"),
        ("region_name", "Vilnius {workspace}", "wording_placeholder"),
        ("greeting", 7, "bad_field"),
    ],
)
def test_what_cannot_be_a_wording_is_refused_and_its_locale_named(kind: str, raw: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_wording(kind, "lt", raw)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == (code, "lt")


def test_an_unknown_placeholder_is_named_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        checked_wording("survey", "en", "Was {agnet} kind?")
    assert refused.value.params == {"name": "{agnet}", "allowed": "{agent}, {workspace}"}


def test_markup_is_a_text_like_any_other() -> None:
    assert checked_wording("greeting", "en", "<script>alert(1)</script>") == "<script>alert(1)</script>"


@pytest.mark.parametrize("raw", [None, "", "no such tag", "en_US!", "x" * 400, 5, "../../etc"])
def test_what_is_no_locale_is_refused(raw: object) -> None:
    with pytest.raises(Refused) as refused:
        checked_locale(raw)
    assert refused.value.code == "bad_field"


def test_a_locale_is_kept_in_its_usual_form() -> None:
    assert checked_locale("PT-br") == "pt-BR"
