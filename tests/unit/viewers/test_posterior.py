"""What ratings say of other titles, and what the answer says of itself."""

import numpy as np
import pytest

from api.viewers.predictions.posterior import Posterior, posterior


def said(above: list[float], alike: list[float], *, noise: float = 1.0) -> Posterior:
    """Of one title that is so alike to titles rated so far above their levels, 5 points its own."""
    size = len(above)
    return posterior(
        above=np.array(above),
        noise=np.full(size, noise),
        together=np.eye(size),
        levels=np.array([5.0]),
        with_asked=np.array([alike]).reshape(1, size),
        own=np.array([1.0]),
        usual_noise=1.0,
    )


def test_without_ratings_the_level_of_the_title_is_expected() -> None:
    found = said([], [])
    assert found.expected.tolist() == [5.0]
    assert found.variance.tolist() == [2.0]


def test_a_title_alike_to_what_was_rated_high_is_lifted_by_so_much() -> None:
    found = said([2.0, -2.0], [0.8, 0.1])
    assert found.expected[0] > 5.5
    assert found.parts[0].sum() == pytest.approx(found.expected[0] - 5)
    assert found.parts[0, 0] > 0 > found.parts[0, 1]


def test_more_is_known_of_a_title_the_more_alike_it_is_to_what_was_rated() -> None:
    near, far = said([1.0], [0.9]), said([1.0], [0.1])
    assert near.variance[0] < far.variance[0] < 2


def test_a_vague_opinion_says_less_than_a_rating() -> None:
    assert said([2.0], [0.8], noise=4.0).expected[0] < said([2.0], [0.8]).expected[0]


def test_a_viewer_who_rates_by_moods_is_harder_to_predict() -> None:
    steady = said([0.1, -0.1] * 20, [0.5] * 40)
    moody = said([4.0, -4.0] * 20, [0.5] * 40)
    assert moody.error > 2 * steady.error
