"""Which viewers have the most similar taste: cosines of likings, the popular ones weighing less."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

NEAREST = 20
# One title in common is a coincidence, and of two profiles with few in common little is known
# (Herlocker et al. 1999): a cosine counts as if this many more titles had been compared to no
# effect.
_LEAST_COMMON = 2
_SHRINKAGE = 5.0
# A title that more profiles like says little of any two of them, and all pairs of them cost much.
_MOST_FANS = 500
_BLOCK = 512  # profiles at a time


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """For each of n profiles its nearest, the most similar first; similarity 0 fills short rows."""

    profiles: NDArray[np.int32]  # (n, k), rows of the likings
    similarities: NDArray[np.float32]  # (n, k), in [0, 1)


def nearest_profiles(
    implicit_ratings: sparse.csr_array,
    users: NDArray[np.int32],
    *,
    stop_if_cancelled: Callable[[], None] = lambda: None,
) -> Nearest:
    """`likings` is (profiles, titles); a user's own profiles, by `users`, are no neighbours."""
    count = implicit_ratings.shape[0]
    liked = implicit_ratings.maximum(0).tocsr()
    liked.eliminate_zeros()
    fans = np.bincount(liked.indices, minlength=liked.shape[1])
    compared = (fans > 1) & (fans <= _MOST_FANS)
    rarity = np.where(compared, np.log(max(count, 1) / fans.clip(1)), 0)
    weighted = (liked @ sparse.diags_array(rarity.astype(np.float32))).tocsr()
    weighted.eliminate_zeros()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    unit = (sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ weighted).tocsr()
    has = unit.astype(bool).astype(np.float32)
    size = min(NEAREST, max(count - 1, 0))
    found = np.zeros((count, size), dtype=np.int32)
    similarities = np.zeros((count, size), dtype=np.float32)
    for start in range(0, count if size else 0, _BLOCK):
        stop_if_cancelled()
        part = slice(start, min(start + _BLOCK, count))
        # Both products have an entry for the same pairs: those with a title in common.
        common, near = has[part] @ has.T, unit[part] @ unit.T
        common.sort_indices()
        near.sort_indices()
        owners = np.repeat(users[part], np.diff(near.indptr))
        similar = near.data * (common.data / (common.data + _SHRINKAGE))
        similar[(common.data < _LEAST_COMMON) | (owners == users[near.indices])] = 0
        for row in range(near.shape[0]):
            own = slice(near.indptr[row], near.indptr[row + 1])
            best = _greatest(similar[own], size)
            found[start + row, : len(best)] = near.indices[own][best]
            similarities[start + row, : len(best)] = similar[own][best]
    return Nearest(found, similarities)


def _greatest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The places of the greatest values, falling; ties go to the lower place."""
    places = np.arange(len(values))
    if len(values) > count:
        places = np.argpartition(-values, count - 1)[:count]
    return places[np.lexsort((places, -values[places]))]
