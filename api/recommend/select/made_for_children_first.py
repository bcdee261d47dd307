"""What is made for children leads a list for them."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class MadeForChildrenFirst(Selector):
    """Moves it to the front by how surely it is; titles of one grade keep their order."""

    name = "made_for_children_first"

    def applies_to(self, query: Query) -> bool:
        return query.children_first is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        if query.children_first is None:
            return ranking
        grades = query.children_first[ranking.pool.rows[ranking.order]]
        places = np.argsort(-grades, kind="stable")
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])
