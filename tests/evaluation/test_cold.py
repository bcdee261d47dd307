"""Hidden titles: what is known of whom, and measures worked out by hand."""

from math import log2

import numpy as np
import pytest

from tests.evaluation.cold import auc, expected_ndcg, hidden_titles, without_titles
from tests.evaluation.test_splits import evenings, ratings_of


def test_auc_counts_pairs_in_the_right_order_and_half_of_the_equal_ones() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.1], dtype=np.float32)
    wanted = np.array([False, True, False, False])
    # Of three pairs: below one, equal to one, above one.
    assert auc(scores, wanted) == pytest.approx((0 + 0.5 + 1) / 3)


def test_auc_says_nothing_where_everything_is_wanted() -> None:
    assert auc(np.ones(2, dtype=np.float32), np.array([True, True])) == 0.5


def test_the_ndcg_of_chance_is_the_share_of_the_gain_that_chance_hits() -> None:
    # Two relevant titles of four, all four shown.
    shown = 1 + 1 / log2(3) + 1 / log2(4) + 1 / log2(5)
    assert expected_ndcg(2, 4) == pytest.approx(0.5 * shown / (1 + 1 / log2(3)))


def test_no_rating_of_a_hidden_title_is_learned_from() -> None:
    ratings = ratings_of(*evenings(0, [5.0] * 8), *evenings(1, [5.0] * 4))
    split = without_titles(ratings, np.array([2, 3], dtype=np.int32))
    assert not np.isin(split.train.title, [2, 3]).any()
    # The second viewer has too few other ratings to be asked about.
    (case,) = split.cases
    assert (case.viewer, case.relevant.tolist()) == (0, [2, 3])
    assert case.history.title.tolist() == [0, 1, 4, 5, 6, 7]


def test_a_tenth_of_the_liked_titles_is_hidden() -> None:
    ratings = ratings_of(*evenings(0, [5.0] * 40), *evenings(1, [2.0] * 60))
    hidden = hidden_titles(ratings, np.random.default_rng(1))
    assert len(hidden) == 4
    assert hidden.max() < 40
