"""The opinions of a ratings set's viewers, as if they were viewers of this catalogue."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from etl.neighbours.opinions import PRIOR_MEAN, PRIOR_RATINGS, RATING_SPAN, OpinionMatrix
from etl.neighbours.ratings_set import RatingsSet

_POINTS_PER_STAR = 2  # of the scale of ten


def public_opinions(ratings: RatingsSet, item_ids: Mapping[int, int]) -> OpinionMatrix:
    """Ratings centred as our own are; `item_ids` by TMDB's ids, films without one are left out.

    A viewer without a film of the catalogue keeps an empty row.
    """
    known = np.array(sorted(item_ids), dtype=np.int32)
    ours = np.array([item_ids[tmdb_id] for tmdb_id in known.tolist()], dtype=np.int32)
    kept = np.isin(ratings.tmdb_id, known)
    viewer = ratings.viewer[kept]
    items = ours[np.searchsorted(known, ratings.tmdb_id[kept])]
    points = ratings.rating * _POINTS_PER_STAR
    sums = np.bincount(ratings.viewer, weights=points) + PRIOR_MEAN * PRIOR_RATINGS
    means = sums / (np.bincount(ratings.viewer) + PRIOR_RATINGS)
    values = ((points[kept] - means[viewer]) / RATING_SPAN).clip(-1.0, 1.0).astype(np.float32)
    columns = np.unique(items)
    placed = (values, (viewer, np.searchsorted(columns, items)))
    return OpinionMatrix(sparse.csr_array(placed, shape=(ratings.viewers, len(columns))), columns)


def joined(one: OpinionMatrix, other: OpinionMatrix) -> OpinionMatrix:
    """The viewers of both, one below the other, over the items of both."""
    item_ids = np.union1d(one.item_ids, other.item_ids)
    return OpinionMatrix(
        sparse.vstack([_over(item_ids, one), _over(item_ids, other)], format="csr"), item_ids
    )


def _over(item_ids: NDArray[np.int32], opinions: OpinionMatrix) -> sparse.csr_array:
    values = opinions.values.tocsr()
    columns = np.searchsorted(item_ids, opinions.item_ids)
    shape = (values.shape[0], len(item_ids))
    return sparse.csr_array((values.data, columns[values.indices], values.indptr), shape=shape)
