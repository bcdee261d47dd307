"""A trend needs reactions; an audience that did not react speaks against it."""

import numpy as np

from api.domain.trend import own_trend
from tests.facts_builder import RANKING

_NUMBERS = RANKING.trend.model_copy(update={"prior": 10.0, "shown_share": 0.1})


def trends(said: list[float], shown: list[float]) -> list[float]:
    found = own_trend(np.array(said, np.float32), np.array(shown, np.float32), _NUMBERS)
    return [round(float(value), 4) for value in found]


def test_as_many_reactions_as_the_prior_are_half_a_trend() -> None:
    assert trends([10, 30, 0], [0, 0, 0]) == [0.5, 0.75, 0]


def test_the_same_reactions_of_a_larger_audience_are_less_of_a_trend() -> None:
    assert trends([10, 10], [0, 200]) == [0.5, 0.25]
