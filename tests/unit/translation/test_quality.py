"""What was measured decides between engines, and what was not is a guess."""

import pytest

from translation import Pair
from translation.quality import UNMEASURED, known_quality, published
from translation.store import prospect


@pytest.mark.parametrize(
    ("pair", "argos", "firefox"),
    [
        (Pair("en", "pt-BR"), 0.439, 0.494),
        (Pair("en", "tr"), 0.191, 0.309),
        (Pair("zh-Hans", "en"), 0.234, 0.278),
        (Pair("no", "en"), 0.388, 0.374),
    ],
)
def test_published_figures(pair: Pair, argos: float, firefox: float) -> None:
    assert published("argos", pair) == pytest.approx(argos)
    assert published("firefox", pair) == pytest.approx(firefox)


def test_pairs_that_nobody_measured() -> None:
    assert published("argos", Pair("en", "lt")) == UNMEASURED["argos"]
    assert published("firefox", Pair("eo", "en")) == UNMEASURED["firefox"]
    assert 0 < published("another", Pair("en", "pt")) < min(UNMEASURED.values())


@pytest.mark.parametrize(
    ("engine", "pair", "given", "known"),
    [
        ("firefox", Pair("en", "lt"), None, 0.248),
        ("argos", Pair("en", "lt"), None, None),
        ("argos", Pair("en", "lt"), 0.4, 0.4),
        ("argos", Pair("en", "pt-BR"), None, 0.439),
        ("other", Pair("en", "pt"), None, None),
    ],
)
def test_a_guess_is_not_shown_as_knowledge(
    engine: str, pair: Pair, given: float | None, known: float | None
) -> None:
    assert known_quality(prospect(engine, pair, "1", 5, given)) == known
