"""What a connection waits for, and how many were turned away."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from enum import IntEnum

log = logging.getLogger(__name__)

_PERIOD_SECONDS = 10.0


class Phase(IntEnum):
    """Where a connection stands; the higher, the sooner it makes room for another."""

    WHOLE = 0  # a request is here and is being answered
    BODY = 1
    HEAD = 2
    IDLE = 3


class Waiting:
    """The phase of one connection, and since when."""

    __slots__ = ("is_new", "phase", "since")

    def __init__(self, now: float) -> None:
        self.enter(Phase.IDLE, now)

    def enter(self, phase: Phase, now: float) -> None:
        """Goes on to a phase."""
        self.phase = phase
        self.since = now
        self.is_new = True  # it has no deadline of its own yet

    @property
    def can_be_closed(self) -> bool:
        """Whether nobody loses an answer that is being worked on."""
        return self.phase is not Phase.WHOLE

    @property
    def rank(self) -> tuple[int, float]:
        """The greater, the sooner it makes room: by phase, then the longest in it."""
        return self.phase, -self.since


class Counted:
    """Counts what was turned away and why, in one log line per ten seconds, however many."""

    def __init__(self, period_seconds: float = _PERIOD_SECONDS) -> None:
        self._period_seconds = period_seconds
        self._counts: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()

    def add(self, reason: str, loop: asyncio.AbstractEventLoop) -> None:
        """Counts one; the line is written at the end of the period."""
        if not self._counts:
            loop.call_later(self._period_seconds, self._tell)
        self._counts[reason] += 1
        self._totals[reason] += 1

    @property
    def totals(self) -> Mapping[str, int]:
        """All since the process started, by reason; for any thread."""
        return dict(self._totals)

    def _tell(self) -> None:
        counts, self._counts = self._counts, Counter()
        log.warning("connections turned away", extra={"fields": dict(sorted(counts.items()))})
