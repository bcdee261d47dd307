"""A process asks so often and no more."""

from api.language.entity_search.token_bucket import TokenBucket
from tests.doubles.clock import FakeClock


def test_a_burst_is_let_through_and_then_the_rate() -> None:
    clock = FakeClock()
    bucket = TokenBucket(capacity=4, per_second=2, monotonic=clock)
    assert [bucket.spend(2), bucket.spend(2), bucket.spend(1)] == [True, True, False]
    clock.now = 0.5
    assert bucket.spend(1)
    assert not bucket.spend(1)


def test_what_is_not_spent_does_not_grow_beyond_the_capacity() -> None:
    clock = FakeClock()
    bucket = TokenBucket(capacity=4, per_second=2, monotonic=clock)
    clock.now = 1000
    assert not bucket.spend(5)
    assert bucket.spend(4)


def test_a_held_bucket_fills_from_the_end_of_the_pause_on() -> None:
    clock = FakeClock()
    bucket = TokenBucket(capacity=4, per_second=2, monotonic=clock)
    bucket.hold(10)
    bucket.hold(1)
    clock.now = 10
    assert not bucket.spend(1)
    clock.now = 10.5
    assert bucket.spend(1)
