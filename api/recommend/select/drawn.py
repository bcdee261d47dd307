"""Chance where a request asks for it: the head is drawn instead of cut, with recorded odds."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.draw import draw

# At a temperature of 1 a standard deviation of the pool's scores makes a title e times as likely.
_POOL_PER_PLACE = 3


class Drawn(Selector):
    """Fills the head from the best of the ranking, each place in proportion to exp(score / T).

    The query's seed decides: the same seed draws the same titles again. How probable each was at
    its draw is kept with the list (Plackett 1975).
    """

    name = "drawn"

    def __init__(self, *, head: int) -> None:
        self._head = head

    def applies_to(self, query: Query) -> bool:
        return query.request.temperature > 0

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        pool = min(_POOL_PER_PLACE * self._head, len(ranking.order))
        scores = ranking.scores[:pool].astype(np.float64)
        if pool < 2:
            return ranking
        scale = query.request.temperature * max(float(scores.std()), 1e-6)
        weights = np.exp((scores - scores.max()) / scale)
        chance = np.random.default_rng(query.seed)
        drawn = draw(weights.tolist(), min(self._head, pool), chance)
        chosen = [place for place, _ in drawn]
        rest = np.ones(len(ranking.order), dtype=np.bool_)
        rest[chosen] = False
        places = np.concatenate([np.array(chosen, dtype=np.int64), np.flatnonzero(rest)])
        odds = {int(ranking.order[place]): propensity for place, propensity in drawn}
        return replace(
            ranking, order=ranking.order[places], scores=ranking.scores[places], drawn=odds
        )
