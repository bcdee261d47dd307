"""From what is expected and how wrong it may be to a probability and an interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.viewers.predictions.posterior import Posterior
from api.viewers.predictions.rating_numbers import LIKED_POINTS, RatingNumbers

_LEAST, _MOST = 1.0, 10.0  # points: half a star to five


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """Columns of one length."""

    probability: Floats  # of a rating of LIKED_POINTS and more
    rating: Floats  # points
    low: Floats  # 80 % of ratings lie between the two
    high: Floats


def errors_of(found: Posterior, numbers: RatingNumbers) -> NDArray[np.float64]:
    """How far off each expectation may be: the viewer's own error, more where less is known."""
    return np.asarray(found.error * np.sqrt(found.variance / numbers.noise), dtype=np.float64)


def calibrated(found: Posterior, numbers: RatingNumbers) -> Calibrated:
    """The answer for every title asked about."""
    errors, kept = errors_of(found, numbers), numbers.calibration
    above = (found.expected - LIKED_POINTS) / errors
    return Calibrated(
        _float(1 / (1 + np.exp(-(kept.base + kept.slope * above)))),
        _float(found.expected.clip(_LEAST, _MOST)),
        _float((found.expected + kept.low * errors).clip(_LEAST, _MOST)),
        _float((found.expected + kept.high * errors).clip(_LEAST, _MOST)),
    )


def _float(values: NDArray[np.float64]) -> Floats:
    return np.asarray(values, dtype=np.float32)
