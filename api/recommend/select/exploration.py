"""Serendipity: some places of a page go to the long tail, where the viewer would not look.

Those titles are chosen by their content, for nobody's likings can speak for what nobody has seen,
and those who know them must think well of them. What is asked for in words is not mixed with them.

Which titles get them is drawn, and how likely each was is kept with the list, so that what another
way of choosing would have brought can be estimated from what was served (Horvitz & Thompson 1952).
"""

from collections import Counter
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.draw import draw
from config.ranking import Diversify

Places = NDArray[np.intp]
Doubles = NDArray[np.float64]

_SMALLEST_PAGE = 5
_OF_ITS_KIND = 0.25  # quantile of the page that an explored title reaches in being of its kind
_AS_LIKED = 0.25  # quantile of the page's average votes that it reaches
_CONTENT = ("ann", "people", "related", "genre_affinity")


class Exploration(Selector):
    """Gives round(ratio x limit) places of each page of the head to little known, relevant titles.

    The query's seed decides: the same seed draws the same titles again.
    """

    name = "exploration"

    def __init__(self, numbers: Diversify) -> None:
        self._numbers = numbers

    def applies_to(self, query: Query) -> bool:
        request = query.request
        in_words = bool(request.text or request.description or request.rewrite)
        asks_for_alike = request.names_titles
        is_large = request.limit >= _SMALLEST_PAGE
        is_taste = not in_words and not asks_for_alike
        is_taste = is_taste and not request.members and request.evening is None
        # A first list is what many like: nothing says which of what few know would suit.
        return request.diversify and is_large and is_taste and query.viewer.has_taste

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        limit = query.request.limit
        slots = round(self._numbers.serendipity_ratio * limit)
        if slots == 0:
            return ranking
        tail = self._within_cap(query, ranking, self._tail(query, ranking))
        if len(tail) == 0:
            return ranking
        relevance, of_its_kind = _by_content(query, ranking), _of_its_kind(ranking)
        tail = tail[np.argsort(-relevance[tail], kind="stable")]
        liked = query.facts.vote_average[ranking.pool.rows[ranking.order]].astype(np.float64)
        places = list(range(len(relevance)))
        is_before = np.zeros(len(relevance), dtype=np.bool_)  # on the page or on one before it
        explored: dict[int, float] = {}
        chance = np.random.default_rng(query.seed)
        for start in range(0, max(limit, self._numbers.mmr_head - limit + 1), limit):
            page = places[start : start + limit]
            if len(places) <= start + limit:
                break
            is_before[page] = True
            floor = median(relevance[page].tolist()) * self._numbers.long_tail_relevance_floor
            # A film is no discovery on a page of shows; where a quarter are films, it may be one.
            kind = _quantile(of_its_kind[page], _OF_ITS_KIND)
            # Nor is what voters like less than most of the page, whatever its subject.
            as_liked = _quantile(liked[page], _AS_LIKED)
            may_come = (relevance[tail] >= floor) & (of_its_kind[tail] >= kind) & ~is_before[tail]
            may_come &= liked[tail] >= as_liked
            found = tail[may_come][: max(self._numbers.long_tail_choices, slots)].tolist()
            drawn = draw(relevance[found].tolist(), slots, chance)
            for number, (choice, propensity) in enumerate(drawn):
                place = found[choice]
                places.remove(place)
                places.insert(start + _at(number, len(drawn), limit), place)
                is_before[place] = True
                explored[int(ranking.order[place])] = propensity
        order = np.array(places)
        return replace(
            ranking,
            order=ranking.order[order],
            scores=ranking.scores[order],
            explored=explored,
        )

    def _tail(self, query: Query, ranking: Ranking) -> Places:
        """The places of titles that few have voted for, and enough have liked."""
        facts, rows, numbers = query.facts, ranking.pool.rows[ranking.order], self._numbers
        little_known = facts.fame_percentile[rows] < numbers.long_tail_percentile
        known_well = facts.vote_count[rows] >= numbers.long_tail_min_votes
        liked = facts.vote_average[rows] >= numbers.long_tail_min_average
        # A later part is no beginning, and its place would go to an earlier one.
        is_later = facts.series.part[rows] > 1
        tail = little_known & known_well & liked & ~is_later & ~facts.aside[rows]
        return np.flatnonzero(tail)

    def _within_cap(self, query: Query, ranking: Ranking, tail: Places) -> Places:
        """The places of the tail that may move into the head: a franchise that is full there, or
        would be by an earlier one of the tail, gets no further title."""
        collections = query.facts.collection[ranking.pool.rows[ranking.order]].tolist()
        head = self._numbers.mmr_pool  # as far as the franchise cap holds
        counts = Counter(collections[:head])
        kept: list[int] = []
        for place in tail.tolist():
            collection = collections[place]
            if collection and place >= head:
                counts[collection] += 1
                if counts[collection] > self._numbers.franchise_cap:
                    continue
            kept.append(place)
        return np.array(kept, dtype=np.intp)


def _at(number: int, count: int, limit: int) -> int:
    """Where on a page the explored title goes: from below its middle to its end, evenly.

    Who looks so far is open to more, and the places above belong to what is known to be liked.
    """
    half = limit // 2
    return half + (limit - half - 1) * number // max(count - 1, 1)


def _quantile(values: Doubles, share: float) -> float:
    """Between the two nearest values, as NumPy has it, which takes ten times as long for a page."""
    return float(np.interp(share * (len(values) - 1), np.arange(len(values)), np.sort(values)))


def _of_its_kind(ranking: Ranking) -> Doubles:
    """How much of the viewer's kind each place is, in (0, 1]."""
    every = np.ones(len(ranking.pool), dtype=np.float32)
    return ranking.signals.get("of_its_kind", every)[ranking.order].astype(np.float64)


def _by_content(query: Query, ranking: Ranking) -> Doubles:
    """How near each place is to the taste, or to the words, in what it is; in [0, 1]."""
    if query.similarity is not None and "alike" in ranking.signals:
        of_its_kind = ranking.signals.get("of_its_kind", np.float32(1))
        by_metadata = (ranking.signals["alike"] * of_its_kind)[ranking.order]
        return np.asarray(by_metadata, dtype=np.float64)
    known = [ranking.signals[name] for name in _CONTENT if name in ranking.signals]
    relevance = np.mean(known, axis=0)[ranking.order] if known else ranking.scores
    return np.asarray(relevance, dtype=np.float64)
