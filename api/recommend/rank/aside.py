"""What is not meant by "a film" unless it is asked for: shorts, concerts, stand-up, making-ofs."""

import numpy as np

from api.domain.arrays import Floats
from api.domain.genres import genre_id
from api.recommend.constraints.runtime import LongestRuntime
from api.recommend.pool import Pool
from api.recommend.query import Query

_OF_ASIDES = frozenset(filter(None, map(genre_id, ("Documentary", "Music"))))
_SHORT_MINUTES = 60
# A viewer with one such title in so many, or more, watches them.
_ONE_IN = 10


def aside_share(query: Query, pool: Pool, penalty: float) -> Floats:
    """What is left of each score, in [0, 1]."""
    share = np.ones(len(pool), dtype=np.float32)
    if not _are_asked_for(query):
        share[pool.facts.aside[pool.rows]] -= np.float32(penalty)
    return share


def _are_asked_for(query: Query) -> bool:
    request, facts = query.request, query.facts
    if request.text or _OF_ASIDES & {*request.genres}:
        return True
    if facts.aside[facts.known_rows(np.array(request.like, dtype=np.int32))].any():
        return True  # like one of them
    lengths = [one.minutes for one in query.constraints if isinstance(one, LongestRuntime)]
    if min(lengths, default=_SHORT_MINUTES + 1) <= _SHORT_MINUTES:
        return True
    rows = facts.known_rows(query.viewer.taste.known_ids)
    return bool(len(rows)) and int(facts.aside[rows].sum()) * _ONE_IN >= len(rows)
