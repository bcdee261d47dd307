"""Which titles the fans of a title like: conditional probabilities (Deshpande & Karypis 2004).

Where a history is short, EASE has little to predict from; what the fans of a single title like is
known at once.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# A share of few fans shrinks, as if this many more liked nothing else.
_SHRINKAGE = 4.0
_BLOCK = 512  # rows at a time


def fan_likings(
    implicit_ratings: sparse.csr_array, *, stop_if_cancelled: Callable[[], None] = lambda: None
) -> NDArray[np.float32]:
    """(n, n): of those who like the row's title, the share that likes the column's.

    `likings` is (viewers, n). Who likes many titles counts less for each, by the root of their
    number: that somebody who likes everything likes this, too, is weak evidence.
    """
    liked = implicit_ratings.maximum(0).tocsr()
    liked.eliminate_zeros()
    size = liked.shape[1]
    titles_liked = np.diff(liked.indptr).astype(np.float32)
    say = 1 / np.sqrt(titles_liked.clip(1))
    weighted = (sparse.diags_array(say) @ liked).tocsc()
    fans = np.asarray(weighted.sum(axis=0), dtype=np.float32).ravel()
    missing = _SHRINKAGE * np.median(say[titles_liked > 0]) if len(fans) and fans.any() else 1.0
    shares = np.zeros((size, size), dtype=np.float32)
    for start in range(0, size, _BLOCK):
        stop_if_cancelled()
        part = slice(start, start + _BLOCK)
        shares[part] = (weighted[:, part].T @ liked).toarray()
        shares[part] /= (fans[part] + missing)[:, np.newaxis]
    shares[np.diag_indices(size)] = 0.0
    return shares
