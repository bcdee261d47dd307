"""Puts first what a hosted model put first when the list was made: a replay asks no model again."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Reranker
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class KeptOrder(Reranker):
    """Leads with the given item ids, in their order; the others keep the mixer's, behind them."""

    def __init__(self, name: str, judged: tuple[int, ...]) -> None:
        self.name = name
        self._judged = judged

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return bool(self._judged)

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:  # noqa: ARG002 - the same
        place_of = {int(i): place for place, i in enumerate(ranking.pool.ids[ranking.order])}
        best = np.array([place_of[i] for i in self._judged if i in place_of], dtype=np.int32)
        rest = np.setdiff1d(np.arange(len(ranking.order)), best)
        # The scores stay those of the places, so that the order and the scores agree.
        return replace(
            ranking, order=ranking.order[np.concatenate([best, rest])], judged=self._judged
        )
