"""Serendipity: some places of a page go to the long tail, where the viewer would not look."""

from collections import Counter
from dataclasses import replace
from statistics import median

import numpy as np

from api.domain.recommendation import Query, Ranking
from api.pipeline.protocols import Selector
from config.ranking import Diversify

_SMALLEST_PAGE = 3


class Exploration(Selector):
    """Gives round(ratio x limit) places of each page of the head to unpopular, relevant titles."""

    name = "exploration"

    def __init__(self, numbers: Diversify) -> None:
        self._numbers = numbers

    def applies_to(self, query: Query) -> bool:
        return query.wish.diversify and query.wish.limit >= _SMALLEST_PAGE

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        limit = query.wish.limit
        slots = round(self._numbers.serendipity_ratio * limit)
        percentile = query.facts.popularity_percentile[ranking.pool.rows[ranking.order]]
        tail = np.flatnonzero(percentile < self._numbers.long_tail_percentile).tolist()
        tail = self._within_cap(query, ranking, tail)
        if slots == 0 or not tail:
            return ranking
        scores = ranking.scores.tolist()
        places = list(range(len(scores)))
        explored: list[int] = []
        for start in range(0, max(limit, self._numbers.mmr_head - limit + 1), limit):
            page = places[start : start + limit]
            if len(places) <= start + limit:
                break
            floor = median(scores[place] for place in page)
            floor *= self._numbers.long_tail_relevance_floor
            here = set(places[: start + limit])
            found = [place for place in tail if place not in here and scores[place] >= floor]
            for number, place in enumerate(found[:slots], start=1):
                # Spread over the page, never on its first place.
                places.remove(place)
                places.insert(start + limit * number // (min(len(found), slots) + 1), place)
                explored.append(int(ranking.order[place]))
        order = np.array(places)
        return replace(
            ranking,
            order=ranking.order[order],
            scores=ranking.scores[order],
            explored=frozenset(explored),
        )

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
