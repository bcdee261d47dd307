"""Fits what predictions go by: levels and factors of titles, and how far they are to be believed.

The last fifth of everybody's ratings is held back first: how far off predictions of it are is what
probabilities and intervals are made of. What is stored is learned from all ratings.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Ints
from api.viewers.predictions.calibrated import errors_of
from api.viewers.predictions.opinions import MOST_OPINIONS, Opinions
from api.viewers.predictions.posterior import Posterior
from api.viewers.predictions.predictor import expect
from api.viewers.predictions.rating_numbers import (
    LIKED_POINTS,
    Calibration,
    RatingNumbers,
)
from api.viewers.predictions.title_levels import TitleLevels, regressors
from etl.neighbours.rating_levels import Levels, PointRatings, Shape, learn_levels

_FEWEST_RATINGS, _FEWEST_HELD_BACK = 100, 20
_FEWEST_OF_VIEWER = 5
_MOST_CHECKED = 400  # viewers: 5 s
MOST_RATINGS = 1_000_000  # of whole viewers, drawn; the levels of more are no better
_KINSHIP = 6.0
_LEVEL_BELIEF = 5.0  # ratings by which the mean of a title counts half in the regression
_STEPS = 25


@dataclass(frozen=True, slots=True, eq=False)
class Titles:
    """The titles of the ratings, by id, and TMDB's votes for them."""

    ids: Ints  # (n) ascending
    vote_average: Floats
    vote_count: Ints


@dataclass(frozen=True, slots=True, eq=False)
class FittedRatings:
    """What is stored; row for row with the titles."""

    numbers: RatingNumbers
    levels: Floats  # (n) points above the mean
    factors: Floats  # (n, k)
    ratings: Ints  # (n) that each was learned from


Stop = Callable[[], None]


def fit_ratings(
    ratings: PointRatings,
    titles: Titles,
    similarity: ItemSimilarity,
    *,
    stop_if_cancelled: Stop = lambda: None,
) -> FittedRatings | None:
    """None where there are too few ratings to tell how far off a prediction is.

    `ratings` come by viewer, then time; their titles are rows of `titles`.
    """
    ratings = _sample(ratings)
    early = _early(ratings)
    if len(ratings.viewer) < _FEWEST_RATINGS or (~early).sum() < _FEWEST_HELD_BACK:
        return None
    checked = _fit(ratings.keep(early), titles, stop_if_cancelled)
    errors = _Errors.of(checked, ratings, early, titles, similarity, stop_if_cancelled)
    calibration = errors.calibration()
    final = _fit(ratings, titles, stop_if_cancelled)
    return replace(final, numbers=replace(final.numbers, calibration=calibration))


def _sample(ratings: PointRatings) -> PointRatings:
    """At most so many ratings, those of whole viewers."""
    if len(ratings.viewer) <= MOST_RATINGS:
        return ratings
    viewers = int(ratings.viewer[-1]) + 1
    share = MOST_RATINGS / len(ratings.viewer)
    drawn = np.random.default_rng(0).random(viewers) < share
    kept = ratings.keep(drawn[ratings.viewer])
    return replace(kept, viewer=np.unique(kept.viewer, return_inverse=True)[1].astype(np.int32))


