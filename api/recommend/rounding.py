"""How many digits the numbers of an answer have."""

from typing import SupportsFloat


def as_score(score: SupportsFloat) -> float:
    """A final score: neighbours in a long list still differ."""
    return round(float(score), 6)


def as_signal(signal: SupportsFloat) -> float:
    """What scores are made of: signals, weights, contributions, shares and propensities."""
    return round(float(signal), 4)


def as_likeness(likeness: SupportsFloat) -> float:
    """How alike two titles are, or a title and words; a cosine or a likeness."""
    return round(float(likeness), 3)
