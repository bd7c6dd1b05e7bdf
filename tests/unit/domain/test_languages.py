import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.domain import languages
from appliance.domain.languages import (
    MAX_TAG_LENGTH,
    base_language,
    is_language_tag,
    negotiate,
    neighbours,
    normalize_tag,
    parse_accept_language,
    same_language,
    script_of,
)

OURS = ["en", "fa", "ja", "lt", "pt-BR", "tr", "zh-Hans"]

tags = st.from_regex(
    r"[a-zA-Z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})?", fullmatch=True
).filter(is_language_tag)
anything = st.one_of(tags, st.text(max_size=60))


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("PT-br", "pt-BR"),
        ("ZH-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("de-1996-1996", "de-1996"),
        ("sl-rozaj-ROZAJ-biske", "sl-rozaj-biske"),
        ("en-a-bb-cc-U-ca-roc-A-dd-x-a", "en-a-bb-cc-u-ca-roc-x-a"),
        ("iw", "he"),
        ("no-NO", "nb-NO"),
        ("zh-yue-HK", "yue-HK"),
        ("cmn-Hans", "zh-Hans"),
        ("de-CH-1996", "de-CH-1996"),
        ("fa-IR-u-ca-persian-nu-latn", "fa-IR-u-ca-persian-nu-latn"),
        ("EN-x-Twain", "en-x-twain"),
    ],
)
def test_tags_take_their_canonical_form(tag: str, normal: str) -> None:
    assert normalize_tag(tag) == normal


@pytest.mark.parametrize(
    "tag",
    [
        "", "e", "english", "pt_BR", "en-", "-en", "en--US", " en", "en\n", "en-US\x00", "../etc",
        "x-private", "und",
        "i-klingon", "ſa", "\uff45\uff4e", "*", "en-" + "abcde-" * 7 + "abcde", "a" * 10_000,
        "en-USA-USA-USA", "<b>",
    ],
)  # fmt: skip
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="language"):
        normalize_tag(tag)


@given(tags)
def test_a_canonical_tag_stays_as_it_is(tag: str) -> None:
    normal = normalize_tag(tag)
    assert normalize_tag(normal) == normal
    assert len(normal) <= MAX_TAG_LENGTH
    assert same_language(tag, normal)


@given(st.text(max_size=60))
def test_any_text_is_a_tag_or_a_value_error(text: str) -> None:
    if is_language_tag(text):
        assert base_language(text).isascii()
    else:
        with pytest.raises(ValueError, match="language"):
            base_language(text)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("pt-BR", "pt", True),
        ("pt-BR", "pt-PT", True),
        ("zh-Hans", "zh-Hant", False),
        ("zh-TW", "zh-Hant", True),
        ("zh-CN", "zh-Hans", True),
        ("zh", "zh-Hans", True),
        ("zh-HK", "zh-CN", False),
        ("zh", "yue", False),
        ("sr-Latn", "sr", True),
        ("uz-Cyrl", "uz", False),
        ("ja", "ja-Jpan", True),
        ("no", "nb", True),
        ("nn", "nb", False),
        ("pt", "es", False),
        ("iw", "he", True),
    ],
)
def test_same_language(a: str, b: str, same: bool) -> None:
    assert same_language(a, b) is same
    assert same_language(b, a) is same


def test_a_script_is_named_or_the_usual_one() -> None:
    assert [script_of(tag) for tag in ("zh-TW", "zh", "sr-ME", "sr", "pa-PK", "uz-Arab", "en")] == [
        "Hant", "Hans", "Latn", "Cyrl", "Arab", "Arab", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("preferred", "available", "best"),
    [
        (["lt-LT", "en"], OURS, "lt"),
        (["zh-TW", "en"], OURS, "zh-Hans"),
        (["zh-HK"], [*OURS, "zh-Hant"], "zh-Hant"),
        (["zh-MO"], ["zh-CN", "zh-TW"], "zh-TW"),
        (["zh-CN"], [*OURS, "zh-Hant"], "zh-Hans"),
        (["zh-SG"], ["zh-Hant", "zh-Hans"], "zh-Hans"),
        (["zh"], ["zh-Hant", "zh-Hans"], "zh-Hans"),
        (["yue"], OURS, "zh-Hans"),
        (["yue-HK"], ["zh-Hans", "zh-Hant"], "zh-Hant"),
        (["pt"], OURS, "pt-BR"),
        (["pt-PT"], OURS, "pt-BR"),
        (["pt-PT"], ["pt-BR", "pt-PT"], "pt-PT"),
        (["pt-AO"], ["pt-BR", "pt-PT"], "pt-PT"),
        (["pt"], ["pt-PT", "pt-BR"], "pt-BR"),
        (["es-MX"], ["es", "es-419"], "es-419"),
        (["es-ES"], ["es-419", "es"], "es"),
        (["en-AU"], ["en", "en-GB"], "en-GB"),
        (["en-PH"], ["en-GB", "en"], "en"),
        (["nn-NO", "en"], ["en", "nb"], "nb"),
        (["no"], ["nn", "en"], "nn"),
        (["nb"], ["en", "no"], "no"),
        (["sr-Latn", "en"], ["sr", "en"], "sr"),
        (["sr-Latn"], ["sr", "sr-Latn"], "sr-Latn"),
        (["pa-PK", "ur"], ["pa", "ur"], "ur"),
        (["gsw-CH"], ["de", "en"], "de"),
        (["sv", "fa-AF"], OURS, "fa"),
        (["sv"], OURS, "en"),
        ([], OURS, "en"),
        (["<script>", "ja"], OURS, "ja"),
        (["he"], ["iw"], "iw"),
    ],
)
def test_negotiation(preferred: list[str], available: list[str], best: str) -> None:
    assert negotiate(preferred, available) == best


