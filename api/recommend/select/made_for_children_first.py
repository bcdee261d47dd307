"""What is made for children leads a child's list."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class MadeForChildrenFirst(Selector):
    """Moves it to the front by how surely it is; titles of one grade keep their order."""

    name = "made_for_children_first"

    def applies_to(self, query: Query) -> bool:
        return query.made_for_children is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        if query.made_for_children is None:
            return ranking
        grades = query.made_for_children[ranking.pool.rows[ranking.order]]
        places = np.argsort(-grades, kind="stable")
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])
