"""What surely keeps a refusal leads what may break it: nobody knows where the latter was made, or
who plays in it."""

from dataclasses import replace

import numpy as np

from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking


class KnownFirst(Selector):
    """Moves what keeps all that is asked for by known facts to the front, and what likely does
    not to the end; all parts keep their order.

    A text that tells a plot means one title, however little is known of it, and so does a name.
    """

    name = "known_first"

    def applies_to(self, query: Query) -> bool:
        named = query.intent is not None and query.intent.named_title is not None
        return query.text_kind != "plot" and not named

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        rows = ranking.pool.rows[ranking.order]
        unsure = query.constraints.unsure(query.facts, rows)
        if unsure is None or not unsure.any():
            return ranking
        places = np.argsort(unsure, kind="stable")
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])
