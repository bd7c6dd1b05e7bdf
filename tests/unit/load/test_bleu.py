"""BLEU by hand."""

import math

import pytest

from tests.load.bleu import bleu, tokens


def test_tokens() -> None:
    assert tokens("It costs 3.50, ok? (5-day) a.b e-mail") == [
        *("It", "costs", "3.50", ",", "ok", "?", "(", "5", "-", "day", ")", "a", ".", "b", "e-mail"),
    ]


def test_the_same_is_a_hundred_and_nothing_in_common_is_nothing() -> None:
    assert bleu(["Where is my order?"], ["Where is my order?"]) == pytest.approx(100)
    assert bleu(["a b c d e"], ["f g h i j"]) == 0


def test_precision_is_the_geometric_mean_over_one_to_four_words() -> None:
    # 4 of 5 words, 3 of 4 pairs, 2 of 3 triples and 1 of 2 quadruples are right.
    assert bleu(["a b c d e"], ["a b c d f"]) == pytest.approx(100 * (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25)


def test_a_word_said_too_often_counts_as_often_as_it_is_wanted() -> None:
    # Of six words four are right, of five pairs three, of four triples two, of three quadruples one.
    assert bleu(["a b c d d d"], ["a b c d e f"]) == pytest.approx(
        100 * (4 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25
    )


def test_too_short_is_punished() -> None:
    assert bleu(["a b c d"], ["a b c d e"]) == pytest.approx(100 * math.exp(1 - 5 / 4))


def test_a_corpus_is_counted_together() -> None:
    assert bleu(["a b c d", "x"], ["a b c d", "y"]) == pytest.approx(100 * (4 / 5) ** 0.25)
