"""Intervals by resampling viewers (Efron & Tibshirani 1993): percentiles of paired differences."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.evaluation.metrics import Values

RESAMPLES = 10_000
_AT_ONCE = 1000  # resamples held in memory at once
_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and where it lies in 95 of 100 resamples."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the sign of the mean is certain at this level."""
        return self.low > 0 or self.high < 0


def intervals(
    columns: NDArray[np.float64], seed: int, resamples: int = RESAMPLES
) -> list[Interval]:
    """One interval per column of (viewers, columns); all columns share the resampled viewers."""
    viewers = len(columns)
    if viewers == 0:
        return [Interval(0.0, 0.0, 0.0)] * columns.shape[1]
    chance = np.random.default_rng(seed)
    means = []
    for start in range(0, resamples, _AT_ONCE):
        size = min(_AT_ONCE, resamples - start)
        # How often each viewer is drawn is all that a mean needs.
        drawn = chance.multinomial(viewers, np.full(viewers, 1 / viewers), size=size)
        means.append(drawn.astype(np.float64) @ columns / viewers)
    tail = (1 - _LEVEL) / 2
    low, high = np.quantile(np.concatenate(means), (tail, 1 - tail), axis=0)
    return [
        Interval(float(mean), float(lowest), float(highest))
        for mean, lowest, highest in zip(columns.mean(axis=0), low, high, strict=True)
    ]


def paired(own: Values, others: dict[str, Values], seed: int) -> dict[str, Interval]:
    """The interval of `own` minus each other, viewer by viewer."""
    if not others:
        return {}
    columns = np.stack([own - other for other in others.values()], axis=1)
    return dict(zip(others, intervals(columns, seed), strict=True))
