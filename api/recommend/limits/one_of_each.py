"""Two rows that are one title by its IMDb id are one place of a list."""

import numpy as np

from api.domain.arrays import Mask, is_among
from api.recommend.pipeline.protocols import Filter
from api.recommend.pool import Pool
from api.recommend.query import Query


class OneOfEach(Filter):
    """Rejects the row with fewer votes where both are candidates; of equal ones the later."""

    name = "one_of_each"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        pairs = query.facts.same_titles
        if len(pairs) == 0:
            return {}
        rows = query.facts.rows_of(pairs.ravel()).reshape(-1, 2)
        candidate = np.zeros(len(query.facts), dtype=np.bool_)
        candidate[pool.rows] = True
        one, other = rows[(rows >= 0).all(axis=1) & candidate[rows].all(axis=1)].T
        votes = query.facts.vote_count
        is_less = (votes[one] < votes[other]) | ((votes[one] == votes[other]) & (one > other))
        return {"same_title": is_among(pool.rows, np.unique(one[is_less]))}
