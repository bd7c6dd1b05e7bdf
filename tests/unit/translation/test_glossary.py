"""The workspace's terms: where they are found, and what becomes of them on the way through engines."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translation import Flag, Glossary, Pair, Term
from translation.errors import ENGINE_FAILED, TranslationError
from translation.glossary import Journey
from translation.text import translate_text

REFUND = Term({"en": ("refund", "money back"), "pt": ("reembolso",), "lt": ("grąžinimas",), "zh": ("退款",)})
HOURS = Term({"en": ("business hours",), "pt": ("horário de atendimento",)})
CARD = Term({"en": ("credit card",), "pt": ("cartão de crédito",), "tr": ("kredi kartı",)})
ORDER = Term({"en": ("order",), "lt": ("užsakymas",), "tr": ("sipariş",), "fa": ("سفارش",)})
PRODUCT = Term(keep="Dragoman Pro")
SHOP = Glossary([REFUND, HOURS, CARD, ORDER, PRODUCT])


def journey(glossary: Glossary, source: str, target: str) -> Journey:
    found = glossary.journey(source, target)
    assert found is not None
    return found


def found(text: str, source: str, target: str, glossary: Glossary = SHOP) -> list[tuple[str, str]]:
    """What was found, and what will stand there."""
    return [
        (
            text[piece.start : piece.end],
            piece.wording.initial if piece.wording.capital else piece.wording.plain,
        )
        for piece in journey(glossary, source, target).find(text, last=True)
        if piece.wording is not None
    ]


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("I want a refund", "en", "pt", [("refund", "reembolso")]),
        ("Refunds, please", "en", "pt", [("Refunds", "Reembolso")]),
        ("A REFUND NOW", "en", "pt", [("REFUND", "REEMBOLSO")]),
        ("my refund's late", "en", "pt", [("refund's", "reembolso")]),
        ("give me my money back!", "en", "pt", [("money back", "reembolso")]),
        ("give me my money   back!", "en", "pt", [("money   back", "reembolso")]),
        ("give me my money\nback!", "en", "pt", []),
        ("it is refundable", "en", "pt", []),
        ("I was refunded", "en", "pt", []),
        ("a pre-refund note, refund-free", "en", "pt", []),
        ("refund/return", "en", "pt", [("refund", "reembolso")]),
        ("credit cards", "en", "pt", [("credit cards", "cartão de crédito")]),
        (
            "Os reembolsos e os cartões de crédito",
            "pt",
            "en",
            [("reembolsos", "refund"), ("cartões de crédito", "credit card")],
        ),
        ("o reembolso", "pt-BR", "en-GB", [("reembolso", "refund")]),
        ("Kur mano užsakymo grąžinimo suma", "lt", "en", [("užsakymo", "order"), ("grąžinimo", "refund")]),
        ("dėl grąžinimų", "lt", "en", [("grąžinimų", "refund")]),
        (
            "siparişimi ve kredi kartımı bekliyorum",
            "tr",
            "en",
            [("siparişimi", "order"), ("kredi kartımı", "credit card")],
        ),
        ("SİPARİŞ nerede", "tr", "en", [("SİPARİŞ", "ORDER")]),
        ("سفارش‌های من", "fa", "en", [("سفارش‌های", "order")]),
        ("سفارشم", "fa", "en", []),
        ("我要退款吗", "zh", "en", [("退款", "refund")]),
        ("refund", "en", "zh-CN", [("refund", "退款")]),
        ("refund", "en", "zh-TW", []),
        ("refund", "en", "ja", []),
        (
            "buy DRAGOMAN PRO or dragoman pro",
            "en",
            "ja",
            [("DRAGOMAN PRO", "DRAGOMAN PRO"), ("dragoman pro", "dragoman pro")],
        ),
        ("Dragoman Pros", "en", "pt", []),
        ("Dragoman Pro'yu aldım", "tr", "en", [("Dragoman Pro", "Dragoman Pro")]),
        ("İADE", "tr", "en", []),
    ],
)
def test_what_is_found_and_what_becomes_of_it(
    text: str, source: str, target: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, source, target) == expected


def test_turkish_capitals_keep_their_dots() -> None:
    shop = Glossary([Term({"en": ("refund",), "tr": ("iade",)})])
    assert found("REFUND", "en", "tr", shop) == [("REFUND", "İADE")]
    assert found("Refund", "en", "tr", shop) == [("Refund", "İade")]
    assert found("IADE, İADE, iade", "tr", "en", shop) == [
        ("IADE", "REFUND"),
        ("İADE", "REFUND"),
        ("iade", "refund"),
    ]


def test_once_prepared_no_text_waits_for_the_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = Glossary([Term(keep="Dragoman Pro"), Term({"lt": ("krepšelis",), "pt": ("carrinho",)})])
    ready.prepare()

    def make(*_: object) -> None:
        raise AssertionError("terms are made ready while somebody waits")

    monkeypatch.setattr("translation.glossary._Index", make)
    for source, target in (("lt", "pt"), ("pt", "lt"), ("en", "pt"), ("zh-Hant", "lt")):
        assert ready.journey(source, target) is not None


def test_the_longest_term_wins_wherever_it_begins() -> None:
    shop = Glossary(
        [
            Term({"en": ("gift",), "pt": ("presente",)}),
            Term({"en": ("gift card",), "pt": ("vale-presente",)}),
            Term({"en": ("card payment terms",), "pt": ("condições de pagamento",)}),
        ]
    )
    assert found("a gift card", "en", "pt", shop) == [("gift card", "vale-presente")]
    assert found("a gift card payment terms", "en", "pt", shop) == [
        ("gift", "presente"),
        ("card payment terms", "condições de pagamento"),
    ]


def test_a_term_without_a_wording_for_the_target_does_not_hide_one_that_has() -> None:
    shop = Glossary(
        [
            Term({"en": ("gift card",), "lt": ("dovanų kortelė",)}),
            Term({"en": ("gift",), "pt": ("presente",)}),
        ]
    )
    assert found("a gift card", "en", "pt", shop) == [("gift", "presente")]


def test_the_region_of_the_reader_chooses_among_wordings() -> None:
    shop = Glossary([Term({"en": ("bus",), "pt": ("autocarro",), "pt-BR": ("ônibus",)})])
    assert found("the bus", "en", "pt-BR", shop) == [("bus", "ônibus")]
    assert found("the bus", "en", "pt-PT", shop) == [("bus", "autocarro")]
    assert found("o autocarro, o ônibus", "pt-BR", "en", shop) == [("autocarro", "bus"), ("ônibus", "bus")]


class Echo:
    """An engine that gives back what it is asked, and remembers it. `drop`: what it loses on the way."""

    def __init__(self, drop: str = "") -> None:
        self.asked: list[str] = []
        self._drop = drop

    async def ask(self, sentences: Sequence[str]) -> list[str]:
        self.asked += sentences
        return [re.sub(self._drop, "", sentence) if self._drop else sentence for sentence in sentences]


async def through(text: str, *tags: str, glossary: Glossary = SHOP, engine: Echo | None = None) -> str:
    """The text behind engines that change nothing, from tag to tag."""
    way = journey(glossary, tags[0], tags[-1])
    asked = engine or Echo()
    for source, target in pairwise(tags):
        last = target == tags[-1]
        outcome = await translate_text(
            text,
            Pair(source, target),
            asked.ask,
            lambda part, last=last: way.find(part, last=last),  # type: ignore[misc]
        )
        text = outcome.text
    return way.settled(text)


@pytest.mark.parametrize("way", [("en", "pt"), ("en", "fr", "pt"), ("en", "fr", "de", "pt")])
async def test_a_term_comes_through_one_engine_or_several(way: tuple[str, ...]) -> None:
    text = "Refunds take time. I paid for Dragoman Pro by credit card, see https://shop.example/refund"
    assert await through(text, *way) == (
        "Reembolso take time. I paid for Dragoman Pro by cartão de crédito, see https://shop.example/refund"
    )


@pytest.mark.parametrize("way", [("en", "pt"), ("en", "fr", "pt")])
async def test_a_text_that_is_only_a_term_is_translated(way: tuple[str, ...]) -> None:
    assert await through("Refund?", *way) == "Reembolso?"
    assert await through("refund", *way) == "reembolso"
    assert await through("Dragoman Pro!", *way) == "Dragoman Pro!"


async def test_no_engine_ever_sees_a_term() -> None:
    engine = Echo()
    await through("I want a refund for Dragoman Pro now", "en", "fr", "pt", engine=engine)
    assert engine.asked
    assert not [
        asked
        for asked in engine.asked
        if re.search("refund|reembolso|dragoman|[\U000f0000-\U000ffffd]", asked.lower())
    ]


async def test_a_token_an_engine_loses_is_put_back_piece_by_piece() -> None:
    lossy = Echo(drop=r"X\d+X")
    assert await through("I want a refund now", "en", "pt", engine=lossy) == "I want a reembolso now"


async def test_a_mark_at_the_end_of_a_term_belongs_to_it() -> None:
    shop = Glossary([Term(keep="Yahoo!"), Term({"en": ("Q&A?",), "pt": ("Dúvidas",)})])
    assert await through("I use Yahoo!", "en", "pt", glossary=shop) == "I use Yahoo!"
    assert await through("Is Yahoo! Mail good? I like Yahoo! mail.", "en", "pt", glossary=shop) == (
        "Is Yahoo! Mail good? I like Yahoo! mail."
    )


async def test_what_is_told_about_a_translation_with_terms() -> None:
    way = journey(SHOP, "en", "pt")
    with_term = await translate_text(
        "My refund", Pair("en", "pt"), Echo().ask, lambda text: way.find(text, last=True)
    )
    assert Flag.GLOSSARY in with_term.flags
    other = journey(SHOP, "en", "pt")
    without = await translate_text(
        "see https://refund.example/ now",
        Pair("en", "pt"),
        Echo().ask,
        lambda text: other.find(text, last=True),
    )
    assert Flag.GLOSSARY not in without.flags


async def test_characters_for_private_use_that_somebody_typed_stay_theirs() -> None:
    typed = "\U000f0000 \U000f0003 and a refund"
    assert await through(typed, "en", "fr", "pt") == "\U000f0000 \U000f0003 and a reembolso"


async def test_a_glossary_that_changes_does_not_meet_old_answers() -> None:
    """What an engine said is remembered below the terms, with tokens in their place."""
    before = Glossary([Term({"en": ("refund",), "pt": ("reembolso",)})])
    after = Glossary([Term({"en": ("refund",), "pt": ("restituição",)})])
    engine = Echo()
    assert await through("a refund", "en", "pt", glossary=before, engine=engine) == "a reembolso"
    asked = list(engine.asked)
    assert await through("a refund", "en", "pt", glossary=after, engine=engine) == "a restituição"
    assert engine.asked[len(asked) :] == asked


async def test_an_engine_that_fails_is_heard() -> None:
    async def fails(sentences: Sequence[str]) -> list[str]:
        raise TranslationError(ENGINE_FAILED, "gone")

    way = journey(SHOP, "en", "pt")
    with pytest.raises(TranslationError):
        await translate_text(
            "My refund is late", Pair("en", "pt"), fails, lambda text: way.find(text, last=True)
        )


WORDS = st.sampled_from(["please", "my", "Ana", "is", "late", "X", "ok", "退", "ü", "don't", "e-mail"])
TERMS = st.sampled_from(["refund", "money back", "business hours", "Dragoman Pro", "credit card"])
SAID = {
    "refund": "reembolso",
    "money back": "reembolso",
    "business hours": "horário de atendimento",
    "Dragoman Pro": "Dragoman Pro",
    "credit card": "cartão de crédito",
}


@given(st.lists(st.tuples(st.booleans(), WORDS, TERMS), min_size=1, max_size=12), st.booleans())
@settings(deadline=None)
async def test_with_an_engine_that_changes_nothing_only_terms_change(
    parts: list[tuple[bool, str, str]], over_a_pivot: bool
) -> None:
    # A word before each, so that no term begins the sentence, where it would get a capital.
    text = " ".join(["so", *(term if is_term else word for is_term, word, term in parts)])
    expected = " ".join(["so", *(SAID[term] if is_term else word for is_term, word, term in parts)])
    way = ("en", "fr", "pt") if over_a_pivot else ("en", "pt")
    assert await through(text, *way) == expected


@given(st.text(max_size=300))
@settings(deadline=None)
async def test_whatever_is_written_the_places_of_terms_are_in_it(text: str) -> None:
    pieces = journey(SHOP, "en", "pt").find(text, last=True)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert all(one.end <= other.start for one, other in pairwise(pieces))


def test_fifty_thousand_terms_are_found_in_one_look() -> None:
    terms = [Term({"en": (f"gadget {number}",), "pt": (f"aparelho {number}",)}) for number in range(50_000)]
    large = Glossary(terms)
    assert found("my gadget 49999 and gadget 7", "en", "pt", large) == [
        ("gadget 49999", "aparelho 49999"),
        ("gadget 7", "aparelho 7"),
    ]


def test_terms_in_one_another_a_hundred_deep_are_looked_for_only_so_far() -> None:
    """A visitor's text must not hold up everybody's, whatever an admin has written into the glossary."""
    nested = Glossary([Term(keep=" ".join(["a"] * count)) for count in range(1, 101)])
    found = journey(nested, "en", "pt").find("a " * 2_500, last=True)
    assert found
    assert sum(piece.end - piece.start for piece in found) < 5_000
