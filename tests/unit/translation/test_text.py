"""A whole text around engines that do as they are told."""

import random
import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation import Flag, Pair
from translation.sentence import Outcome
from translation.text import repair, translate_text

EN_PT = Pair("en", "pt")
TOKEN = re.compile(r"[Xx]\s?\d{1,3}\s?[Xx]")


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


# The marks that are not the target's come back as the target has them.
OTHER_MARKS = "。！？۔।،؛，：；、؟"
SIGNS = "aBc xX01.,!?-–—()[]{}<>\"'“”‘’«»#@:/\\_*`~|;=+&%$€\n\t\u00a0\u200b\u200d\ufeff\u202e\x00\ud800"
SIGNS += "😀👍🏽é的กЖ"
BITS = [
    "Hello",
    "MY",
    "X0X",
    "x 1 x",
    "10:30",
    "(",
    "–",
    "a@b.com",
    "“so”",
    "don’t",
    "#48213",
    "😀",
    "- ",
    "1. ",
]
BITS += ["f(x) = y;", "```", "\n", "\t", "№ 5", "...", "My name is Will Rose", "Größe", "注意"]


@given(
    st.text(st.characters(exclude_characters=OTHER_MARKS), max_size=60)
    | st.text(SIGNS, max_size=40)
    | st.lists(st.sampled_from(BITS), max_size=12).map(" ".join)
)
async def test_an_engine_that_changes_nothing_changes_nothing_of_any_text(text: str) -> None:
    assert (await through(text, str)).text == repair(text)


PIECES = ("https://a.example.com/x?y=1", "a@b.com", "#48213", "AB-123-X", "1,234.56 USD", "10:30", "{name}")
PIECES += ("`rm -rf /`", "👨‍👩‍👧", "+370 600 12345", "C:\\a\\b.txt", "Москва")
WORDS = (
    "my lamp",
    "is, it",
    "no.",
    "WHERE IS",
    "two",
    "Please send it to me",
    "(",
    "?",
    "\n",
    "\t",
    "12",
)


# What may become of a token (*).
HARM = ("*", "*", "", "* *", "1*", "*7", "um*", "X0X", "X7X", "(*", "*\n", "x0x", "X 0 X", "X0", "0", "*,*")


