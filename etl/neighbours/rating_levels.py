"""How high titles are rated, and the factors by which ratings of them go together.

Probabilistic factors of ratings by expectation and maximisation (Salakhutdinov & Mnih 2008 without
sampling): the levels lean on TMDB's votes, so a title of two ratings is near what those say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is not learned from the ratings of one set; points are of 0 to 10."""

    factors: int = 8
    noise: float = 2.8  # variance of a rating about everything that is known
    leniency: float = 0.8  # variance of what viewers add to all titles alike
    pull: float = 160.0  # ratings that a factor of a title is worth at the start
    level_pull: float = 8.0  # ratings that the level of TMDB's votes is worth
    rounds: int = 8


@dataclass(frozen=True, slots=True, eq=False)
class PointRatings:
    """Ratings ordered by viewer; columns of one length."""

    viewer: NDArray[np.int32]  # dense from 0
    title: NDArray[np.int32]  # dense from 0
    points: _Matrix

    def keep(self, which: NDArray[Any]) -> "PointRatings":
        """Those alone."""
        return PointRatings(self.viewer[which], self.title[which], self.points[which])


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Of n titles."""

    levels: _Matrix  # (n) points
    factors: _Matrix  # (n, k)


def learn_levels(
    ratings: PointRatings,
    usual: _Matrix,
    shape: Shape,
    *,
    stop_if_cancelled: Callable[[], None] = lambda: None,
) -> Levels:
    """Levels and factors of the titles, whose `usual` (n) levels are known from elsewhere.

    80,000 ratings take 2 s. Memory: some 500 bytes a rating.
    """
    by_viewer = _Stretches.of(ratings.viewer)
    order = np.argsort(ratings.title, kind="stable")
    by_title = _Stretches.of(ratings.title[order], len(usual))
    of_title = ratings.keep(order)
    chance = np.random.default_rng(0)  # breaks the symmetry between factors
    found = Levels(usual.copy(), chance.normal(0, 0.2, (len(usual), shape.factors)))
    for _ in range(shape.rounds):
        stop_if_cancelled()
        people, squares = _people(ratings, by_viewer, found, shape)
        found = _titles(of_title, by_title, people, squares, usual, shape)
    return found


def _people(
    ratings: PointRatings, by_viewer: "_Stretches", found: Levels, shape: Shape
) -> tuple[_Matrix, _Matrix]:
    """Mean (viewers, k + 1) and second moment of each viewer's factors; leniency is the first."""
    lenient = np.full((len(found.factors), 1), np.sqrt(shape.leniency))
    loadings = np.hstack([lenient, found.factors])[ratings.title]
    above = ratings.points - found.levels[ratings.title]
    # A row of each product at a time: all of them at once would take the memory of k + 1.
    rows = [by_viewer.sums(loadings[:, [place]] * loadings) for place in range(shape.factors + 1)]
    precision = np.stack(rows, axis=1) / shape.noise
    spread = np.linalg.inv(precision + np.eye(loadings.shape[1]))
    pulled = by_viewer.sums(loadings * above[:, None]) / shape.noise
    means = np.einsum("uij,uj->ui", spread, pulled)
    return means, spread + means[:, :, None] * means[:, None, :]


def _titles(
    ratings: PointRatings,
    by_title: "_Stretches",
    people: _Matrix,
    squares: _Matrix,
    usual: _Matrix,
    shape: Shape,
) -> Levels:
    """The levels and factors that fit best to such viewers; in one system of k + 1 for a title."""
    size, own = shape.factors + 1, people[ratings.viewer]
    lenient = np.sqrt(shape.leniency)
    left = np.zeros((len(usual), size, size))
    left[:, 0, 0] = by_title.counts + shape.level_pull
    left[:, 0, 1:] = left[:, 1:, 0] = by_title.sums(own[:, 1:])
    for place in range(1, size):
        left[:, place, 1:] = by_title.sums(squares[ratings.viewer, place, 1:])
    left[:, 1:, 1:] += shape.pull * np.eye(shape.factors)
    right = np.zeros((len(usual), size))
    right[:, 0] = by_title.sums(ratings.points - lenient * own[:, 0]) + shape.level_pull * usual
    residual = own[:, 1:] * ratings.points[:, None] - lenient * squares[ratings.viewer, 0, 1:]
    right[:, 1:] = by_title.sums(residual)
    solved: _Matrix = np.asarray(np.linalg.solve(left, right[:, :, None])[:, :, 0], np.float64)
    return Levels(solved[:, 0], solved[:, 1:])


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """Where in a sorted column each number stands."""

    starts: NDArray[np.intp]
    counts: NDArray[np.intp]

    @classmethod
    def of(cls, column: NDArray[np.int32], size: int = 0) -> "_Stretches":
        counts = np.bincount(column, minlength=size)
        return cls(np.cumsum(counts) - counts, counts)

    def sums(self, values: _Matrix) -> _Matrix:
        """(numbers, ...): the sum of the rows of each; 0 for one that is not there."""
        found = np.zeros((len(self.counts), *values.shape[1:]))
        there = self.counts > 0
        if there.any():
            found[there] = np.add.reduceat(values, self.starts[there], axis=0)
        return found
