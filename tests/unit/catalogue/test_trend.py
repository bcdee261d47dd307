"""A trend takes as many reactions as its prior says."""

import numpy as np

from api.catalogue.facts.trend import own_trend
from tests.facts_builder import RANKING


def test_as_many_reactions_as_the_prior_are_half_a_trend() -> None:
    numbers = RANKING.trend.model_copy(update={"prior": 10.0})
    found = own_trend(np.array([10, 30, 0, 1], np.float32), numbers)
    np.testing.assert_allclose(found, [0.5, 0.75, 0, 1 / 11], rtol=1e-6)
