"""Titles of a relaxed wish lead the list, whatever variety would put in between."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Selector
from api.recommend.recommendation import Query, Ranking


class WishedFirst(Selector):
    """Moves the titles that keep the whole wish to the front; both halves keep their order."""

    name = "wished_first"

    def applies_to(self, query: Query) -> bool:
        return query.wished is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        if query.wished is None:
            return ranking
        is_other = ~query.wished[ranking.pool.rows[ranking.order]]
        places = np.argsort(is_other, kind="stable")
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])
