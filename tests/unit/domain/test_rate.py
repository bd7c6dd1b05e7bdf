"""The token bucket: how long the next one must wait."""

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.domain.rate import Bucket


def test_a_burst_passes_and_the_next_one_waits_for_its_token() -> None:
    bucket = Bucket.full(rate=2, burst=3, now=100)
    assert [bucket.wait(100) for _ in range(5)] == [0, 0, 0, 0.5, 1.0]


def test_tokens_come_back_with_time_up_to_the_burst() -> None:
    bucket = Bucket.full(rate=2, burst=3, now=0)
    for _ in range(3):
        bucket.wait(0)
    assert [bucket.wait(1) for _ in range(3)] == [0, 0, 0.5]
    assert [bucket.wait(1_000) for _ in range(4)] == [0, 0, 0, 0.5]


def test_whoever_gives_a_token_back_did_not_use_the_line() -> None:
    bucket = Bucket.full(rate=1, burst=1, now=0)
    bucket.wait(0)
    assert bucket.wait(0) == 1
    bucket.give_back()
    assert bucket.wait(0) == 1


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    bucket = Bucket.full(rate=1, burst=1, now=10)
    bucket.wait(10)
    assert bucket.wait(5) == 1


def test_it_is_known_since_when_everybody_had_to_wait() -> None:
    bucket = Bucket.full(rate=1, burst=1, now=10)
    bucket.wait(10)
    assert bucket.late_since is None
    bucket.wait(10)
    bucket.wait(11)
    assert bucket.late_since == 10
    bucket.wait(20)
    assert bucket.late_since is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 5), max_size=50), st.floats(0.5, 20), st.integers(1, 20))
def test_over_any_time_no_more_than_burst_and_rate_pass(pauses: list[float], rate: float, burst: int) -> None:
    bucket, now, passed = Bucket.full(rate, burst, 0), 0.0, 0
    for pause in pauses:
        now += pause
        if bucket.wait(now) == 0:
            passed += 1
        else:
            bucket.give_back()
    assert passed <= burst + rate * now + 1e-6
