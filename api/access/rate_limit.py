"""A token bucket per caller, in this process, with bounded memory.

Each worker process counts for itself: WORKERS processes let through up to WORKERS times the limit.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.platform.errors import RateLimited


class RateLimiter:
    """Lets each caller through `per_minute` times a minute, in bursts up to that many."""

    def __init__(
        self, *, per_minute: int, monotonic: Callable[[], float], most_callers: int = 10_000
    ) -> None:
        """`per_minute` 0 switches the limit off."""
        self._capacity = float(per_minute)
        self._per_second = per_minute / 60
        self._monotonic = monotonic
        self._most_callers = most_callers
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, as of
        self._lock = Lock()

    def spend(self, caller: str) -> None:
        """Takes one token of the caller's bucket; raises RateLimited when it is empty."""
        if not self._capacity:
            return
        now = self._monotonic()
        with self._lock:
            tokens, since = self._buckets.pop(caller, (self._capacity, now))
            tokens = min(self._capacity, tokens + (now - since) * self._per_second)
            allowed = tokens >= 1
            self._buckets[caller] = (tokens - 1 if allowed else tokens, now)
            if len(self._buckets) > self._most_callers:
                # The one idle longest: its bucket is the likeliest to be full again anyway.
                self._buckets.popitem(last=False)
        if not allowed:
            raise RateLimited(retry_after_seconds=(1 - tokens) / self._per_second)
