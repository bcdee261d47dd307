"""Opinions as signed numbers in a sparse matrix of viewers and items."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from api.storage.collaborative import Opinion

_VALUES = {"liked": 1.0, "watched": 0.3, "disliked": -1.0, "not_interested": -1.0}
RATING_SPAN = 3.0  # this far from the profile's own mean a rating is a full like or dislike
# The mean of a profile with few ratings leans on what people give on average.
PRIOR_MEAN, PRIOR_RATINGS = 6.5, 5
_LARGEST_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class OpinionMatrix:
    """Row: a viewer, all profiles of one user. Column: an item. Values in [-1, 1]."""

    values: sparse.csr_array
    item_ids: NDArray[np.int32]  # of each column, rising


def opinion_matrix(opinions: Sequence[Opinion]) -> OpinionMatrix:
    """Adds up each viewer's opinions of an item over that viewer's profiles."""
    means = _rating_means(opinions)
    item_ids = np.unique(np.array([one.item_id for one in opinions], dtype=np.int32))
    viewers = {user: row for row, user in enumerate(sorted({one.user_id for one in opinions}))}
    rows = np.array([viewers[one.user_id] for one in opinions], dtype=np.int32)
    columns = np.searchsorted(item_ids, [one.item_id for one in opinions])
    values = np.array([_value(one, means) for one in opinions], dtype=np.float32)
    shape = (len(viewers), len(item_ids))
    summed = sparse.csr_array((values, (rows, columns)), shape=shape)
    summed.data = summed.data.clip(-1.0, 1.0)
    return OpinionMatrix(summed, item_ids)


def _value(opinion: Opinion, means: dict[int, float]) -> float:
    if opinion.rating is not None:
        value = (opinion.rating - means[opinion.profile_id]) / RATING_SPAN
    else:
        value = _VALUES[opinion.event_type]
    weight = min(max(opinion.weight, 0.0), _LARGEST_WEIGHT)
    return min(max(value * weight, -1.0), 1.0)


def _rating_means(opinions: Iterable[Opinion]) -> dict[int, float]:
    ratings: defaultdict[int, list[float]] = defaultdict(list)
    for one in opinions:
        if one.rating is not None:
            ratings[one.profile_id].append(one.rating)
    return {
        profile_id: (sum(given) + PRIOR_MEAN * PRIOR_RATINGS) / (len(given) + PRIOR_RATINGS)
        for profile_id, given in ratings.items()
    }
