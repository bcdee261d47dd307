"""A mixed taste gets of each kind as much as it has of it.

Sums of signals favour whatever most of a taste is: who likes four shows and three films gets shows
alone, place for place the better guess and as a list a wrong one (Steck 2018, calibrated
recommendations).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints
from api.domain.genres import genre_bits
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.ranking import Diversify

_DOCUMENTARY, _DRAWN = np.uint32(genre_bits([99])), np.uint32(genre_bits([16]))


class SharesOfTaste(Selector):
    """Of the first n places of the head each kind has at least its share of the taste.

    Kinds are films and shows, each of them played, drawn or documentary. The best ranked of a kind
    come first, and a place that is owed to none goes to the best ranked of all. Shares are rounded
    down: what is less than one in n of a taste is owed none of the first n places.
    """

    name = "shares_of_taste"

    def __init__(self, numbers: Diversify) -> None:
        self._share = numbers.share_of_kinds
        self._cap = numbers.franchise_cap
        self._head = numbers.mmr_head
        self._capped = numbers.mmr_pool

    def applies_to(self, query: Query) -> bool:
        request = query.request
        asks = request.text or request.description or request.rewrite or request.names_titles
        is_for_one = not request.members and request.evening is None
        return bool(request.diversify and self._share and not asks and is_for_one)

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        liked = OwnTitles.of(query).liked
        own = Counter(_kinds(query.facts, liked).tolist())
        if len(own) < 2:
            return ranking
        rows = ranking.pool.rows[ranking.order]
        owed = {kind: self._share * count / len(liked) for kind, count in own.items()}
        places = self._places(
            owed, _kinds(query.facts, rows), query.facts.collection[rows].tolist()
        )
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])

    def _places(
        self, owed: dict[int, float], kinds: NDArray[np.int8], collections: list[int]
    ) -> NDArray[np.intp]:
        """The new order of the ranking's places: the head's, then all others as they were."""
        waiting = {kind: iter(np.flatnonzero(kinds == kind).tolist()) for kind in owed}
        franchises = Counter(collections[: self._capped])
        kind_at: list[int] = kinds.tolist()
        is_taken = [False] * len(kinds)
        taken: Counter[int] = Counter()
        order: list[int] = []
        best = 0
        for number in range(1, min(self._head, len(kinds)) + 1):
            while is_taken[best]:
                best += 1
            place = best
            # Rounding of shares such as 3/10 of ten places costs none of them its place.
            behind = [
                (taken[kind] - due, -owed[kind], kind)
                for kind in waiting
                if (due := int(owed[kind] * number + 1e-9)) > taken[kind]
            ]
            for _, _, kind in sorted(behind):
                if kind_at[best] == kind:
                    break
                found = self._next(waiting[kind], is_taken, collections, franchises)
                if found is not None:
                    place = found
                    break
                del waiting[kind]
            is_taken[place] = True
            taken[kind_at[place]] += 1
            order.append(place)
        rest = np.flatnonzero(~np.array(is_taken, dtype=np.bool_))
        return np.concatenate([np.array(order, dtype=np.intp), rest])

    def _next(
        self,
        places: Iterator[int],
        is_taken: list[bool],
        collections: list[int],
        franchises: Counter[int],
    ) -> int | None:
        """The best place of a kind that is free, and whose franchise is not full; None: none is."""
        for place in places:
            if is_taken[place]:
                continue
            collection = collections[place]
            if collection and place >= self._capped:
                if franchises[collection] >= self._cap:
                    continue
                franchises[collection] += 1
            return place
        return None


def _kinds(facts: CatalogueFacts, rows: Ints) -> NDArray[np.int8]:
    """0 to 2 for films and 3 to 5 for shows: played, drawn, documentary."""
    genres = facts.genres[rows]
    is_documentary, is_drawn = (genres & _DOCUMENTARY) != 0, (genres & _DRAWN) != 0
    form = np.where(is_documentary, 2, np.where(is_drawn, 1, 0))
    return np.asarray(form + 3 * facts.is_show[rows], dtype=np.int8)
