"""The local reranker: MiniLM's cosine between the request and the head's stored vectors.

One query encode at most and no document encode: forty stored vectors are scored in microseconds,
re-encoding forty documents would take 250 ms and more.
"""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Reranker
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class SmallReranker(Reranker):
    """Reorders the first `window`; the best `output_limit` lead, the others keep their order."""

    name = "rerank_small"

    def __init__(self, *, window: int, output_limit: int, rank_weight: float) -> None:
        """`rank_weight` is how much the mixer's order counts beside the cosine, 0 to 1."""
        self._window = window
        self._output_limit = output_limit
        self._rank_weight = rank_weight

    def applies_to(self, query: Query) -> bool:
        return bool(query.vectors) and not query.request.names_titles

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        size = min(self._window, len(ranking.order))
        if ranking.embeddings is None or ranking.embedded is None or size < 2:
            return ranking
        places = ranking.embedded[ranking.order[:size]]
        vectors = ranking.embeddings[np.maximum(places, 0)]
        cosines = np.where(places >= 0, (vectors @ np.stack(query.vectors).T).max(axis=1), -1.0)
        mixers_rank = 1 - np.arange(size) / size
        value = (1 - self._rank_weight) * cosines + self._rank_weight * mixers_rank
        best = np.argsort(-value, kind="stable")[: self._output_limit]
        rest = np.setdiff1d(np.arange(len(ranking.order)), best)
        order = np.concatenate([best, rest])
        # The scores stay those of the places, so that the order and the scores agree.
        return replace(ranking, order=ranking.order[order])
