"""Noise is noticed, ordinary translations are not."""

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from translation import Flag, Pair
from translation.gate import doubts

PHRASES = Path(__file__).parents[2] / "models" / "phrases.tsv"


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Where is the lamp?", "Onde está a lâmpada?", set()),
        ("I said no no no", "Eu disse não não não", set()),
        ("Wait for it", "Please wait for the the it", {Flag.REPETITION}),
        ("The lamp is broken", "a lâmpada a lâmpada está quebrada", {Flag.REPETITION}),
        ("The label says so", 'The label says " and also " " " " " " " " " "', {Flag.REPETITION}),
        ("我的灯坏了吗", "的的的的的的的的的的的的", {Flag.REPETITION}),
        ("Hahahahahaha", "Kkkkkkkkkkkkkkk", set()),
        ("1st, 2nd and 3rd", "1o, 2o e 3o", set()),
        ("Ok", "Ok " + "then we will see what comes of it all ", {Flag.LENGTH}),
        ("I want my money back for this broken lamp", "Eu", {Flag.LENGTH}),
        ("Hi", "Здравствуйте", set()),
        ("谢谢", "Thank you very much", set()),
        ("I want my money back", "I want my money back", {Flag.ECHO}),
        ("My third lamp broke again this week", "Minha third lamp broke again this week", {Flag.ECHO}),
        ("Anna Maria Silva", "Anna Maria Silva", set()),
        ("ha ha ha ha ha", "ha ha ha ha ha", set()),
        ("I bought 3 lamps and 12 bulbs", "Comprei 3 lâmpadas", {Flag.NUMBERS}),
        ("I bought 3 lamps", "من ۳ چراغ خریدم", set()),
        ("Where is my lamp?", "Onde está a minha lâmpada 1487?", {Flag.NUMBERS}),
        ("Half past three, twelve lamps", "Às 3:30, 12 lâmpadas", set()),
        ("Two thousand euros", "2000 euros", set()),
        ("5月12日に届きました", "It arrived on May 12", set()),
        ("3万円です", "It is 30,000 yen", set()),
    ],
)
def test_doubts(source: str, translation: str, expected: set[Flag]) -> None:
    assert doubts(source, translation) == expected


@pytest.mark.parametrize(
    ("source", "translation", "target", "expected"),
    [
        ("Where is it?", "کجاست؟", "fa", set()),
        ("Where is it?", "Where's that?", "fa", {Flag.SCRIPT}),
        ("Where is it?", "Где это?", "fa", {Flag.SCRIPT}),
        ("Where is it?", "Где это?", "uk", set()),
        ("Hello", "hello", "zh-Hans", {Flag.SCRIPT}),
        ("My iPhone 13 Pro Max broke", "我的 iPhone 13 Pro Max 坏了", "zh-Hans", set()),
        ("OK", "OK", "ja", set()),
        ("Thanks", "谢谢", "ja", set()),
        ("Thanks", "ありがとう", "zh-Hant", {Flag.SCRIPT}),
        ("Thanks", "Хвала лепо", "sr-Latn", {Flag.SCRIPT}),
        ("Thanks", "Хвала лепо", "sr", set()),
        ("Thanks", "Hvala lepo", "sr", set()),
        ("Thanks", "σας ευχαριστώ", "pt", {Flag.SCRIPT}),
    ],
)
def test_a_wrong_script_is_noticed_and_names_are_not(
    source: str, translation: str, target: str, expected: set[Flag]
) -> None:
    assert doubts(source, translation, Pair("en", target)) == expected


@pytest.mark.parametrize(
    ("pair", "source", "translation"),
    [
        (Pair("nb", "da"), "Hvor er min pakke nu", "Hvor er min pakke nu"),
        (Pair("sr-Latn", "hr"), "Gde je moja nova lampa", "Gde je moja nova lampa"),
        (Pair("en", "tr"), "Please come slowly", "Lütfen yavaş yavaş gelin"),
        (Pair("en", "fr"), "You are wrong", "Vous vous trompez"),
        (Pair("en", "id"), "Be careful", "Hati hati ya"),
    ],
)
def test_what_is_usual_between_two_languages_is_not_doubted(
    pair: Pair, source: str, translation: str
) -> None:
    assert doubts(source, translation, pair) == set()


def test_translations_by_people_are_hardly_ever_doubted() -> None:
    """Every phrase in seven languages against every other, with something in place of the slots."""
    languages, *rows = (
        [cell.replace("{", "").replace("}", "").split(" | ") for cell in line.split("\t")[1:]]
        for line in PHRASES.read_text(encoding="utf-8").splitlines()
        if "{" not in line
    )
    tags = [tag for (tag,) in languages]
    seen: Counter[bool] = Counter()
    for row in rows:
        for (source_tag, sources), (target_tag, targets) in permutations(zip(tags, row, strict=True), 2):
            for source in sources:
                seen[bool(doubts(source, targets[0], Pair(source_tag, target_tag)))] += 1
    assert seen.total() > 5_000
    assert seen[True] * 1000 <= seen.total()
