"""Exact matches of a relaxed request lead the list, whatever variety would put in between."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class ExactMatchesFirst(Selector):
    """Moves the exact matches to the front; both halves keep their order."""

    name = "exact_matches_first"

    def applies_to(self, query: Query) -> bool:
        return query.exact_matches is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        if query.exact_matches is None:
            return ranking
        is_other = ~query.exact_matches[ranking.pool.rows[ranking.order]]
        places = np.argsort(is_other, kind="stable")
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])
