"""At most so many titles of one collection in the head; the others follow behind it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Ints
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class FranchiseCap(Selector):
    """Defers a collection's titles beyond the cap, its best ranked ones stay."""

    name = "franchise_cap"

    def __init__(self, *, cap: int, head: int) -> None:
        self._cap = cap
        self._head = head

    def applies_to(self, query: Query) -> bool:
        return query.request.diversify

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        collections = query.facts.collection[ranking.pool.rows[ranking.order]]
        in_franchise = collections[collections > 0]
        if len(in_franchise) == 0 or np.bincount(_codes(in_franchise)).max() <= self._cap:
            return ranking
        counts: dict[int, int] = {}
        first: list[int] = []
        deferred: list[int] = []
        for place, collection in enumerate(collections.tolist()):
            if len(first) == self._head:
                break
            counts[collection] = counts.get(collection, 0) + 1
            over = collection != 0 and counts[collection] > self._cap
            (deferred if over else first).append(place)
        if not deferred:
            return ranking
        rest = range(len(first) + len(deferred), len(collections))
        places = np.array([*first, *deferred, *rest])
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])


def _codes(collections: Ints) -> NDArray[np.intp]:
    return np.unique(collections, return_inverse=True)[1]
