"""What the language models of one process share: seats for those who wait, and breakers.

A model is asked for two tasks, to read a request and to order its list; when it is down, it is down
for both.
"""

import time
from collections.abc import Callable, Mapping
from threading import BoundedSemaphore

from api.models.llm.chat_model import ChatModel
from api.platform.outbound.circuit_breaker import BreakerState, CircuitBreaker

PAUSE_SECONDS = 30.0
_FAILURES_TO_OPEN = 3
# A request that waits holds one of the server's forty threads; the others must stay free.
_MOST_WAITING = 16


class Precautions:
    """One for all models of a process."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.seats = BoundedSemaphore(_MOST_WAITING)
        self._breakers: dict[tuple[str, str], CircuitBreaker] = {}

    def breaker_of(self, chat: ChatModel) -> CircuitBreaker:
        """The breaker of this model of this provider: a wrong name of one must not cost another."""
        return self._breakers.setdefault(
            (chat.provider, chat.model),
            CircuitBreaker(
                failures=_FAILURES_TO_OPEN, pause_seconds=PAUSE_SECONDS, monotonic=self.monotonic
            ),
        )

    def breaker_states(self) -> Mapping[tuple[str, str], BreakerState]:
        """By provider and model, of those that are configured."""
        return {asked: breaker.state for asked, breaker in self._breakers.items()}
