"""The bucket really holds callers back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.token_bucket import TokenBucket
from tests.doubles.clock import FakeClock


def test_twenty_calls_at_three_per_second_take_over_six_seconds() -> None:
    clock = FakeClock()
    bucket = TokenBucket(3, clock=clock, sleep=clock.sleep)
    for _ in range(20):
        bucket.take()
    assert clock.now == pytest.approx(19 / 3)


def test_first_call_does_not_wait() -> None:
    clock = FakeClock()
    TokenBucket(0.1, clock=clock, sleep=clock.sleep).take()
    assert clock.naps == []


def test_a_pause_saves_up_no_more_than_the_burst() -> None:
    clock = FakeClock()
    bucket = TokenBucket(2, burst=3, clock=clock, sleep=clock.sleep)
    clock.now += 3600
    for _ in range(5):
        bucket.take()
    assert clock.naps == [pytest.approx(0.5), pytest.approx(0.5)]


def test_a_held_bucket_makes_the_next_caller_wait_it_out() -> None:
    clock = FakeClock()
    bucket = TokenBucket(10, clock=clock, sleep=clock.sleep)
    bucket.hold(7)
    bucket.take()
    assert clock.now == pytest.approx(7.1)


@given(rate=st.integers(1, 50), pauses=st.lists(st.floats(0, 2, allow_nan=False), max_size=60))
def test_no_second_sees_more_than_the_rate_and_its_burst(rate: int, pauses: list[float]) -> None:
    clock = FakeClock()
    bucket = TokenBucket(rate, clock=clock, sleep=clock.sleep)
    calls = []
    for pause in pauses:
        clock.now += pause
        bucket.take()
        calls.append(clock.now)
    for start in calls:
        assert sum(start <= call < start + 1 - 1e-6 for call in calls) <= rate + 1
