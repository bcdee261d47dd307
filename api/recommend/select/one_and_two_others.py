"""For an evening: the best title, and two others for who is in the mood for something else."""

from dataclasses import replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking

_OTHERS = 2
_LOOKED_AT = 100  # what comes later is not good enough to stand in for the best
_OTHER_LENGTH = 15  # minutes
_MOST_DIFFERING = 4  # more than anything can differ
_LEAST = 2  # as far below 0 as a grade of what is made for children goes


class OneAndTwoOthers(Selector):
    """Leaves the first title where it is and puts two of other genres and lengths behind it.

    Of two that differ as much the better ranked one is taken. Where nothing differs in both, what
    differs in genres comes before what differs in length. A child gets what is made for children
    before anything that differs.
    """

    name = "one_and_two_others"

    def applies_to(self, query: Query) -> bool:
        return query.request.evening is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        head = ranking.pool.rows[ranking.order[:_LOOKED_AT]]
        chosen = list(range(min(1, len(head))))
        children = query.made_for_children
        grades = np.zeros(len(head), np.int32) if children is None else children[head].astype(int)
        while 0 < len(chosen) < min(1 + _OTHERS, len(head)):
            differing = _differing(query.facts, head, chosen) + _MOST_DIFFERING * (grades + _LEAST)
            differing[chosen] = -1
            chosen.append(int(differing.argmax()))
        rest = np.ones(len(ranking.order), dtype=np.bool_)
        rest[chosen] = False
        places = np.concatenate([np.array(chosen, dtype=np.int64), np.flatnonzero(rest)])
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])


def _differing(facts: CatalogueFacts, rows: Ints, chosen: list[int]) -> Ints:
    """0 to 3: 2 for no genre that a chosen title has, 1 for another length than any of them."""
    genres = np.bitwise_or.reduce(facts.genres[rows[chosen]])
    lengths = facts.runtime[rows].astype(np.int32)
    gaps = np.abs(lengths[:, None] - lengths[chosen]).min(axis=1)
    has_other_genres = (facts.genres[rows] & genres) == 0
    return np.asarray(2 * has_other_genres + (gaps >= _OTHER_LENGTH), dtype=np.int32)
