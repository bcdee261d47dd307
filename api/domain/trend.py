"""How much a title trends with this instance's own viewers, whatever place it was shown at."""

import numpy as np

from api.domain.catalogue import Floats
from config.ranking import Trend


def own_trend(said: Floats, shown: Floats, numbers: Trend) -> Floats:
    """In [0, 1): decayed reactions against a prior and against the audience that was reached.

    `said` weighs each reaction by the inverse of the probability that its place was looked at
    (Joachims, Swaminathan & Schnabel 2017), `shown` counts impressions; both are halved with age.
    """
    against = np.float32(numbers.prior) + np.float32(numbers.shown_share) * shown
    return np.asarray(said / (said + against), dtype=np.float32)
