"""Shares with their uncertainty, and whether one is better than another."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

_Z_95 = 1.959964  # two-sided normal quantile
_RESAMPLES = 2_000

Counts = NDArray[np.float64]
Finding = Literal["better", "worse", "no difference found", "not enough data"]


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `trials` and the 95 % interval of the share behind them; no share of nothing."""

    hits: int
    trials: int
    share: float | None
    low: float | None
    high: float | None


def rate(hits: int, trials: int) -> Rate:
    """The share with Wilson's interval (Wilson 1927), which stays in [0, 1] and holds for few."""
    if trials == 0:
        return Rate(hits, trials, None, None, None)
    share = hits / trials
    shrink = 1 + _Z_95**2 / trials
    middle = (share + _Z_95**2 / (2 * trials)) / shrink
    half = _Z_95 * sqrt(share * (1 - share) / trials + _Z_95**2 / (4 * trials**2)) / shrink
    return Rate(hits, trials, share, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class ByViewer:
    """Hits and trials, one entry per viewer."""

    hits: Counts
    trials: Counts


@dataclass(frozen=True, slots=True)
class Difference:
    """How much greater the challenger's share is than the champion's, with its interval."""

    finding: Finding
    value: float | None = None
    low: float | None = None
    high: float | None = None


def difference(
    challenger: ByViewer,
    champion: ByViewer,
    *,
    least_viewers: int,
    least_trials: int,
    comparisons: int = 1,
    seed: int = 0,
) -> Difference:
    """Bootstraps viewers, each with all their lists: one viewer's clicks are not independent.

    The interval is at 95 % over all `comparisons` (Bonferroni). Below the least numbers of viewers
    or trials on either side there is no finding.
    """
    sides = (challenger, champion)
    if any(len(s.trials) < least_viewers or s.trials.sum() < least_trials for s in sides):
        return Difference("not enough data")
    random = np.random.default_rng(seed)
    drawn = _shares(challenger, random) - _shares(champion, random)
    value = float(
        challenger.hits.sum() / challenger.trials.sum()
        - champion.hits.sum() / champion.trials.sum()
    )
    return _found(drawn, value, comparisons)


def paired_difference(
    challenger_hits: Counts,
    champion_hits: Counts,
    trials: Counts,
    *,
    least_viewers: int,
    least_trials: int,
    comparisons: int = 1,
    seed: int = 0,
) -> Difference:
    """The same where both ran on the same lists: one entry per viewer, drawn for both at once."""
    if len(trials) < least_viewers or trials.sum() < least_trials:
        return Difference("not enough data")
    pairs = ByViewer(challenger_hits - champion_hits, trials)
    value = float(pairs.hits.sum() / trials.sum())
    return _found(_shares(pairs, np.random.default_rng(seed)), value, comparisons)


def _shares(side: ByViewer, random: np.random.Generator) -> Counts:
    """The share of each resample of viewers, (_RESAMPLES,)."""
    viewers = len(side.trials)
    shares = np.empty(_RESAMPLES)
    # One resample at a time: all at once would hold 2,000 draws of every viewer.
    for number in range(_RESAMPLES):
        drawn = random.integers(0, viewers, viewers)
        shares[number] = side.hits[drawn].sum() / max(side.trials[drawn].sum(), 1)
    return shares


def _found(drawn: Counts, value: float, comparisons: int) -> Difference:
    tail = 0.025 / comparisons
    low, high = (float(bound) for bound in np.quantile(drawn, [tail, 1 - tail]))
    finding: Finding = "better" if low > 0 else "worse" if high < 0 else "no difference found"
    return Difference(finding, value, low, high)
