"""The token bucket: exact over time, fair between callers, bounded in memory."""

import pytest

from api.access.rate_limit import RateLimiter
from api.platform.errors import RateLimited


class Stopwatch:
    """A clock that stands still until told."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def _let_through(limiter: RateLimiter, caller: str, tries: int) -> int:
    through = 0
    for _ in range(tries):
        try:
            limiter.spend(caller)
        except RateLimited:
            continue
        through += 1
    return through


def test_lets_a_minutes_worth_through_at_once_and_then_the_rate() -> None:
    clock = Stopwatch()
    limiter = RateLimiter(per_minute=60, monotonic=clock)
    assert _let_through(limiter, "a", 100) == 60
    clock.seconds = 10.0
    assert _let_through(limiter, "a", 100) == 10


def test_says_when_to_come_back_and_keeps_its_word() -> None:
    clock = Stopwatch()
    limiter = RateLimiter(per_minute=6, monotonic=clock)
    _let_through(limiter, "a", 6)
    with pytest.raises(RateLimited) as refused:
        limiter.spend("a")
    assert refused.value.retry_after_seconds == pytest.approx(10)
    clock.seconds += refused.value.retry_after_seconds
    limiter.spend("a")


def test_one_caller_does_not_use_up_anothers_share() -> None:
    limiter = RateLimiter(per_minute=2, monotonic=Stopwatch())
    assert _let_through(limiter, "a", 5) == 2
    assert _let_through(limiter, "b", 5) == 2


def test_zero_is_no_limit() -> None:
    assert _let_through(RateLimiter(per_minute=0, monotonic=Stopwatch()), "a", 1000) == 1000


def test_forgets_the_caller_that_was_idle_longest() -> None:
    limiter = RateLimiter(per_minute=1, monotonic=Stopwatch(), most_callers=2)
    for caller in ("a", "b", "c"):
        limiter.spend(caller)
    assert _let_through(limiter, "b", 1) == 0
    assert _let_through(limiter, "a", 1) == 1
