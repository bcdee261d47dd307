"""One order out of several viewers' own, and what evenings before weigh in it."""

import numpy as np
import pytest

from api.recommend.group.evenings import weights_after
from api.recommend.group.fused import fused, joint_scores
from api.recommend.pool import Pool
from api.recommend.ranking import Ranking
from api.recommend.request import Fairness
from api.viewers.events import ProfileKey
from tests.facts_builder import Title, facts_of

_ALIKE = np.array([0.5, 0.5], dtype=np.float32)
_BOTH = np.array([True, True])
_FACTS = facts_of([Title(number) for number in range(1, 7)])
_DANA, _LEE = ProfileKey("dana", None), ProfileKey("lee", None)


def _ranking(order: list[int], scores: list[float]) -> Ranking:
    rows = np.array(sorted(order), dtype=np.int32)
    pool = Pool(_FACTS, rows, {"popular": np.ones(len(rows), dtype=np.float32)})
    places = np.searchsorted(rows, order).astype(np.int32)
    return Ranking(pool, places, np.array(scores, dtype=np.float32), {})


def _rows(rankings: list[Ranking], fairness: Fairness = "fair") -> list[int]:
    ranking = fused(rankings, fairness, _ALIKE, known=_BOTH).ranking
    return [int(row) for row in ranking.pool.rows[ranking.order]]


def test_what_both_rank_high_leads() -> None:
    mine, theirs = _ranking([0, 1, 2], [0.9, 0.8, 0.1]), _ranking([1, 3, 4], [0.9, 0.8, 0.1])
    assert _rows([mine, theirs])[0] == 1
    assert set(_rows([mine, theirs])) == {0, 1, 2, 3, 4}


def test_the_one_whom_a_title_fits_least_decides_with_least_misery() -> None:
    mine, theirs = _ranking([0, 1, 2], [1.0, 0.5, 0.4]), _ranking([0, 2, 1], [0.3, 0.6, 0.2])
    assert _rows([mine, theirs], "least_misery") == [0, 2, 1]
    assert _rows([mine, theirs], "average") == [0, 2, 1]


def test_fits_are_shares_of_the_best_in_ones_own_list() -> None:
    rankings = [_ranking([0, 1], [0.8, 0.4]), _ranking([1], [0.2])]
    joint = fused(rankings, "fair", _ALIKE, known=_BOTH)
    assert joint.fits == pytest.approx(np.array([[1, 0.5], [0, 1]]))


@pytest.mark.parametrize(
    ("theirs", "share"),
    [(0.9, 1.0), (0.25, 1.0), (0.24, 0.5), (0.0, 0.5)],
)
def test_high_up_is_only_what_suits_as_well(theirs: float, share: float) -> None:
    """In a list of three titles each is among the first hundred."""
    rankings = [_ranking([0, 1], [1.0, 0.9]), _ranking([1, 0], [1.0, theirs])]
    ranking = fused(rankings, "fair", _ALIKE, known=_BOTH).ranking
    of_first = ranking.pool.rows[ranking.order].tolist().index(0)
    assert ranking.signals["together"][ranking.order[of_first]] == pytest.approx(share)


def test_what_fits_somebody_unknown_is_not_told_and_orders_all_the_same() -> None:
    rankings = [_ranking([0, 1, 2], [0.9, 0.2, 0.1]), _ranking([2, 1, 0], [0.9, 0.8, 0.1])]
    joint = fused(rankings, "fair", _ALIKE, known=np.array([True, False]))
    assert np.isnan(joint.fits[1]).all()
    assert joint.ranking.signals["together"].max() == pytest.approx(0.5)
    assert _rows(rankings) == joint.ranking.pool.rows[joint.ranking.order].tolist()


def test_places_count_by_the_logarithm_and_fits_beside_them() -> None:
    places = np.array([[1, 2], [3, 1]], dtype=np.int32)
    scores = joint_scores(places, np.zeros((2, 2), dtype=np.float32), "fair", _ALIKE)
    np.testing.assert_allclose(scores, [0.375, (1 / np.log2(3) + 1) / 4], atol=1e-6)
    fits = np.array([[1, 0.5], [0.5, 1]], dtype=np.float32)
    both = joint_scores(places, fits, "fair", _ALIKE)
    np.testing.assert_allclose(both - scores, [0.375, 0.375], atol=1e-6)


def test_whom_an_evening_fitted_less_weighs_more() -> None:
    weights = weights_after([_DANA, _LEE], [{_DANA: 0.9, _LEE: 0.5}])
    assert weights[1] > weights[0]
    assert weights.sum() == pytest.approx(1)


def test_evenings_even_out() -> None:
    evenings = [{_DANA: 0.9, _LEE: 0.5}, {_DANA: 0.5, _LEE: 0.9}]
    np.testing.assert_allclose(weights_after([_DANA, _LEE], evenings), _ALIKE, atol=1e-6)


def test_an_evening_at_which_somebody_was_not_known_owes_them_nothing() -> None:
    evenings = [{_DANA: 0.9, _LEE: np.nan}, {_DANA: np.nan, _LEE: np.nan}]
    np.testing.assert_allclose(weights_after([_DANA, _LEE], evenings), _ALIKE)


def test_an_evening_of_others_does_not_count() -> None:
    evenings = [{_DANA: 0.9, _LEE: 0.1, ProfileKey("kim", None): 0.2}]
    np.testing.assert_allclose(weights_after([_DANA, _LEE], evenings), _ALIKE)


def test_no_debt_silences_anybody() -> None:
    weights = weights_after([_DANA, _LEE], [{_DANA: 1.0, _LEE: 0.0}] * 30)
    assert weights[0] == pytest.approx(0.2)
