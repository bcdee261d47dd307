"""What is learned of ratings, and that what it says of itself comes true."""

import numpy as np

from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.viewers.predictions.calibrated import calibrated
from api.viewers.predictions.rating_numbers import LIKED_POINTS, RatingNumbers
from etl.neighbours.rating_levels import PointRatings
from etl.neighbours.ratings_fit import FittedRatings, Titles, expected_of, fit_ratings

_TITLES, _OF_VIEWER = 60, 30
_GENRE = np.arange(_TITLES) % 2  # every other title is of one genre, the rest of the other


def world(viewers: int, *, seed: int = 1) -> PointRatings:
    """Viewers of two kinds, each with a genre that they rate two points higher than the other."""
    chance = np.random.default_rng(seed)
    viewer = np.repeat(np.arange(viewers), _OF_VIEWER)
    title = np.concatenate([chance.permutation(_TITLES)[:_OF_VIEWER] for _ in range(viewers)])
    fits = _GENRE[title] == viewer % 2
    level = 5 + 2 * (title / _TITLES)
    points = level + np.where(fits, 1.0, -1.0) + chance.normal(0, 0.8, len(title))
    rounded = (2 * points).round() / 2
    return PointRatings(viewer.astype(np.int32), title.astype(np.int32), rounded.clip(1, 10))


def titles() -> Titles:
    ids = np.arange(1, _TITLES + 1, dtype=np.int32)
    return Titles(ids, np.full(_TITLES, 6.5, np.float32), np.full(_TITLES, 500, np.int32))


def similarity() -> ItemSimilarity:
    """Titles are alike by their genre and nothing else."""
    rows = np.arange(_TITLES, dtype=np.int32)
    none = Features(np.empty(0, np.int32), np.empty(0, np.int32))
    genres = Features(rows, _GENRE.astype(np.int32))
    return similarity_of(version=1, ids=titles().ids, features=[genres, *[none] * 6])


def fitted(viewers: int) -> FittedRatings:
    found = fit_ratings(world(viewers), titles(), similarity())
    assert found is not None
    return found


def test_titles_that_are_rated_higher_have_higher_levels() -> None:
    found = fitted(60)
    assert np.corrcoef(found.levels, np.arange(_TITLES))[0, 1] > 0.8
    assert found.ratings.sum() == 60 * _OF_VIEWER


def test_probabilities_and_intervals_come_true_for_other_viewers() -> None:
    found, others = fitted(60), world(80, seed=2)
    inside, probabilities, liked, off = [], [], [], []
    for viewer in range(80):
        own = others.keep(others.viewer == viewer)
        known, asked = own.keep(np.arange(20)), own.keep(np.arange(20, _OF_VIEWER))
        said = expected_of(found, known, asked.title, titles(), similarity())
        told = calibrated(said, found.numbers)
        inside += ((told.low <= asked.points) & (asked.points <= told.high)).tolist()
        probabilities += told.probability.tolist()
        liked += (asked.points >= LIKED_POINTS).tolist()
        off += (asked.points - said.expected).tolist()
    assert 0.74 < np.mean(inside) < 0.88
    assert abs(np.mean(probabilities) - np.mean(liked)) < 0.04
    assert np.mean(np.array(probabilities)[liked]) > 2 * np.mean(probabilities)
    assert np.sqrt(np.mean(np.square(off))) < 1.2  # 1.5 by the levels alone


def test_too_few_ratings_teach_nothing() -> None:
    assert fit_ratings(world(3), titles(), similarity()) is None


def test_the_same_ratings_teach_the_same() -> None:
    one, other = fitted(10), fitted(10)
    assert one.numbers == other.numbers
    assert (one.factors == other.factors).all()


def test_numbers_are_kept_as_json() -> None:
    numbers = fitted(10).numbers
    assert RatingNumbers.of_json(numbers.to_json()) == numbers
