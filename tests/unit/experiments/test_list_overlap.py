"""Overlap and rank-biased overlap, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.experiments.list_overlap import overlap_at, rank_biased_overlap

_LISTS = st.lists(st.integers(1, 30), unique=True, max_size=20)


@pytest.mark.parametrize(
    ("first", "second", "depth", "share"),
    [
        ([1, 2, 3, 4], [4, 3, 2, 1], 4, 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], 2, 0.0),
        ([1, 2, 3], [1, 5, 6], 3, 1 / 3),
        ([1, 2], [1, 2, 3, 4], 10, 0.5),
        ([], [], 10, 1.0),
        ([], [1], 10, 0.0),
    ],
)
def test_overlap_is_the_share_of_common_titles(
    first: list[int], second: list[int], depth: int, share: float
) -> None:
    assert overlap_at(first, second, depth) == pytest.approx(share)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        # Agreement at 1, 2, 3 is 1, 1/2, 1: .9^3 + (.1/.9) (.9 + .81/2 + .729)
        ([1, 2, 3], [1, 3, 2], 0.955),
        # 0, 1: .81 + (.1/.9) .81
        ([1, 2], [2, 1], 0.9),
        # 1, 1/2: .81/2 + (.1/.9) (.9 + .81/2)
        ([1, 2], [1, 3], 0.55),
        ([1, 2], [3, 4], 0.0),
        ([], [], 1.0),
        ([], [1], 0.0),
    ],
)
def test_rank_biased_overlap_weighs_the_first_places_most(
    first: list[int], second: list[int], value: float
) -> None:
    assert rank_biased_overlap(first, second) == pytest.approx(value)


@given(_LISTS, _LISTS)
def test_it_is_symmetric_within_bounds_and_one_for_equals(
    first: list[int], second: list[int]
) -> None:
    value = rank_biased_overlap(first, second)
    assert value == pytest.approx(rank_biased_overlap(second, first))
    assert -1e-9 <= value <= 1 + 1e-9
    assert rank_biased_overlap(first, first) == pytest.approx(1)
