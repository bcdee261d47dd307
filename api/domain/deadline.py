"""The time that one request has, or all language models that it asks have together."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """When it is over, in seconds of `monotonic`."""

    at: float
    monotonic: Callable[[], float]

    @classmethod
    def after(cls, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> "Deadline":
        """The deadline in so many seconds."""
        return cls(monotonic() + seconds, monotonic)

    def seconds_left(self) -> float:
        """Seconds until then, 0 when it is over."""
        return max(0.0, self.at - self.monotonic())
