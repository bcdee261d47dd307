"""A pace that threads share: no second sees more requests than the rate, as the server counts them.

Spacing calls at this end is not enough for that: a thread that wakes late and a packet that is held
up bring two seconds' requests into one. What is known of a request is that it reached the server
before its answer came. So there are as many slots as a second may see, and a slot is free again one
second after the answer to the request that held it: whoever takes it arrives at least that much
later. `limits`, which counts the service's requests, would count when they leave here.
"""

import heapq
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

# How much of the even spacing may be made up for after callers were busy with something else.
_MADE_UP_SECONDS = 0.25


class Pace:
    """Lets requests through one at a time, about evenly, `rate_per_second` of them at most.

    A rate with a fraction is rounded down to whole requests a second; below one, it is one request
    in 1 / rate seconds. Answers that take L seconds to come lower the pace to rate / (1 + L).
    """

    def __init__(
        self,
        rate_per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.requests = 0  # let through so far
        self._clock = clock
        self._sleep = sleep
        self._spacing_seconds = 1 / rate_per_second
        self._window_seconds = max(1.0, self._spacing_seconds)
        self._changed = Condition()
        self._free_at = [clock()] * max(1, int(rate_per_second))  # a heap; slots in use are not in
        self._next_at = clock()
        self._held_until = clock()

    @contextmanager
    def request(self) -> Iterator[Callable[[], None]]:
        """Waits until a request may go; the block sends it, and calls what it gets when the answer
        begins. Without that the end of the block counts.
        """
        self._wait_for_a_slot()
        answered_at: list[float] = []
        try:
            yield lambda: answered_at.append(self._clock())
        finally:
            with self._changed:
                free_at = (answered_at or [self._clock()])[0] + self._window_seconds
                heapq.heappush(self._free_at, free_at)
                self._changed.notify()

    def hold(self, seconds: float) -> None:
        """Lets no request through for `seconds`, as a server's Retry-After asks."""
        with self._changed:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def _wait_for_a_slot(self) -> None:
        with self._changed:
            while not self._free_at:
                self._changed.wait()
            start_at = max(heapq.heappop(self._free_at), self._next_at, self._clock())
            self._next_at = max(self._next_at, start_at - _MADE_UP_SECONDS) + self._spacing_seconds
            self.requests += 1
        # Once more after a sleep: the pace may have been held meanwhile.
        while (wait_seconds := max(start_at, self._held_until) - self._clock()) > 0:
            self._sleep(wait_seconds)
