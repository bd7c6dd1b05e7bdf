"""Noise is noticed, ordinary translations are not."""

import pytest

from translation import Flag
from translation.gate import doubts


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Where is the lamp?", "Onde está a lâmpada?", set()),
        ("I said no no no", "Eu disse não não não", set()),
        ("Wait for it", "Please wait for the the it", {Flag.REPETITION}),
        ("The lamp is broken", "a lâmpada a lâmpada está quebrada", {Flag.REPETITION}),
        ("Ok", "Ok " + "then we will see what comes of it all ", {Flag.LENGTH}),
        ("I want my money back for this broken lamp", "Eu", {Flag.LENGTH}),
        ("I want my money back", "I want my money back", {Flag.ECHO}),
        ("Anna Maria Silva", "Anna Maria Silva", set()),
        ("I bought 3 lamps and 12 bulbs", "Comprei 3 lâmpadas", {Flag.NUMBERS}),
        ("I bought 3 lamps", "من ۳ چراغ خریدم", set()),
    ],
)
def test_doubts(source: str, translation: str, expected: set[Flag]) -> None:
    assert doubts(source, translation) == expected
