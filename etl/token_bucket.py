"""A token bucket that threads share: who comes too early waits, in the order of arrival."""

import time
from collections.abc import Callable
from threading import Lock


class TokenBucket:
    """Lets `rate_per_second` calls through, at most `burst` of them at once after a pause."""

    def __init__(
        self,
        rate_per_second: float,
        *,
        burst: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = rate_per_second
        self._burst = burst
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._tokens = burst
        self._filled_at = clock()

    def take(self) -> None:
        """Waits until this call may go.

        The token is taken before the wait, so below zero the balance is the length of the queue.
        """
        with self._lock:
            self._fill()
            self._tokens -= 1
            wait_seconds = -self._tokens / self._rate
        if wait_seconds > 0:
            self._sleep(wait_seconds)

    def hold(self, seconds: float) -> None:
        """Lets nobody new through for `seconds`, as a server's Retry-After asks."""
        with self._lock:
            self._fill()
            self._tokens = min(self._tokens, -seconds * self._rate)

    def _fill(self) -> None:
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
