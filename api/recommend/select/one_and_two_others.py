"""For an evening: the best title, and two others for who is in the mood for something else."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints, Mask
from api.domain.genres import genre_bits, genre_flags
from api.recommend.constraints.genres import Genres
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking

_OTHERS = 2
_LOOKED_AT = 100  # what comes later is not good enough to stand in for the best
_PAGE = 20
_AS_NEAR = 0.8  # share of the median relevance of a page that an other has at least
_OTHER_LENGTH = 15  # minutes
_MOST_DIFFERING = 4  # more than anything can differ
_LEAST = 2  # as far below 0 as a grade of what is made for children goes
_FOR_ADULTS = 17  # years
_FEWEST_LIKED = 5  # titles from which it can be told that none is for adults


class OneAndTwoOthers(Selector):
    """Puts the first title that fits in front, and two of other genres and lengths behind it.

    All three keep what the words prefer, a mood above all, and none is for adults where nothing
    that the viewer likes is; the two others are about as relevant as the middle of a page, and
    differ as far as that allows. Of two that differ as much the better ranked one is taken. A child
    gets what is made for children before anything that differs.
    """

    name = "one_and_two_others"

    def applies_to(self, query: Query) -> bool:
        return query.request.evening is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        head = ranking.pool.rows[ranking.order[:_LOOKED_AT]]
        keeps, is_for_viewer = _keep_words(query, head), _are_for_viewer(query, head)
        near = _are_near(ranking.scores[:_LOOKED_AT])
        every = np.ones(len(head), dtype=np.bool_)
        by_place = -np.arange(len(head), dtype=np.float32)
        chosen = _with_best(by_place, [], (keeps & is_for_viewer, keeps, every))
        for_others = (keeps & is_for_viewer & near, keeps & near, keeps, near, every)
        while 0 < len(chosen) < min(1 + _OTHERS, len(head)):
            differing = _differing(query, head, chosen) + _made_for(query, head)
            chosen = _with_best(differing, chosen, for_others)
        rest = np.ones(len(ranking.order), dtype=np.bool_)
        rest[chosen] = False
        places = np.concatenate([np.array(chosen, dtype=np.int64), np.flatnonzero(rest)])
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])


def _with_best(values: Floats, chosen: list[int], among: Sequence[Mask]) -> list[int]:
    """The chosen places and the one of the highest value, of the first mask that has one left."""
    for mask in among:
        left = np.flatnonzero(mask)
        left = left[~np.isin(left, chosen)]
        if len(left):
            return [*chosen, int(left[values[left].argmax()])]
    return chosen


def _keep_words(query: Query, rows: Ints) -> Mask:
    """Which keep all that the words prefer and, where filters were relaxed, the filters too."""
    keeps = query.preferred.kept_by(query.facts, rows)
    if query.exact_matches is not None and (exact := keeps & query.exact_matches[rows]).any():
        return np.asarray(exact)
    return keeps


def _are_for_viewer(query: Query, rows: Ints) -> Mask:
    """Which are known not to be for adults, where none is of those that the viewer likes."""
    facts = query.facts
    liked = facts.age[facts.known_rows(query.viewer.taste.liked_ids)]
    if len(liked) < _FEWEST_LIKED or (liked >= _FOR_ADULTS).any():
        return np.ones(len(rows), dtype=np.bool_)
    return np.asarray((facts.age[rows] >= 0) & (facts.age[rows] < _FOR_ADULTS))


def _are_near(scores: Floats) -> Mask:
    """Which are about as relevant as the middle of a page."""
    if not len(scores):
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(scores >= _AS_NEAR * np.median(scores[:_PAGE]))


def _made_for(query: Query, rows: Ints) -> Floats:
    """A child's grade of each, above all that may differ."""
    children = query.made_for_children
    if children is None:
        return np.zeros(len(rows), dtype=np.float32)
    return (_MOST_DIFFERING * (children[rows] + np.float32(_LEAST))).astype(np.float32)


def _differing(query: Query, rows: Ints, chosen: list[int]) -> Floats:
    """0 to 3: up to 2 for sharing few genres with any of the chosen, 1 for another length than all.

    Genres that are asked for tell nothing: all have them.
    """
    facts = query.facts
    asked = np.uint32(genre_bits(_genres_asked(query)))
    genres = facts.genres[rows] & ~asked
    shared = np.max([_shared(genres, genres[place]) for place in chosen], axis=0)
    lengths = facts.runtime[rows].astype(np.int32)
    gaps = np.abs(lengths[:, None] - lengths[chosen]).min(axis=1)
    return np.asarray(2 * (1 - shared) + (gaps >= _OTHER_LENGTH), dtype=np.float32)


def _genres_asked(query: Query) -> frozenset[int]:
    sets = [one.sets for one in query.constraints if isinstance(one, Genres)]
    return frozenset(genre for each in sets for wanted in each for genre in wanted)


def _shared(genres: NDArray[np.uint32], own: np.uint32) -> Floats:
    """Which share of the genres that two titles have both of them have, 1 where they have none."""
    either, both = (genre_flags(one).sum(axis=1) for one in (genres | own, genres & own))
    return np.where(either > 0, both / np.maximum(either, 1), 1.0).astype(np.float32)
