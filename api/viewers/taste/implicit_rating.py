"""How much an event says that a title was liked: the scale that the collaborative model learns on.

1 is liked, 0.5 seen without more, 0 what was worse than usual, -0.5 turned down. A rating counts by
its distance from the viewer's own mean, so a generous rater's 6 is no liking.
"""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

SEEN = 0.5
LIKED = 1.0
TURNED_DOWN = -0.5
OF_EVENT = {
    "watched": SEEN,
    "liked": LIKED,
    "disliked": TURNED_DOWN,
    "not_interested": TURNED_DOWN,
}
# The mean of a viewer with few ratings leans on what people give on average.
_PRIOR_MEAN, _PRIOR_RATINGS = 6.5, 5
_LARGEST_WEIGHT = 3.0
_POINTS_FROM_SEEN_TO_LIKED = 1.0  # of ten

Number = TypeVar("Number", np.float32, np.float64)


def mean_ratings(totals: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.float64]:
    """Each viewer's mean rating, 0 to 10, of `counts` ratings that add up to `totals`."""
    return np.asarray(
        (totals + _PRIOR_MEAN * _PRIOR_RATINGS) / (counts + _PRIOR_RATINGS), dtype=np.float64
    )


def of_ratings(ratings: NDArray[Number], means: NDArray[Number]) -> NDArray[Number]:
    """The liking of each rating, 0 to 10, by the mean of who gave it; in [-0.5, 1]."""
    from_mean = (ratings - means) / (2 * _POINTS_FROM_SEEN_TO_LIKED)
    implicit_ratings: NDArray[Number] = np.clip(SEEN + from_mean, TURNED_DOWN, LIKED)
    return implicit_ratings


def of_events(
    told: NDArray[Number],
    ratings: NDArray[Number],
    means: NDArray[Number],
    weights: NDArray[Number],
) -> NDArray[Number]:
    """The liking of each event: of its rating, or where that is NaN, as `told` by its kind.

    No weight makes it more than a liking.
    """
    values = np.where(np.isnan(ratings), told, of_ratings(ratings, means))
    weighted: NDArray[Number] = np.clip(
        values * weights.clip(0.0, _LARGEST_WEIGHT), TURNED_DOWN, LIKED
    )
    return weighted
