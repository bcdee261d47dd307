"""Bounds what this process asks of TMDB, beside whatever the jobs ask under the same key."""

from collections.abc import Callable
from threading import Lock


class TokenBucket:
    """`capacity` tokens that come back at `per_second`; nobody waits for one. Thread-safe."""

    def __init__(
        self, *, capacity: float, per_second: float, monotonic: Callable[[], float]
    ) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._monotonic = monotonic
        self._lock = Lock()
        self._tokens = capacity
        self._as_of = monotonic()

    def spend(self, tokens: int) -> bool:
        """Takes so many tokens; False, and none taken, where there are not enough."""
        with self._lock:
            now = self._monotonic()
            if now > self._as_of:  # else held
                grown = self._tokens + (now - self._as_of) * self._per_second
                self._tokens, self._as_of = min(self._capacity, grown), now
            if self._tokens < tokens:
                return False
            self._tokens -= tokens
            return True

    def hold(self, seconds: float) -> None:
        """Empties the bucket and fills nothing in for so long, as a Retry-After asks."""
        with self._lock:
            self._tokens = 0.0
            self._as_of = max(self._as_of, self._monotonic() + seconds)
