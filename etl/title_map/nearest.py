"""The nearest titles of every title by what titles are made of, all compared with all."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Ints

NEAREST = 30
_AT_ONCE = 256  # titles; their rows of 30,000 take 30 MB


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """Of n titles the k nearest others, the most alike first."""

    rows: Ints  # (n, k) places among the n
    likeness: Floats  # (n, k) in [0, 1]


def nearest_titles(
    similarity: ItemSimilarity,
    *,
    k: int = NEAREST,
    stop_if_cancelled: Callable[[], None] = lambda: None,
) -> Nearest:
    """k falls to what there is. 30,000 titles take 45 s of a core; time grows with n squared."""
    size = len(similarity)
    k = max(min(k, size - 1), 0)
    rows = np.zeros((size, k), dtype=np.int32)
    likeness = np.zeros((size, k), dtype=np.float32)
    for start in range(0, size if k else 0, _AT_ONCE):
        stop_if_cancelled()
        own = np.arange(start, min(start + _AT_ONCE, size), dtype=np.int32)
        alike = similarity.to_titles(similarity.ids[own])
        alike[np.arange(len(own)), own] = -1
        best = np.argpartition(-alike, k - 1, axis=1)[:, :k]
        found = np.take_along_axis(alike, best, axis=1)
        # Equal ones by their place, so that the same catalogue gives the same map.
        order = np.lexsort((best, -found), axis=1)
        rows[own] = np.take_along_axis(best, order, axis=1)
        likeness[own] = np.take_along_axis(found, order, axis=1)
    return Nearest(rows, likeness)
