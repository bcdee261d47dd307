"""A clock that only moves when somebody sleeps on it."""

from threading import Lock


class FakeClock:
    """`naps` are the sleeps, in order; threads may share it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []
        self._lock = Lock()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.naps.append(seconds)
            self.now += seconds
