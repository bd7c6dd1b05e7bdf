"""A whole text around engines that do as they are told."""

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translation import Flag, Pair
from translation.sentence import Outcome
from translation.text import translate_text

EN_PT = Pair("en", "pt")


class Recorder:
    """An engine that answers from a function and remembers what it was asked."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        self._answer = answer
        self.asked: list[str] = []

    async def __call__(self, sentences: Sequence[str]) -> list[str]:
        self.asked += sentences
        return [self._answer(sentence) for sentence in sentences]


def foreign(sentence: str) -> str:
    """Every word with an o at its end."""
    return re.sub(r"\b[A-Za-z]{2,60}\b", r"\g<0>o", sentence)


def reverse(sentence: str) -> str:
    """Words backwards: what an engine might do to the order of things."""
    return " ".join(reversed(sentence.split(" ")))


async def through(text: str, answer: Callable[[str], str], pair: Pair = EN_PT) -> Outcome:
    return await translate_text(text, pair, Recorder(answer))


async def test_an_engine_that_changes_nothing_changes_nothing() -> None:
    text = (
        "  1. Hello there, Anna!\r\n\r\n\tYour order #48213 has 2 parts 😀\n- see https://example.com/x. \n"
    )
    assert (await through(text, str)).text == text


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["a@b.com", "#4821", "5.20 USD", "my lamp", "is, it", "no.", "12", "😀", "\n"]),
        max_size=9,
    )
)
async def test_kept_pieces_survive_any_engine(parts: list[str]) -> None:
    text = " ".join(parts)
    for engine in (str, reverse, str.upper, str.lower, lambda sentence: "x", lambda sentence: ""):
        translated = (await through(text, engine)).text
        for piece in ("a@b.com", "#4821", "5.20 USD", "😀"):
            assert translated.count(piece) == text.count(piece)


async def test_fragments_are_translated_where_tokens_are_lost() -> None:
    def dropping(sentence: str) -> str:
        return foreign(sentence.replace("X0X", ""))

    outcome = await through("please write to a@b.com about my broken lamp now", dropping)
    assert outcome == Outcome(
        "pleaseo writeo too a@b.com abouto myo brokeno lampo nowo", frozenset({Flag.FRAGMENTS})
    )


async def test_a_number_that_gets_lost_is_masked_and_asked_again() -> None:
    def spelling(sentence: str) -> str:
        return foreign(sentence.replace("12", "twelve"))

    outcome = await through("the delivery takes at least 12 days from there", spelling)
    assert outcome == Outcome("theo deliveryo takeso ato leasto 12 dayso fromo thereo")


async def test_engines_see_no_emoji_no_addresses_and_one_plain_mark() -> None:
    engine = Recorder(foreign)
    outcome = await translate_text("😀 Is my parcel lost, or is a@b.com wrong?!! 👍", EN_PT, engine)
    assert engine.asked == ["Is my parcel lost, or is X0X wrong?"]
    assert outcome.text == "😀 Iso myo parcelo losto, oro iso a@b.com wrongo?!! 👍"


async def test_short_sentences_are_asked_otherwise_when_the_answer_stutters() -> None:
    answers = {"- Olá.": "- Hello, the hello.", "Olá,": "Hello,", "Olá.": "Hello."}
    assert (await through("Olá", answers.__getitem__, Pair("pt", "en"))).text == "Hello"


async def test_noise_in_every_wording_is_flagged() -> None:
    outcome = await through("Where did you put my new lamp", lambda sentence: "the the the the the")
    assert Flag.REPETITION in outcome.flags


async def test_capitals_are_asked_in_small_letters() -> None:
    engine = Recorder(foreign)
    outcome = await translate_text("WHERE IS MY ORDER #48213 TODAY!", EN_PT, engine)
    assert engine.asked == ["Where is my order X0X today!"]
    assert outcome.text == "WHEREO ISO MYO ORDERO #48213 TODAYO!"


@pytest.mark.parametrize(
    ("target", "expected"),
    [("ja", "a b c d e？"), ("fa", "a b c d e؟"), ("el", "a b c d e;"), ("pt", "a b c d e?")],
)
async def test_end_marks_are_those_of_the_target(target: str, expected: str) -> None:
    assert (await through("a b c d e?", str, Pair("en", target))).text == expected


async def test_surrogates_and_control_characters_are_repaired() -> None:
    engine = Recorder(foreign)
    outcome = await translate_text("where is\x00 my \ud800 new lamp", EN_PT, engine)
    assert engine.asked == ["where is my \ufffd new lamp"]
    assert outcome == Outcome("whereo iso myo \ufffd newo lampo", frozenset({Flag.REPAIRED}))


async def test_a_word_without_end_is_left_alone() -> None:
    word = "a" * 5000
    outcome = await through(f"what is {word} supposed to mean", foreign)
    assert outcome == Outcome(f"whato iso {word} supposedo too meano", frozenset({Flag.LONG_WORD}))


async def test_nothing_but_emoji_reaches_no_engine() -> None:
    engine = Recorder(str)
    assert (
        await translate_text("😀\n42\nhttps://example.com", EN_PT, engine)
    ).text == "😀\n42\nhttps://example.com"
    assert engine.asked == []


@pytest.mark.parametrize(("language", "foreign_word"), [("tr", False), ("az", False), ("en", True)])
async def test_a_dotted_capital_is_turkish_in_turkish_only(language: str, foreign_word: bool) -> None:
    engine = Recorder(str)
    await translate_text("İyi bir gün size ve ona", Pair(language, "pt"), engine)
    assert any("İyi" in asked for asked in engine.asked) != foreign_word


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("ja", "en", "好. 明天? 来!\n好"),
        ("zh-Hans", "pt", "好. 明天? 来!\n好"),
        ("ja", "zh-Hans", "好。明天？来！\n好"),
    ],
)
async def test_sentences_that_touch_are_parted_where_the_target_parts_them(
    source: str, target: str, expected: str
) -> None:
    text = "好。明天？来！\n好"
    assert (await through(text, str, Pair(source, target))).text == expected
