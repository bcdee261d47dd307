"""Reads what only some requests need, soon after the start, so that nobody waits for it."""

import logging
from collections.abc import Callable, Sequence
from threading import Timer

from api.platform.memory import give_back, keep_for_good

log = logging.getLogger(__name__)

# The first answers after a start have the processor to themselves.
_AFTER_SECONDS = 5.0


class Warming:
    """One per process. What it has not read yet is read by the request that needs it."""

    def __init__(
        self, reads: Sequence[Callable[[], object]], *, after_seconds: float = _AFTER_SECONDS
    ) -> None:
        self._reads = reads
        self._is_closed = False
        self._timer = Timer(after_seconds, self.read)
        self._timer.daemon = True

    def begin(self) -> None:
        """Lets the time begin after which everything is read, one after the other."""
        self._timer.start()

    def read(self) -> None:
        """Reads now; what fails is tried again by the request that needs it."""
        for read in self._reads:
            if self._is_closed:
                return
            try:
                read()
            except Exception as error:
                fields = {"error": type(error).__name__}
                log.warning("not read ahead of the first request", extra={"fields": fields})
        give_back()
        keep_for_good()

    def close(self) -> None:
        """Begins nothing more."""
        self._is_closed = True
        self._timer.cancel()
