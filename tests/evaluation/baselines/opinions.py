"""Ways of reading stars as an opinion; which one suits a baseline is part of its grid."""

from collections.abc import Callable, Mapping

import numpy as np

from api.domain.arrays import Floats
from tests.evaluation.ratings import Ratings

# What people give on average, and how many ratings of it a viewer's own mean starts from.
_USUAL_STARS, _USUAL_RATINGS = 3.5, 5

Opinion = Callable[[Ratings], Floats]


def rated(ratings: Ratings) -> Floats:
    """1 for every title rated at all."""
    return np.ones(len(ratings), dtype=np.float32)


def liked(ratings: Ratings) -> Floats:
    """1 from four stars on."""
    return ratings.liked.astype(np.float32)


def above_mean(ratings: Ratings) -> Floats:
    """1 for what the viewer rated better than usual."""
    return (centred(ratings) >= 0).astype(np.float32)


def centred(ratings: Ratings) -> Floats:
    """Stars above or below the viewer's own mean."""
    _, own = np.unique(ratings.viewer, return_inverse=True)
    counts = np.bincount(own)
    sums = np.bincount(own, weights=ratings.stars)
    means = (sums + _USUAL_STARS * _USUAL_RATINGS) / (counts + _USUAL_RATINGS)
    return (ratings.stars - means[own]).astype(np.float32)


OPINIONS: Mapping[str, Opinion] = {
    "rated": rated,
    "liked": liked,
    "above mean": above_mean,
    "centred": centred,
}
