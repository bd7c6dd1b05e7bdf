"""Scores and comments as visitors may give them, and what they come to."""

import pytest

from appliance.domain.ratings import MAX_COMMENT, Figures, checked_comment, checked_score
from appliance.domain.refusal import Refused


@pytest.mark.parametrize("score", [1, 5])
def test_a_score_is_a_whole_number_from_one_to_five(score: int) -> None:
    assert checked_score(score) == score


@pytest.mark.parametrize("score", [0, 6, -1, 4.0, "5", True, None, [5]])
def test_anything_else_is_no_score(score: object) -> None:
    with pytest.raises(Refused) as refused:
        checked_score(score)
    assert (refused.value.code, refused.value.field) == ("bad_field", "score")


@pytest.mark.parametrize("comment", [None, "", " \n ", "\u200b"])
def test_a_comment_may_be_left_out(comment: object) -> None:
    assert checked_comment(comment) is None


def test_a_comment_is_cleaned_and_may_be_long_but_not_endless() -> None:
    assert checked_comment(" ممنون 🙏\r\nخیلی خوب ") == "ممنون 🙏\nخیلی خوب"
    assert checked_comment("x" * MAX_COMMENT) == "x" * MAX_COMMENT
    with pytest.raises(Refused) as refused:
        checked_comment("x" * (MAX_COMMENT + 1))
    assert (refused.value.code, refused.value.field) == ("wording_too_long", "comment")
    assert refused.value.params == {"limit": MAX_COMMENT}
    with pytest.raises(Refused) as refused:
        checked_comment(["x"])
    assert (refused.value.code, refused.value.field) == ("bad_field", "comment")


def test_an_average_is_of_what_there_is() -> None:
    assert (Figures().count, Figures().average) == (0, None)
    figures = Figures((1, 0, 0, 2, 1))
    assert (figures.count, figures.average) == (4, 3.5)
