"""Who has named films alone means films, and who has named shows alone means shows."""

import numpy as np

from api.domain.arrays import Floats
from api.recommend.pool import Pool
from api.recommend.query import Query

# Of a kind that nobody named this much is left at least: it may still come, behind the other.
_LEAST = 0.3


def kind_share(query: Query, pool: Pool) -> Floats:
    """What is left of each score, in [0.3, 1]: the odds of its kind against the commoner one.

    Among n liked titles of which k are shows a show has the odds (k + 1) / (n - k + 1), so that two
    or three titles tell little, and five of one kind nearly all.
    """
    share = np.ones(len(pool), dtype=np.float32)
    taste, facts = query.viewer.taste, query.facts
    rows = facts.known_rows(taste.known_ids[taste.known_named])
    if query.request.text or len(rows) == 0:
        return share
    shows = int(facts.is_show[rows].sum())
    odds = (shows + 1) / (len(rows) - shows + 1)
    is_show = facts.is_show[pool.rows]
    share[is_show] = max(min(odds, 1.0), _LEAST)
    share[~is_show] = max(min(1 / odds, 1.0), _LEAST)
    return share
