"""Measures against cases worked out by hand."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.arrays import Ints
from tests.evaluation.metrics import (
    breadth,
    gini,
    ndcg,
    recall,
    reciprocal_rank,
    share_below,
    variety,
)


def rows(*numbers: int) -> Ints:
    return np.array(numbers, dtype=np.int32)


def test_ndcg_discounts_by_place_and_divides_by_the_best_list_there_could_be() -> None:
    # Hits on the second and fourth place, three relevant titles.
    expected = (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3) + 1 / log2(4))
    assert ndcg(rows(9, 1, 8, 2, 7), rows(1, 2, 3)) == pytest.approx(expected)


def test_ndcg_of_more_relevant_titles_than_places_can_be_one() -> None:
    assert ndcg(rows(*range(10)), rows(*range(30))) == pytest.approx(1)


def test_ndcg_looks_at_ten_places() -> None:
    assert ndcg(rows(*range(10), 99), rows(99)) == 0


def test_a_short_list_is_held_against_the_best_full_one() -> None:
    assert ndcg(rows(1), rows(1, 2)) == pytest.approx(1 / (1 + 1 / log2(3)))


def test_an_empty_list_is_worth_nothing() -> None:
    assert (ndcg(rows(), rows(1)), recall(rows(), rows(1)), reciprocal_rank(rows(), rows(1))) == (
        0,
        0,
        0,
    )


def test_recall_is_the_share_of_the_relevant_titles_among_the_first_twenty() -> None:
    assert recall(rows(*range(30)), rows(0, 19, 20, 99)) == 0.5


def test_the_reciprocal_rank_is_of_the_first_hit() -> None:
    assert reciprocal_rank(rows(5, 6, 7, 8), rows(8, 7)) == pytest.approx(1 / 3)


def test_the_variety_of_orthogonal_titles_is_one_and_of_equal_ones_zero() -> None:
    assert variety(np.eye(3, dtype=np.float32)) == pytest.approx(1)
    assert variety(np.tile(np.array([0.6, 0.8], np.float32), (4, 1))) == pytest.approx(0, abs=1e-6)


def test_a_title_without_a_vector_has_no_say_in_variety() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)
    assert variety(vectors) == pytest.approx(1)


def test_gini_is_zero_for_equal_shares_and_near_one_when_one_takes_all() -> None:
    assert gini(np.array([3, 3, 3])) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 8])) == pytest.approx(3 / 4)
    # By hand: mean absolute difference of 1, 2, 3 is 8/9, halved and divided by the mean 2.
    assert gini(np.array([1, 2, 3])) == pytest.approx(2 / 9)


def test_breadth_counts_distinct_titles_of_the_first_ten_and_their_surprise() -> None:
    lists = [rows(0, 1), rows(0, 2)]
    popularity = np.array([3, 1, 0, 0], dtype=np.float32)
    found = breadth(lists, popularity, 3, np.eye(4, dtype=np.float32))
    assert (found.titles, found.coverage) == (3, 0.75)
    # Shares (n + 1) / (3 + 1): 1, 1, 1/2 and 1/4, which are 0, 0, 1 and 2 bits.
    assert found.novelty == pytest.approx((0 + 1 + 0 + 2) / 4)
    assert found.variety == pytest.approx(1)


def test_being_as_well_off_is_not_being_worse_off() -> None:
    assert share_below(np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.3, 0.2])) == pytest.approx(1 / 3)


@given(
    st.lists(st.integers(0, 50), unique=True, max_size=30),
    st.sets(st.integers(0, 50), min_size=1),
)
def test_every_measure_of_a_list_lies_between_nothing_and_one(
    found: list[int], relevant: set[int]
) -> None:
    wanted = rows(*sorted(relevant))
    for measure in (ndcg, recall, reciprocal_rank):
        assert 0 <= measure(rows(*found), wanted) <= 1 + 1e-12
