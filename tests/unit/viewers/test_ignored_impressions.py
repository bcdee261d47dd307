"""Titles shown in vain lose a share of their score and win it back."""

from datetime import timedelta

import numpy as np

from api.viewers.taste.ignored_impressions import IgnoredImpressions, day_of
from tests.facts_builder import NOW, RANKING

_NUMBERS = RANKING.fatigue.model_copy(update={"share": 0.8, "half_life_days": 10.0})
_TODAY = day_of(NOW)


def lost(shown: IgnoredImpressions, *, after_days: int = 0) -> list[float]:
    ids = np.array([1, 2, 3, 4], dtype=np.int32)
    now = NOW + timedelta(days=after_days)
    return [round(float(x), 4) for x in shown.share_lost(ids, now=now, numbers=_NUMBERS)]


def shown(*days: tuple[int, int]) -> IgnoredImpressions:
    table = np.array(days, dtype=np.int32)
    return IgnoredImpressions(table[:, 0], table[:, 1])


def test_half_of_the_loss_is_made_good_after_the_half_life() -> None:
    tired = shown((2, _TODAY), (4, _TODAY - 10))
    assert lost(tired) == [0, 0.8, 0, 0.4]
    assert lost(tired, after_days=10) == [0, 0.4, 0, 0.2]


def test_nothing_shown_in_vain_loses_nothing() -> None:
    assert lost(IgnoredImpressions()) == [0, 0, 0, 0]


def test_a_clock_that_went_back_costs_no_more_than_the_share() -> None:
    assert lost(shown((1, _TODAY + 5))) == [0.8, 0, 0, 0]
