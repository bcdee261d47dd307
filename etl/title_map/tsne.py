"""Lays titles out by t-SNE (van der Maaten & Hinton 2008), as openTSNE does it.

Its interpolation (Linderman et al. 2019) takes 20 s of a core for 30,000 titles; a layout of our
own would be slower or worse. It is of the extra `jobs`: the service runs without it.
"""

import numpy as np
from openTSNE import TSNEEmbedding
from openTSNE.affinity import PrecomputedAffinities
from scipy import sparse

from api.domain.arrays import Floats
from etl.title_map.nearest import Nearest

_INTERPOLATED_FROM = 10_000  # titles; below, the exact tree is as fast
_APART, _TOGETHER, _AGAIN = 100, 250, 60  # rounds
_EXAGGERATION = 12
_TINY = 1e-4  # deviation of a start from which clusters may still pass each other
_SHARPNESS = 3.0  # how fast a neighbour counts less than the nearest one


def lay_out(nearest: Nearest, start: Floats, *, goes_on: bool) -> Floats:
    """(n, 2) places of titles that begin at `start`, the same each time.

    With `goes_on` they are near their places already, and stay there as far as they can.
    """
    affinities = PrecomputedAffinities(_affinities(nearest))
    begin = start if goes_on else start / max(float(start[:, 0].std()), 1e-12) * _TINY
    method = "fft" if len(start) >= _INTERPOLATED_FROM else "bh"
    places = TSNEEmbedding(
        begin.astype(np.float64),
        affinities,
        negative_gradient_method=method,
        learning_rate="auto",
        n_jobs=1,
        random_state=0,
    )
    if goes_on:
        places = places.optimize(_AGAIN, momentum=0.5)
    else:
        places = places.optimize(_APART, exaggeration=_EXAGGERATION, momentum=0.5)
        places = places.optimize(_TOGETHER, momentum=0.8)
    return np.asarray(places, dtype=np.float32)


def _affinities(nearest: Nearest) -> sparse.csr_matrix:
    """(n, n) how much each two belong together: by likeness, beside that with the nearest."""
    size, k = nearest.rows.shape
    best, least = nearest.likeness[:, :1], nearest.likeness[:, -1:]
    fall = (best - nearest.likeness) / np.maximum(best - least, 1e-6)
    weights = np.exp(-_SHARPNESS * fall)
    weights /= weights.sum(axis=1, keepdims=True)
    own = np.repeat(np.arange(size), k)
    directed = sparse.csr_matrix(
        (weights.ravel().astype(np.float64), (own, nearest.rows.ravel())), shape=(size, size)
    )
    both = directed + directed.T
    return sparse.csr_matrix(both / both.sum())
