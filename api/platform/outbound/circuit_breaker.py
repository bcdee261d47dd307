"""Keeps a dead provider from costing every request its timeout (Nygard, Release It!, 2007).

Closed: calls go through. After `failures` in a row it opens: calls are refused for `pause_seconds`.
Then it is half open: one call is tried, and its outcome closes or opens it again. A server that
says when to come back opens it at once, for as long as it says.

Our own: pybreaker wraps the call (of Tornado, where it is asynchronous), has one fixed pause, which
no server lengthens, and reads the clock itself.
"""

from collections.abc import Callable
from threading import Lock
from typing import Literal, get_args

BreakerState = Literal["closed", "open", "half_open"]
BREAKER_STATES: tuple[BreakerState, ...] = get_args(BreakerState)


class CircuitBreaker:
    """The breaker of one provider. Thread-safe."""

    def __init__(
        self, *, failures: int, pause_seconds: float, monotonic: Callable[[], float]
    ) -> None:
        self._failures = failures
        self._pause_seconds = pause_seconds
        self._monotonic = monotonic
        self._lock = Lock()
        self._in_a_row = 0
        self._open_until: float | None = None
        self._is_trying = False

    def admits(self) -> bool:
        """Whether a call may go out now; who is admitted must report how it ended."""
        with self._lock:
            if self._open_until is None:
                return True
            if self._is_trying or self._monotonic() < self._open_until:
                return False
            self._is_trying = True
            return True

    @property
    def state(self) -> BreakerState:
        """As a call would find it now."""
        with self._lock:
            if self._open_until is None:
                return "closed"
            if self._is_trying or self._monotonic() >= self._open_until:
                return "half_open"
            return "open"

    def succeeded(self) -> None:
        """The call got its answer."""
        with self._lock:
            self._in_a_row = 0
            self._open_until = None
            self._is_trying = False

    def failed(self, *, retry_after_seconds: float | None = None) -> bool:
        """The call did not; True when that opens the breaker.

        `retry_after_seconds` is how long the server asked to be left alone, if it did.
        """
        with self._lock:
            self._in_a_row += 1
            was_closed = self._open_until is None
            if retry_after_seconds is not None:
                self._open_for(retry_after_seconds)
            elif self._is_trying or self._in_a_row >= self._failures:
                self._open_for(self._pause_seconds)
            self._is_trying = False
            return was_closed and self._open_until is not None

    def _open_for(self, seconds: float) -> None:
        """At least; a call that was under way does not shorten a pause."""
        until = self._monotonic() + seconds
        self._open_until = until if self._open_until is None else max(self._open_until, until)