def _early(ratings: PointRatings) -> NDArray[np.bool_]:
    """The first four fifths of each viewer's ratings; all of them where there are too few."""
    counts = np.bincount(ratings.viewer)
    place = np.arange(len(ratings.viewer)) - (np.cumsum(counts) - counts)[ratings.viewer]
    own = counts[ratings.viewer]
    return np.asarray((place < own * 4 // 5) | (own < _FEWEST_OF_VIEWER))


_UNKNOWN = Calibration(base=0.0, slope=1.0, low=-1.28, high=1.28, cases=0)


def _fit(ratings: PointRatings, titles: Titles, stop: Stop) -> FittedRatings:
    shape = Shape()
    mean = float(ratings.points.mean())
    votes = _votes(ratings, titles, mean)
    usual = mean + regressors(titles.vote_average, titles.vote_count) @ np.array(votes)
    found: Levels = learn_levels(ratings, usual, shape, stop_if_cancelled=stop)
    counts = np.bincount(ratings.title, minlength=len(titles.ids)).astype(np.int32)
    numbers = RatingNumbers(mean, votes, shape.noise, shape.leniency, _KINSHIP, _UNKNOWN)
    return FittedRatings(
        numbers,
        (found.levels - mean).astype(np.float32),
        np.where(counts[:, None] > 0, found.factors, 0).astype(np.float32),
        counts,
    )


def _votes(ratings: PointRatings, titles: Titles, mean: float) -> tuple[float, float, float]:
    """The regression of the titles' levels on TMDB's votes, well-known titles counting most."""
    viewers = np.bincount(ratings.viewer)
    own = np.bincount(ratings.viewer, ratings.points - mean) / (viewers + _LEVEL_BELIEF)
    above = ratings.points - mean - own[ratings.viewer]
    counts = np.bincount(ratings.title, minlength=len(titles.ids))
    means = np.bincount(ratings.title, above, len(titles.ids)) / np.maximum(counts, 1)
    weights = counts / (counts + _LEVEL_BELIEF)
    columns = regressors(titles.vote_average, titles.vote_count).astype(np.float64)
    left = (columns * weights[:, None]).T @ columns + np.eye(3)
    first, second, third = np.linalg.solve(left, (columns * weights[:, None]).T @ means).tolist()
    return first, second, third


@dataclass(frozen=True, slots=True, eq=False)
class _Errors:
    """Of held-back ratings: what was expected, how far off that was thought to be, and was."""

    above: NDArray[np.float64]  # expected, beside LIKED_POINTS
    errors: NDArray[np.float64]
    off: NDArray[np.float64]  # rated, less expected
    liked: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        fitted: FittedRatings,
        ratings: PointRatings,
        early: NDArray[np.bool_],
        titles: Titles,
        similarity: ItemSimilarity,
        stop: Stop,
    ) -> "_Errors":
        viewers = np.unique(ratings.viewer[~early])
        chance = np.random.default_rng(0)
        parts = []
        for viewer in chance.permutation(viewers)[:_MOST_CHECKED].tolist():
            stop()
            own = ratings.viewer == viewer
            before, after = ratings.keep(own & early), ratings.keep(own & ~early)
            found = expected_of(fitted, before, after.title, titles, similarity)
            errors = errors_of(found, fitted.numbers)
            parts.append((found.expected, errors, after.points))
        expected, errors, points = (np.concatenate(column) for column in zip(*parts, strict=True))
        return cls(
            expected - LIKED_POINTS, errors, points - expected, np.asarray(points >= LIKED_POINTS)
        )

    def calibration(self) -> Calibration:
        """The logistic curve of liking, and the quantiles between which 80 % of errors lie."""
        base, slope = _logistic(self.above / self.errors, self.liked)
        low, high = np.quantile(self.off / self.errors, [0.1, 0.9]).tolist()
        return Calibration(base, slope, low, high, len(self.off))


def expected_of(
    fitted: FittedRatings,
    before: PointRatings,
    asked: NDArray[np.int32],
    titles: Titles,
    similarity: ItemSimilarity,
) -> Posterior:
    """What one viewer's ratings, the oldest first, let expect of these titles."""
    newest = slice(None, -MOST_OPINIONS - 1, -1)
    rated, points = before.title[newest], before.points[newest]
    rows = np.append(rated, asked)
    opinions = Opinions(
        titles.ids[rated], points.astype(np.float32), np.ones(len(rated), dtype=np.float32), {}
    )
    known = TitleLevels(fitted.levels[rows], fitted.factors[rows], fitted.ratings[rows])
    places = np.arange(len(rows), dtype=np.intp)
    return expect(
        fitted.numbers,
        opinions,
        known,
        similarity,
        ids=titles.ids[rows],
        rated=places[: len(rated)],
        asked=places[len(rated) :],
    ).found


def _logistic(above: NDArray[np.float64], liked: NDArray[np.bool_]) -> tuple[float, float]:
    """Base and slope by Newton's steps, leaning on a slope of 1.7 as if ten cases had said so."""
    columns = np.stack([np.ones(len(above)), above], axis=1)
    prior, belief = np.array([0.0, 1.7]), np.array([0.1, 10.0])
    found = prior.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-columns @ found))
        slope = columns.T @ (liked - chance) - belief * (found - prior)
        curvature = (columns * (chance * (1 - chance))[:, None]).T @ columns + np.diag(belief)
        found = found + np.linalg.solve(curvature, slope)
    return float(found[0]), float(found[1])
