"""How long one thing takes, run again and again."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Timings:
    """Seconds per run of one thing."""

    runs: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], object]) -> object:
        """Runs and times it."""
        start = time.perf_counter()
        result = work()
        self.runs.append(time.perf_counter() - start)
        return result

    def milliseconds(self, percent: int) -> float:
        """A percentile, 1 to 99."""
        return statistics.quantiles(self.runs, n=100)[percent - 1] * 1000
