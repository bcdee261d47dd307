"""A limit of requests a minute for each caller, counted by `limits`.

In memory each worker process counts for itself: WORKERS processes let through up to WORKERS times
the limit. A storage that they share counts for all; while it does not answer, each counts alone.
`limits` reads the wall clock, and starts a thread to forget what is over, once in ten milliseconds
at most: 40 µs of processor time a request, measured at a thousand a second. Where that clock is set
back, what was counted would count until it is that late again, so counts in memory begin anew.
"""

import logging
import time

from limits import RateLimitItemPerMinute
from limits.errors import ConfigurationError as UnusableStorage
from limits.errors import StorageError
from limits.storage import MemoryStorage, MovingWindowSupport, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter
from limits.strategies import RateLimiter as Window

from api.platform.errors import ConfigurationError, RateLimited

log = logging.getLogger(__name__)

_SET_BACK_SECONDS = 1.0  # less is a clock that is kept right


class RateLimiter:
    """Lets each caller through `per_minute` times in any minute."""

    def __init__(
        self, *, per_minute: int, storage: str | None = None, most_callers: int = 10_000
    ) -> None:
        """`per_minute` 0 switches the limit off; `storage` is a URI of `limits`, None is memory.

        In memory `limits` forgets requests but no caller. At `most_callers` everybody's count
        begins anew: that bounds the memory, and whoever has so many addresses is held by no limit
        per address. Raises ConfigurationError for a storage that cannot be used.
        """
        self._limit = RateLimitItemPerMinute(per_minute)
        self._most_callers = most_callers
        self._requests = MemoryStorage()
        self._counted_at = time.time()
        self._shared = None if storage is None else _shared(storage)

    @property
    def asks_elsewhere(self) -> bool:
        """Whether counting waits for a storage that others share."""
        return self._shared is not None

    def spend(self, caller: str) -> None:
        """Counts one request of the caller; raises RateLimited for one too many."""
        if not self._limit.amount:
            return
        if self._shared is not None:
            try:
                self._hit(self._shared, caller)
            except StorageError as error:
                fields = {"error": type(error.storage_error).__name__}
                log.warning("shared rate limits not counted", extra={"fields": fields})
            else:
                return
        self._hit(MovingWindowRateLimiter(self._own(caller)), caller)

    def _own(self, caller: str) -> MemoryStorage:
        known = self._requests.events
        now, before = time.time(), self._counted_at
        self._counted_at = now
        is_set_back = now < before - _SET_BACK_SECONDS
        is_full = len(known) >= self._most_callers and self._limit.key_for(caller) not in known
        if is_set_back or is_full:
            # Not reset(): it takes away what the storage's own thread is looking at.
            self._requests = MemoryStorage()
        return self._requests

    def _hit(self, window: Window, caller: str) -> None:
        if not window.hit(self._limit, caller):
            free_at = window.get_window_stats(self._limit, caller).reset_time
            raise RateLimited(retry_after_seconds=max(0.0, free_at - time.time()))


def _shared(uri: str) -> Window:
    # The sentence must not repeat the URI, which may hold a password.
    try:
        storage = storage_from_string(uri, wrap_exceptions=True)
    except UnusableStorage as error:
        raise ConfigurationError(
            "RATE_LIMIT_STORAGE names a storage that cannot be used: its scheme is unknown, or its "
            "package is not installed."
        ) from error
    assert isinstance(storage, Storage)  # noqa: S101 - the asynchronous ones have schemes of their own
    if isinstance(storage, MovingWindowSupport):
        return MovingWindowRateLimiter(storage)
    return FixedWindowRateLimiter(storage)
