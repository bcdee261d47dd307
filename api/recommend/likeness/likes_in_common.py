"""What all liked titles have in common, and others lack."""

from dataclasses import replace

import numpy as np

from api.domain.countries import SHARING_BITS
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query

_SEVERAL = 2
_OF_OTHER_MEDIUM = np.float32(0.4)  # what is left of a film beside shows
_OF_OTHER_COUNTRY = np.float32(0.7)


class LikesInCommon(QueryHydrator):
    """Where several are liked and all titles are shows, or from one country, others step back.

    Words beside them may say another medium, and say nothing of the titles' country.
    """

    name = "likes_in_common"

    def hydrate(self, query: Query) -> Query:
        request, likeness, facts = query.request, query.likeness, query.facts
        rows = facts.known_rows(np.array(request.like, dtype=np.int32))
        is_single = len(request.like) + len(request.like_words) < _SEVERAL
        if likeness is None or is_single or len(rows) == 0:
            return query
        share = np.ones(len(facts), dtype=np.float32)
        is_show = facts.is_show[rows]
        is_of_one_medium = is_show.all() or not is_show.any()
        if is_of_one_medium and not any(one.field == "media_type" for one in query.interpreted):
            share[facts.is_show != is_show[0]] *= _OF_OTHER_MEDIUM
        common = np.bitwise_and.reduce(facts.countries[rows]) & SHARING_BITS
        if common and all(likeness.ids):
            share[(facts.countries & common) == 0] *= _OF_OTHER_COUNTRY
        return replace(query, likeness=replace(likeness, scores=likeness.scores * share))
