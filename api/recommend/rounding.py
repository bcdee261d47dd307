"""How many digits the numbers of an answer have."""

from math import isnan
from typing import SupportsFloat

_LEAST_FIT = 0.001


def as_score(score: SupportsFloat) -> float:
    """A final score: neighbours in a long list still differ."""
    return round(float(score), 6)


def as_fit(fit: SupportsFloat) -> float | None:
    """How well a title fits one of several: 0 for what nothing speaks for, None: not known."""
    told = float(fit)
    if isnan(told):
        return None
    return max(round(told, 3), _LEAST_FIT) if told > 0 else 0.0


def as_signal(signal: SupportsFloat) -> float:
    """What scores are made of: signals, weights, contributions, shares and propensities."""
    return round(float(signal), 4)


def as_likeness(likeness: SupportsFloat) -> float:
    """How alike two titles are, or a title and words; a cosine or a likeness."""
    return round(float(likeness), 3)
