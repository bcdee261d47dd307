"""Titles of a relaxed wish lead the list, whatever variety would put in between."""

from dataclasses import replace

import numpy as np

from api.domain.catalogue import genre_bits
from api.domain.recommendation import Query, Ranking
from api.pipeline.protocols import Selector


class WishedFirst(Selector):
    """Moves the titles of the wished genres to the front; both halves keep their order."""

    name = "wished_first"

    def applies_to(self, query: Query) -> bool:
        return "genres" in query.relaxed

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        bits = query.facts.genres[ranking.pool.rows[ranking.order]]
        is_other = (bits & np.uint32(genre_bits(query.wish.genres))) == 0
        places = np.argsort(is_other, kind="stable")
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])
