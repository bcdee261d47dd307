"""The rate limit: exact over time, fair between callers, bounded in memory."""

import pytest

from api.access.rate_limit import RateLimiter
from api.platform.errors import RateLimited
from tests.doubles.clock import FakeClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """The wall clock, which `limits` reads, standing still until told."""
    clock = FakeClock()
    monkeypatch.setattr("time.time", clock)
    return clock


def _let_through(limiter: RateLimiter, caller: str, tries: int) -> int:
    through = 0
    for _ in range(tries):
        try:
            limiter.spend(caller)
        except RateLimited:
            continue
        through += 1
    return through


def test_no_minute_sees_more_than_the_limit(clock: FakeClock) -> None:
    limiter = RateLimiter(per_minute=60)
    assert _let_through(limiter, "a", 20) == 20
    clock.now = 50
    assert _let_through(limiter, "a", 100) == 40
    clock.now = 60.1
    assert _let_through(limiter, "a", 100) == 20
    clock.now = 110.1
    assert _let_through(limiter, "a", 100) == 40


def test_says_when_to_come_back_and_keeps_its_word(clock: FakeClock) -> None:
    limiter = RateLimiter(per_minute=6)
    _let_through(limiter, "a", 1)
    clock.now = 20
    _let_through(limiter, "a", 5)
    with pytest.raises(RateLimited) as refused:
        limiter.spend("a")
    assert refused.value.retry_after_seconds == pytest.approx(40)
    clock.now += refused.value.retry_after_seconds + 0.001
    limiter.spend("a")


def test_a_clock_that_is_set_back_refuses_nobody_until_it_is_as_late_again(
    clock: FakeClock,
) -> None:
    limiter = RateLimiter(per_minute=2)
    clock.now = 86_400
    assert _let_through(limiter, "a", 5) == 2
    clock.now = 0
    assert _let_through(limiter, "a", 5) == 2
    clock.now = 61
    assert _let_through(limiter, "a", 5) == 2


def test_one_caller_does_not_use_up_anothers_share(clock: FakeClock) -> None:
    limiter = RateLimiter(per_minute=2)
    assert _let_through(limiter, "a", 5) == 2
    assert _let_through(limiter, "b", 5) == 2


def test_zero_is_no_limit() -> None:
    assert _let_through(RateLimiter(per_minute=0), "a", 1000) == 1000


def test_holds_no_more_callers_than_it_is_told(clock: FakeClock) -> None:
    limiter = RateLimiter(per_minute=1, most_callers=2)
    assert [_let_through(limiter, caller, 2) for caller in ("a", "b", "c")] == [1, 1, 1]
    assert [_let_through(limiter, caller, 2) for caller in ("a", "d")] == [1, 1]
