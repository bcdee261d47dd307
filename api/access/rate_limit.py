"""A limit of requests a minute for each caller, counted in this process by `limits`.

Each worker process counts for itself: WORKERS processes let through up to WORKERS times the limit.
`limits` reads the wall clock, and starts a thread to forget what is over, once in ten milliseconds
at most: 40 µs of processor time a request, measured at a thousand a second.
"""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.platform.errors import RateLimited


class RateLimiter:
    """Lets each caller through `per_minute` times in any minute."""

    def __init__(self, *, per_minute: int, most_callers: int = 10_000) -> None:
        """`per_minute` 0 switches the limit off.

        `limits` forgets requests but no caller. At `most_callers` everybody's count begins anew:
        that bounds the memory, and whoever has so many addresses is held by no limit per address.
        """
        self._limit = RateLimitItemPerMinute(per_minute)
        self._most_callers = most_callers
        self._requests = MemoryStorage()

    def spend(self, caller: str) -> None:
        """Counts one request of the caller; raises RateLimited for one too many."""
        if not self._limit.amount:
            return
        requests = self._requests
        known = requests.events
        if len(known) >= self._most_callers and self._limit.key_for(caller) not in known:
            # Not reset(): it takes away what the storage's own thread is looking at.
            requests = self._requests = MemoryStorage()
        window = MovingWindowRateLimiter(requests)
        if not window.hit(self._limit, caller):
            free_at = window.get_window_stats(self._limit, caller).reset_time
            raise RateLimited(retry_after_seconds=max(0.0, free_at - time.time()))
