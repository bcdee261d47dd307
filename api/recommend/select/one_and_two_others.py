"""For an evening: the best title, and two others for who is in the mood for something else."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints, Mask
from api.domain.genres import genre_bits, genre_flags, genre_id
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.moods import Moods
from api.recommend.constraints.runtime import LongestRuntime
from api.recommend.evidence.votes import are_liked
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.made_for_children_first import share_for_children

_OTHERS = 2
_LOOKED_AT = 100  # what comes later is not good enough to stand in for the best
_PAGE = 20
_AS_NEAR = 0.8  # share of the median relevance of a page that an other has at least
_OTHER_LENGTH = 15  # minutes
_MOST_DIFFERING = 4  # more than anything can differ
_LEAST = 2  # as far below 0 as a grade of what is made for children goes
_FOR_ADULTS = 17  # years
_FEWEST_LIKED = 5  # titles from which it can be told that none is for adults
_NEAR_FIRST = 0.9  # share of the best score from which a title may stand in for it
# Minutes of what an evening is spent with: of a film, and of an episode, of which there are more.
_FILM, _EPISODE = 60, 20
_YOUNGEST = 7  # years until which somebody is among the youngest
_OF_YOUNGEST = np.uint32(
    genre_bits([found for name in ("Animation", "Comedy", "Family") if (found := genre_id(name))])
)


class OneAndTwoOthers(Selector):
    """Puts the first title that fits in front, and two of other genres and lengths behind it.

    All three keep what the words prefer, a mood above all, carry an evening of everybody who
    watches, and none is for adults where nothing that the viewer likes is; the two others are about
    as relevant as the middle of a page, and differ as far as that allows. Of two that differ as
    much the better ranked one is taken; of those that are about as good as the best, one that many
    like. A child gets what is made for children before anything that differs.
    """

    name = "one_and_two_others"

    def applies_to(self, query: Query) -> bool:
        return query.request.evening is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        head = ranking.pool.rows[ranking.order[:_LOOKED_AT]]
        scores = ranking.scores[:_LOOKED_AT]
        keeps, suits, carry = _keep_words(query, head), _suit(query, head), _carry(query, head)
        near, is_for_viewer = _are_near(scores), _are_for_viewer(query, head)
        by_place = -np.arange(len(head), dtype=np.float32)
        for_first = (keeps, is_for_viewer, carry, suits)
        best = _with_best(by_place, [], for_first)
        as_good = scores >= _NEAR_FIRST * scores[best].max(initial=0)
        liked = as_good & are_liked(query.facts, head)
        chosen = _with_best(by_place, [], (*for_first, liked))
        for_others = (keeps, carry, near, is_for_viewer, suits)
        while 0 < len(chosen) < min(1 + _OTHERS, len(head)):
            differing = _differing(query, head, chosen) + _made_for(query, head)
            chosen = _with_best(differing, chosen, for_others)
        rest = np.ones(len(ranking.order), dtype=np.bool_)
        rest[chosen] = False
        places = np.concatenate([np.array(chosen, dtype=np.int64), np.flatnonzero(rest)])
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])


def _with_best(values: Floats, chosen: list[int], wanted: Sequence[Mask]) -> list[int]:
    """The chosen places and the one of the highest value of those that are what is wanted.

    The first mask comes first: none counts of which nothing is left that is all of those before it.
    """
    left = np.setdiff1d(np.arange(len(values)), chosen)
    for mask in wanted:
        left = left[mask[left]] if mask[left].any() else left
    return [*chosen, int(left[values[left].argmax()])] if len(left) else chosen


def _keep_words(query: Query, rows: Ints) -> Mask:
    """Which keep all that the words prefer and refuse for sure and, where filters were relaxed, the
    filters too."""
    keeps = query.preferred.kept_by(query.facts, rows)
    if (unsure := query.constraints.unsure(query.facts, rows)) is not None:
        keeps &= unsure == 0
    if query.exact_matches is not None and (exact := keeps & query.exact_matches[rows]).any():
        return np.asarray(exact)
    return keeps


def _suit(query: Query, rows: Ints) -> Mask:
    """Which one may call by the moods that the words ask for."""
    moods = [one.suits(query.facts, rows) for one in query.preferred if isinstance(one, Moods)]
    return np.asarray(np.all([np.ones(len(rows), dtype=np.bool_), *moods], axis=0))


def _carry(query: Query, rows: Ints) -> Mask:
    """Which are long enough for an evening, and for more than the youngest where others watch.

    Of less time than usual half is enough. A show for the youngest is one for all ages that is of
    no genre but those that every such show is of; a length that nobody knows is none for them all.
    """
    facts, limits = query.facts, query.versions.limits
    asked = [one.minutes for one in query.constraints if isinstance(one, LongestRuntime)]
    film = min([_FILM, *(minutes // 2 for minutes in asked)])
    minutes, is_show = facts.runtime[rows], facts.is_show[rows]
    carry = (minutes == 0) | (minutes >= np.where(is_show, min(_EPISODE, film), film))
    ages = [one.max_age for one in (limits, *limits.others)]
    is_young = [age is not None and age <= _YOUNGEST for age in ages]
    if any(is_young) and not all(is_young):
        others = facts.genres[rows] & ~_OF_YOUNGEST
        carry &= (minutes > 0) & ~(is_show & (facts.age[rows] == 0) & (others == 0))
    return np.asarray(carry)


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
    """A young child's grade of each, above all that may differ; less of it for an older one."""
    children, share = query.made_for_children, share_for_children(query)
    if children is None or share == 0:
        return np.zeros(len(rows), dtype=np.float32)
    return (share * _MOST_DIFFERING * (children[rows] + np.float32(_LEAST))).astype(np.float32)


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
