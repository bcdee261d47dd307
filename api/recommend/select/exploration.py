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

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.draw import draw
from config.ranking import Diversify

_SMALLEST_PAGE = 5
_OF_ITS_KIND = 0.25  # quantile of the page that an explored title reaches in being of its kind
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
        return request.diversify and is_large and is_taste

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        limit = query.request.limit
        slots = round(self._numbers.serendipity_ratio * limit)
        tail = self._within_cap(query, ranking, self._tail(query, ranking))
        if slots == 0 or not tail:
            return ranking
        relevance, of_its_kind = _by_content(query, ranking), _of_its_kind(ranking)
        tail.sort(key=lambda place: -relevance[place])
        places = list(range(len(relevance)))
        explored: dict[int, float] = {}
        chance = np.random.default_rng(query.seed)
        for start in range(0, max(limit, self._numbers.mmr_head - limit + 1), limit):
            page = places[start : start + limit]
            if len(places) <= start + limit:
                break
            floor = median(relevance[place] for place in page)
            floor *= self._numbers.long_tail_relevance_floor
            # A film is no discovery on a page of shows; where a quarter are films, it may be one.
            kind = float(np.quantile([of_its_kind[place] for place in page], _OF_ITS_KIND))
            here = set(places[: start + limit])
            found = [
                place
                for place in tail
                if place not in here and relevance[place] >= floor and of_its_kind[place] >= kind
            ]
            found = found[: max(self._numbers.long_tail_choices, slots)]
            drawn = draw([relevance[place] for place in found], slots, chance)
            for number, (choice, propensity) in enumerate(drawn):
                place = found[choice]
                places.remove(place)
                places.insert(start + _at(number, len(drawn), limit), place)
                explored[int(ranking.order[place])] = propensity
        order = np.array(places)
        return replace(
            ranking,
            order=ranking.order[order],
            scores=ranking.scores[order],
            explored=explored,
        )

    def _tail(self, query: Query, ranking: Ranking) -> list[int]:
        """The places of titles that few have voted for, and enough have liked."""
        facts, rows, numbers = query.facts, ranking.pool.rows[ranking.order], self._numbers
        little_known = facts.fame_percentile[rows] < numbers.long_tail_percentile
        known_well = facts.vote_count[rows] >= numbers.long_tail_min_votes
        liked = facts.vote_average[rows] >= numbers.long_tail_min_average
        # A later part is no beginning, and its place would go to an earlier one.
        is_later = facts.series.part[rows] > 1
        tail = little_known & known_well & liked & ~is_later & ~facts.aside[rows]
        places: list[int] = np.flatnonzero(tail).tolist()
        return places

    def _within_cap(self, query: Query, ranking: Ranking, tail: list[int]) -> list[int]:
        """The places of the tail that may move into the head: a franchise that is full there, or
        would be by an earlier one of the tail, gets no further title."""
        collections = query.facts.collection[ranking.pool.rows[ranking.order]].tolist()
        head = self._numbers.mmr_pool  # as far as the franchise cap holds
        counts = Counter(collections[:head])
        kept: list[int] = []
        for place in tail:
            collection = collections[place]
            if collection and place >= head:
                counts[collection] += 1
                if counts[collection] > self._numbers.franchise_cap:
                    continue
            kept.append(place)
        return kept


def _at(number: int, count: int, limit: int) -> int:
    """Where on a page the explored title goes: from below its middle to its end, evenly.

    Who looks so far is open to more, and the places above belong to what is known to be liked.
    """
    half = limit // 2
    return half + (limit - half - 1) * number // max(count - 1, 1)


def _of_its_kind(ranking: Ranking) -> list[float]:
    """How much of the viewer's kind each place is, in (0, 1]."""
    every = np.ones(len(ranking.pool), dtype=np.float32)
    shares: list[float] = ranking.signals.get("of_its_kind", every)[ranking.order].tolist()
    return shares


def _by_content(query: Query, ranking: Ranking) -> list[float]:
    """How near each place is to the taste, or to the words, in what it is; in [0, 1]."""
    if query.similarity is not None and "alike" in ranking.signals:
        of_its_kind = ranking.signals.get("of_its_kind", np.float32(1))
        by_metadata: list[float] = (ranking.signals["alike"] * of_its_kind)[ranking.order].tolist()
        return by_metadata
    known = [ranking.signals[name] for name in _CONTENT if name in ranking.signals]
    if not known:
        return list(map(float, ranking.scores))
    relevance: list[float] = np.mean(known, axis=0)[ranking.order].tolist()
    return relevance
