"""Maximal marginal relevance: relevant, and unlike what is already chosen.

Carbonell & Goldstein 1998. Relevance and similarity are brought to one scale, standard deviations
from their means in the pool. From smallest to largest would not do: one outstanding title presses
the relevance of all others together, and variety alone decides between them.
"""

from dataclasses import replace

import numpy as np

from api.domain.arrays import Floats
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class Mmr(Selector):
    """Chooses the head's order out of the best `pool`; incremental, O(head x pool)."""

    name = "mmr"

    def __init__(
        self,
        *,
        lambda_: float,
        pool: int,
        head: int,
        least: float = 0.0,
        of_words: float | None = None,
    ) -> None:
        """`lambda_` 1 keeps the order of relevance, 0 looks at variety alone; `of_words` is that of
        requests in words, None: the same.

        None comes before a title of which it has less than the share `least` of the relevance.
        """
        self._lambda = np.float32(lambda_)
        self._of_words = np.float32(lambda_ if of_words is None else of_words)
        self._pool = pool
        self._head = head
        self._least = np.float32(least)

    def applies_to(self, query: Query) -> bool:
        # Who asks for titles like a title, or for the one of a plot, does not ask for unlike ones.
        asks_openly = not query.request.names_titles and query.text_kind == "query"
        return query.request.diversify and asks_openly

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        size = min(self._pool, len(ranking.order))
        if ranking.embeddings is None or ranking.embedded is None or size < 3:
            return ranking
        places = ranking.embedded[ranking.order[:size]]
        vectors = np.where(places[:, None] >= 0, ranking.embeddings[np.maximum(places, 0)], 0)
        chosen = self._choose(
            ranking.scores[:size], vectors, self._of_words if query.request.text else self._lambda
        )
        rest = np.ones(len(ranking.order), dtype=np.bool_)
        rest[chosen] = False
        order = np.concatenate([chosen, np.flatnonzero(rest)])
        return replace(ranking, order=ranking.order[order], scores=ranking.scores[order])

    def _choose(self, relevance: Floats, vectors: Floats, share: np.float32) -> list[int]:
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, 0)  # a title's likeness to itself says nothing of the pool
        pairs = len(cosines) * (len(cosines) - 1)
        mean = cosines.sum() / pairs
        variance = np.vdot(cosines, cosines) / pairs - mean**2
        similarity = (cosines - mean) / max(float(variance) ** 0.5, 1e-6)
        spread = max(float(relevance.std()), 1e-6)
        gain = share * (relevance - relevance.mean()) / np.float32(spread)
        similarity *= 1 - share
        nearest = np.full(len(relevance), similarity.min())  # to anything chosen so far
        # Relevance falls, so what may come before a title is a stretch behind it.
        ends = np.searchsorted(-relevance, -self._least * relevance, side="right").tolist()
        chosen: list[int] = []
        waiting = np.ones(len(relevance), dtype=np.bool_)
        for _ in range(min(self._head, len(relevance))):
            first = int(waiting.argmax())
            end = max(ends[first], first + 1)
            # The first of equals: the more relevant one.
            best = int((gain[:end] - nearest[:end]).argmax())
            chosen.append(best)
            gain[best], waiting[best] = -np.inf, False  # chosen once
            np.maximum(nearest, similarity[best], out=nearest)
        return chosen
