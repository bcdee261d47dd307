"""Which titles the same people like: EASE (Steck 2019), a linear model of titles by titles.

Each title is predicted from all others of a history at once, so two titles that merely share a
third one are not taken for neighbours, as cosines of columns would.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

# The ridge: 150 was best for the 610 viewers of ml-latest-small, 500 is Steck's for 136,677 of
# ML-20M; between the two and beyond them as this power of the number of viewers.
_RIDGE, _RIDGE_POWER = 37.0, 0.22
_BLOCK = 512  # columns of the Gram matrix at a time


def co_liking(
    implicit_ratings: sparse.csr_array, *, stop_if_cancelled: Callable[[], None] = lambda: None
) -> NDArray[np.float32]:
    """(n, n): what a liking of the row's title adds to the predicted liking of the column's.

    `likings` is (viewers, n). Memory: one square of float32; time: its inverse.
    """
    size = implicit_ratings.shape[1]
    columns = implicit_ratings.tocsc()
    gram = np.zeros((size, size), dtype=np.float32, order="F")
    for start in range(0, size, _BLOCK):
        stop_if_cancelled()
        part = slice(start, min(start + _BLOCK, size))
        gram[:, part] = (implicit_ratings.T @ columns[:, part]).toarray()
    gram[np.diag_indices(size)] += _RIDGE * max(implicit_ratings.shape[0], 1) ** _RIDGE_POWER
    stop_if_cancelled()
    inverse = _inverse(gram)
    diagonal = np.diag(inverse).copy()
    inverse /= -diagonal
    inverse[np.diag_indices(size)] = 0.0
    return inverse


def _inverse(positive: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of a positive definite matrix, in its own memory."""
    if len(positive) == 0:
        return positive
    factor, failed = lapack.spotrf(positive, lower=1, overwrite_a=1, clean=0)
    if failed == 0:
        inverse, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise ArithmeticError("the Gram matrix is not positive definite; the ridge is too small")
    for start in range(0, len(inverse), _BLOCK):  # the upper half is the lower one's mirror
        part = slice(start, start + _BLOCK)
        inverse[part, start + _BLOCK :] = inverse[start + _BLOCK :, part].T
        square = inverse[part, part]
        square[...] = np.tril(square) + np.tril(square, -1).T
    mirrored: NDArray[np.float32] = inverse
    return mirrored
