"""Which titles people liked soon after a title: transitions along every history.

Sequential rules as in Ludewig & Jannach 2018: pairs count less with every title between them, and
only in their direction.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_WINDOW = 30  # titles ahead; beyond it a pair says little that co-liking does not
_HALF_LIFE = 15.0  # titles
# A rate of few viewers shrinks, as if this many more viewers had liked nothing afterwards.
_SHRINKAGE = 6.0
_EVENTS_AT_ONCE = 200_000  # 30 pairs of each are held at a time


def succession(
    viewer: NDArray[np.int32],
    columns: NDArray[np.int32],
    implicit_ratings: NDArray[np.float32],
    shape: tuple[int, int],
    *,
    stop_if_cancelled: Callable[[], None] = lambda: None,
) -> NDArray[np.float32]:
    """(n, n): how much more than usual the column's title is liked after the row's, discounted.

    Events ordered by viewer and time, `columns` their titles in 0..n-1, `shape` is (viewers, n).
    The rate is divided by the root of the column's popularity, so charts do not follow everything.
    """
    viewers, size = shape
    weights = np.zeros((size, size), dtype=np.float32)
    for start in range(0, len(viewer), _EVENTS_AT_ONCE):
        stop_if_cancelled()
        # The next part's first titles follow this part's last ones.
        part = slice(start, start + _EVENTS_AT_ONCE + _WINDOW)
        _add_pairs(weights, viewer[part], columns[part], implicit_ratings[part], _EVENTS_AT_ONCE)
    seen = np.bincount(columns, minlength=size)
    liked = np.bincount(columns, implicit_ratings.clip(0), minlength=size)
    weights /= (seen + _SHRINKAGE).astype(np.float32)[:, np.newaxis]
    weights /= np.sqrt((liked + _SHRINKAGE) / max(viewers, 1)).astype(np.float32)
    weights[np.diag_indices(size)] = 0.0
    return weights


def _add_pairs(
    weights: NDArray[np.float32],
    viewer: NDArray[np.int32],
    columns: NDArray[np.int32],
    implicit_ratings: NDArray[np.float32],
    firsts: int,
) -> None:
    """Adds the pairs whose first title is among the first `firsts` events."""
    before: list[NDArray[np.int32]] = []
    after: list[NDArray[np.int32]] = []
    weights_of_pairs: list[NDArray[np.float32]] = []
    for distance in range(1, min(_WINDOW, len(viewer) - 1) + 1):
        first = np.arange(min(firsts, len(viewer) - distance))
        second = first + distance
        pair = (viewer[first] == viewer[second]) & (implicit_ratings[second] > 0)
        before.append(columns[first[pair]])
        after.append(columns[second[pair]])
        weights_of_pairs.append(
            implicit_ratings[second[pair]] * np.float32(0.5 ** (distance / _HALF_LIFE))
        )
    if not before:
        return
    summed = sparse.coo_array(
        (np.concatenate(weights_of_pairs), (np.concatenate(before), np.concatenate(after))),
        weights.shape,
    ).tocsr()
    rows = np.repeat(np.arange(len(weights)), np.diff(summed.indptr))
    weights[rows, summed.indices] += summed.data
