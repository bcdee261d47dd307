"""Drawing places at random, with the odds of each draw."""

from collections.abc import Sequence

import numpy as np


def draw(
    weights: Sequence[float], count: int, chance: np.random.Generator
) -> list[tuple[int, float]]:
    """Draws up to `count` distinct positions, one after the other, in proportion to their weights.

    Returns each with its probability at the moment of its draw, those drawn before left out
    (Plackett 1975); weights below 0 count as 0, and where none is above it all are alike.
    """
    left = np.maximum(np.asarray(weights, dtype=np.float64), 0)
    if not left.any():
        left[:] = 1
    drawn: list[tuple[int, float]] = []
    while len(drawn) < count and left.any():
        cumulated = left.cumsum()
        at = np.searchsorted(cumulated, chance.random() * cumulated[-1], side="right")
        choice = min(int(at), int(np.flatnonzero(left)[-1]))  # a product may round up to the sum
        drawn.append((choice, float(left[choice] / cumulated[-1])))
        left[choice] = 0
    return drawn