class Hostile:
    """Does to a sentence, and to the tokens in it, what a model on a bad day does; the same each time."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def __call__(self, sentence: str) -> str:
        chance = random.Random(f"{self._seed} {sentence}")
        said = []
        for word in sentence.split(" "):
            if TOKEN.search(word):
                word = chance.choice(HARM).replace("*", word).replace("0", chance.choice("001"))
            said.append(word)
        change = chance.choice((list, reversed, sorted, lambda words: [*words, *words], lambda words: []))
        return chance.choice((" ", "", "  ", "\n", " the ")).join(change(said))


@given(
    st.lists(st.sampled_from(PIECES + WORDS), max_size=12),
    st.builds(Hostile, st.integers(0, 10_000))
    | st.sampled_from([reverse, str.upper, str.lower, lambda sentence: "y", lambda sentence: ""]),
    st.sampled_from(["pt", "ja", "fa", "tr"]),
)
async def test_kept_pieces_survive_any_engine(
    parts: list[str], engine: Callable[[str], str], target: str
) -> None:
    text = " ".join(parts)
    translated = (await through(text, engine, Pair("en", target))).text
    assert [translated.count(piece) for piece in PIECES] == [text.count(piece) for piece in PIECES]
    assert re.findall(r"[\n\t]", translated) == re.findall(r"[\n\t]", text)
    assert not TOKEN.search(translated)


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


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Мой заказ is not here even now", "X0X is not here even now", "Мой заказ iso noto hereo eveno nowo"),
        ("my Größe shoes go to Łódź now", "my X0X shoes go to X1X now", "myo Größe shoeso goo too Łódź nowo"),
        (
            "My name is Will Rose, where is it",
            "My name is X0X, where is it",
            "Myo nameo iso Will Rose, whereo iso ito",
        ),
        (
            "the “big” one it’s here yet",
            'the "big" one it\'s here yet',
            "theo “bigo” oneo ito’s hereo yeto",
        ),
        (
            "a@b.com, c@d.org and so on it goes",
            "X0X and so on it goes",
            "a@b.com, c@d.org ando soo ono ito goeso",
        ),
        (
            "where is my or\u200bder \ufeffof today",
            "where is my order of today",
            "whereo iso myo ordero ofo todayo",
        ),
        ("is this\x1b[31m red now or not", "is this red now or not", "iso thiso redo nowo oro noto"),
        ("it is 2 x 3 x 4 in all then", "it is 2 X0X 4 in all then", "ito iso 2 x 3 x 4 ino allo theno"),
    ],
)
async def test_what_engines_see_and_readers_get(text: str, asked: str, expected: str) -> None:
    engine = Recorder(foreign)
    outcome = await translate_text(text, EN_PT, engine)
    assert engine.asked[0] == asked
    assert outcome.text == expected


async def test_words_of_another_language_are_not_kept_where_that_would_say_the_opposite() -> None:
    engine = Recorder(foreign)
    await translate_text("Não sei e não quero nada disso", EN_PT, engine)
    assert engine.asked[0] == "Não sei e não quero nada disso"


async def test_a_sentence_in_another_script_is_left_as_it_is_with_a_doubt() -> None:
    engine = Recorder(foreign)
    outcome = await translate_text("Где мой заказ? It is late again today", EN_PT, engine)
    assert engine.asked == ["It is late again today"]
    assert outcome == Outcome("Где мой заказ? Ito iso lateo againo todayo", frozenset({Flag.SCRIPT}))
    assert (await translate_text("Где мой заказ?", Pair("en", "ru"), engine)).flags == set()


async def test_what_an_engine_adds_in_brackets_or_quotes_is_taken_off() -> None:
    assert (await through("see the new PDF", lambda _: "Veja o PDF (EUA)")).text == "Veja o PDF"
    assert (await through("see the new lamp (now)", lambda _: "Veja (agora)")).text == "Veja (agora)"
    assert (
        await through("see the new lamp here", lambda _: '"Veja a lâmpada aqui')
    ).text == "Veja a lâmpada aqui"


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("USA", {"- USA.": "EUA"}, "EUA"),
        ("PDF", {"- PDF.": "- PDF."}, "PDF"),
        ("HELLO!", {"- HELLO!": "HELLO (A", "- hello!": "olá"}, "OLÁ!"),
        ("NO", {"- NO.": "N.o", "- no.": "não"}, "NÃO"),
        ("ACMECORP", {"- ACMECORP.": "ACMECORP (EUA)", "- acmecorp.": "acmecorp"}, "ACMECORP"),
    ],
)
async def test_a_word_in_capitals_is_an_acronym_or_shouted(
    text: str, answers: dict[str, str], expected: str
) -> None:
    assert (await through(text, lambda sentence: answers.get(sentence, sentence))).text == expected


async def test_turkish_keeps_its_dots() -> None:
    engine = Recorder(str)
    outcome = await translate_text("SİPARİŞİM NEREDE KALDI", Pair("tr", "tr-CY"), engine)
    assert engine.asked[0] == "- Siparişim nerede kaldı."
    assert outcome.text == "SİPARİŞİM NEREDE KALDI"


async def test_an_engine_that_answers_with_lines_breaks_none() -> None:
    outcome = await through("please write to me today", lambda _: "por favor\nescreva\x85hoje")
    assert outcome.text == "por favor escreva hoje"


async def test_a_token_glued_to_a_word_gets_its_space_and_one_glued_to_a_digit_is_lost() -> None:
    glue = await through("please wait until 10:30 for me", lambda _: "espere atéX0Xpor mim")
    assert glue.text == "espere até 10:30 por mim"
    lost = await through("please wait until 10:30 for me", lambda asked: asked.replace("X0X", "2X0X"))
    assert lost.text == "please wait until 10:30 for me"
    assert Flag.FRAGMENTS in lost.flags


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
    await translate_text("bu çanta bana İzmir'den geldi", Pair(language, "pt"), engine)
    assert any("İzmir" in asked for asked in engine.asked) != foreign_word


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
