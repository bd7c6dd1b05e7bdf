"""Spans against plain sets of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.domain.spans import Layers, Span, united, within, without

spans = st.tuples(st.integers(0, 40), st.integers(0, 40))


def points(of: list[Span]) -> set[int]:
    return {point for start, end in of for point in range(start, end)}


def is_tidy(result: list[Span]) -> bool:
    """In order, none empty, none touching."""
    edges = [edge for span in result for edge in span]
    return edges == sorted(set(edges))


@given(st.lists(spans))
def test_united_spans_cover_the_same_and_do_not_touch(given_spans: list[Span]) -> None:
    result = united(given_spans)
    assert points(result) == points(given_spans)
    assert is_tidy(result)


@given(st.lists(spans), st.lists(spans))
def test_cuts_take_what_they_cover(given_spans: list[Span], cuts: list[Span]) -> None:
    result = without(united(given_spans), united(cuts))
    assert points(result) == points(given_spans) - points(cuts)
    assert is_tidy(result)


@given(st.lists(spans), spans)
def test_what_is_within(given_spans: list[Span], ends: Span) -> None:
    assert points(within(united(given_spans), *ends)) == points(given_spans) & set(range(*ends))


@given(st.lists(spans, max_size=8))
def test_the_last_layer_shows(given_spans: list[Span]) -> None:
    layers = Layers(given_spans)
    tops = {
        point: max((n for n, (start, end) in enumerate(given_spans) if start <= point < end), default=None)
        for point in range(-1, 42)
    }
    assert {point: layers.top(point) for point in tops} == tops
    assert layers.visible() == set(tops.values()) - {None}
    assert points(list(layers.covered(5, 30))) == points(given_spans) & set(range(5, 30))