CASES = json.loads((Path(__file__).parents[2] / "negotiation.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: ",".join(case["wanted"])[:40] or "nothing")
def test_every_reader_gets_the_language_that_the_browser_would_choose(case: dict[str, list[str]]) -> None:
    offered = case.get("offered", CASES["ours"])
    assert (negotiate(case["wanted"], offered, default="") or None) == case["best"]


def test_the_default_is_returned_even_where_it_is_not_offered() -> None:
    assert negotiate(["sv"], ["fa"], default="de") == "de"


@given(st.lists(anything, max_size=8), st.lists(tags, max_size=8))
def test_the_outcome_is_one_of_the_offers_or_the_default(preferred: list[str], available: list[str]) -> None:
    assert negotiate(preferred, available) in [*available, "en"]


@given(tags, st.lists(tags, max_size=8))
def test_what_is_offered_exactly_is_taken(wish: str, others: list[str]) -> None:
    assert normalize_tag(negotiate([wish], [*others, wish])) == normalize_tag(wish)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", ["pt-BR", "pt", "en-US", "en"]),
        ("en;q=0.2, fa ; q=0.9 ,lt", ["lt", "fa", "en"]),
        ("en;q=0,*;q=0.5,tr;q=0.001", ["tr"]),
        ("ja, ja;q=0.1, en", ["ja", "en"]),
        ("de;q=2, fr;q=-1, it;q=nan, es;q=1e9, nl;q=0.1234, pl;q=1.000", ["pl"]),
        ("", []),
        (",;,;;q=1, ,", []),
        ("\x00\n<script>,en", ["en"]),
        (",".join(["lt"] * 40) + ",en", ["lt"]),
        ("a" * 100_000, []),
    ],
)
def test_accept_language(header: str, wanted: list[str]) -> None:
    assert parse_accept_language(header) == wanted


@given(st.text(alphabet="aZ-;=q0.19*, \x00é", max_size=2000))
def test_any_header_gives_a_short_list_of_distinct_tags(header: str) -> None:
    wanted = parse_accept_language(header)
    assert len(wanted) <= 32
    assert len(set(wanted)) == len(wanted)
    assert all(normalize_tag(tag) == tag for tag in wanted)


def chosen_again_and_again(tag: str, offers: list[str]) -> list[str]:
    left = [offer for offer in offers if offer != tag]
    found: list[str] = []
    while best := negotiate([tag], left, default=""):
        found.append(best)
        left.remove(best)
    return found


# fmt: off
MANY_TAGS = [
    "en", "en-GB", "en-US", "es", "es-419", "es-MX", "pt-BR", "pt-PT", "pt-AO", "de", "gsw", "ca", "eu", "nb",
    "nn", "da", "sk", "cs", "zh", "zh-Hans", "zh-Hant", "zh-TW", "yue", "yue-Hans", "sr", "sr-Latn", "sr-ME",
    "bs", "az", "az-Arab", "ja", "ja-Jpan", "fa",
]
# fmt: on


@pytest.mark.parametrize("tag", MANY_TAGS)
def test_neighbours_are_those_that_negotiation_would_choose_in_turn(tag: str) -> None:
    assert neighbours(MANY_TAGS)[tag] == chosen_again_and_again(tag, MANY_TAGS)


@given(st.lists(tags.map(normalize_tag), unique=True, max_size=8))
def test_neighbours_of_any_tags_are_those_that_negotiation_would_choose(some: list[str]) -> None:
    assert neighbours(some) == {tag: chosen_again_and_again(tag, some) for tag in some}


def test_each_neighbour_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    distance = languages._region_distance

    def counted(wish: str, offer: str) -> int:
        compared.append((wish, offer))
        return distance(wish, offer)

    monkeypatch.setattr(languages, "_region_distance", counted)
    many = [f"sv-x-a{number}" for number in range(60)]
    found = neighbours([*many, "lt"])
    assert len(found["sv-x-a0"]) == 59
    assert len(compared) == len(set(compared)) == 60 * 59
