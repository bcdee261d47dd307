"""Intervals: where they lie, and that a seed decides them."""

import numpy as np
import pytest

from tests.evaluation.bootstrap import intervals, paired


def test_the_interval_of_a_mean_is_about_two_standard_errors_wide_on_each_side() -> None:
    values = np.random.default_rng(3).normal(5, 2, size=400)
    (found,) = intervals(values[:, None], seed=1)
    error = values.std() / 20
    assert found.mean == pytest.approx(values.mean())
    assert found.low == pytest.approx(found.mean - 1.96 * error, abs=0.15 * error)
    assert found.high == pytest.approx(found.mean + 1.96 * error, abs=0.15 * error)


def test_pairs_cancel_what_two_recommenders_share() -> None:
    viewers = np.random.default_rng(4).normal(0, 10, size=100)
    found = paired(viewers + 0.1, {"other": viewers}, seed=1)["other"]
    assert found.low == pytest.approx(0.1)
    assert found.high == pytest.approx(0.1)
    assert found.excludes_zero


def test_a_difference_that_is_chance_does_not_exclude_zero() -> None:
    draw = np.random.default_rng(5)
    found = paired(draw.normal(size=200), {"other": draw.normal(size=200)}, seed=1)["other"]
    assert not found.excludes_zero


def test_one_seed_gives_one_result_to_the_last_digit() -> None:
    columns = np.random.default_rng(6).random((50, 3))
    assert intervals(columns, seed=7) == intervals(columns, seed=7)
    assert intervals(columns, seed=7) != intervals(columns, seed=8)


def test_every_column_sees_the_same_resampled_viewers() -> None:
    column = np.random.default_rng(8).random(50)
    first, second = intervals(np.stack([column, column], axis=1), seed=1)
    assert first == second


def test_without_viewers_there_is_nothing_to_say() -> None:
    (found,) = intervals(np.empty((0, 1)), seed=1)
    assert (found.mean, found.low, found.high) == (0, 0, 0)
