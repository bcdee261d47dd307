"""How much a title trends with this instance's own viewers, whatever place it was shown at."""

import numpy as np

from api.domain.arrays import Floats
from config.ranking import Trend


def own_trend(reactions: Floats, numbers: Trend) -> Floats:
    """In [0, 1): decayed reactions against a prior, which makes few of them no trend.

    `reactions` weighs each reaction by the inverse of the probability that its place was looked at
    (Joachims, Swaminathan & Schnabel 2017).
    """
    return np.asarray(reactions / (reactions + np.float32(numbers.prior)), dtype=np.float32)
