"""Intervals of shares, and findings that are not made on too little."""

import numpy as np
import pytest

from api.experiments.rates import ByViewer, Difference, difference, paired_difference, rate


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    # Wilson's interval as tables give it.
    [
        (10, 20, 0.2993, 0.7007),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 100, 0.0018, 0.0545),
    ],
)
def test_the_interval_is_wilsons(hits: int, trials: int, low: float, high: float) -> None:
    found = rate(hits, trials)
    assert found.share == hits / trials
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_there_is_no_share_of_nothing() -> None:
    assert rate(0, 0).share is None


def viewers(count: int, share: float, *, trials: int = 20, seed: int = 1) -> ByViewer:
    hits = np.random.default_rng(seed).binomial(trials, share, count).astype(np.float64)
    return ByViewer(hits, np.full(count, float(trials)))


def compared(challenger: ByViewer, champion: ByViewer, **more: int) -> Difference:
    return difference(challenger, champion, least_viewers=30, least_trials=500, **more)


def test_a_clear_difference_is_found_in_both_directions() -> None:
    high, low = viewers(100, 0.3, seed=1), viewers(100, 0.15, seed=2)
    better = compared(high, low)
    assert better.finding == "better"
    assert better.value is not None
    assert better.low is not None
    assert 0 < better.low < better.value
    assert compared(low, high).finding == "worse"


def test_equals_are_not_told_apart() -> None:
    assert compared(viewers(60, 0.2, seed=3), viewers(60, 0.2, seed=4)).finding == (
        "no difference found"
    )


@pytest.mark.parametrize(("count", "trials"), [(29, 100), (40, 12), (0, 20)])
def test_few_viewers_or_trials_are_not_enough_on_either_side(count: int, trials: int) -> None:
    few, many = viewers(count, 0.9, trials=trials), viewers(100, 0.1)
    assert compared(few, many) == Difference("not enough data")
    assert compared(many, few) == Difference("not enough data")


def test_one_viewer_who_clicks_everything_does_not_decide() -> None:
    hits, trials = np.zeros(40), np.full(40, 10.0)
    hits[0], trials[0] = 400.0, 400.0
    # Impressions taken one by one would say "better" beyond doubt.
    assert compared(ByViewer(hits, trials), viewers(40, 0.1)).finding == "no difference found"


def test_more_comparisons_ask_for_more() -> None:
    one = compared(viewers(60, 0.25, seed=5), viewers(60, 0.2, seed=6))
    five = compared(viewers(60, 0.25, seed=5), viewers(60, 0.2, seed=6), comparisons=5)
    assert one.low is not None
    assert five.low is not None
    assert five.low < one.low


def test_pairs_are_drawn_together() -> None:
    trials = np.full(40, 5.0)
    champion = np.random.default_rng(7).integers(0, 4, 40).astype(np.float64)
    # One more for everybody: beyond doubt, however much viewers differ among themselves.
    found = paired_difference(champion + 1, champion, trials, least_viewers=30, least_trials=100)
    assert (found.finding, found.low, found.high) == ("better", 0.2, 0.2)
    few = paired_difference(champion + 1, champion, trials, least_viewers=41, least_trials=100)
    assert few == Difference("not enough data")
