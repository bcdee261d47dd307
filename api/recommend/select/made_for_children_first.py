"""What is made for children leads a list for them, the less the older the child is."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from api.catalogue.limits.made_for_children import MADE
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking

# Up to the first age all of it leads, from the second on none; in years.
_ALL_UNTIL, _NONE_FROM = 9, 13


def share_for_children(query: Query) -> float:
    """Which share of a list is owed to what is made for children, by the youngest who watches.

    0 where nobody who watches is a child; all for a child of no stated age, and where the words ask
    for something for small children.
    """
    if query.children_first is None:
        return 0.0
    age = query.versions.limits.youngest_age
    if age is None or (query.intent is not None and query.intent.is_for_small_children):
        return 1.0
    return min(max((_NONE_FROM - age) / (_NONE_FROM - _ALL_UNTIL), 0.0), 1.0)


class MadeForChildrenFirst(Selector):
    """Of as many places as there are from the first on, that share has what is made for children.

    Where all of it leads, it does by how surely it is; titles of one grade keep their order.
    """

    name = "made_for_children_first"

    def applies_to(self, query: Query) -> bool:
        return share_for_children(query) > 0

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        if query.children_first is None:
            return ranking
        grades = query.children_first[ranking.pool.rows[ranking.order]]
        share = share_for_children(query)
        places = np.argsort(-grades, kind="stable") if share == 1 else _mixed(grades >= MADE, share)
        return replace(ranking, order=ranking.order[places], scores=ranking.scores[places])


def _mixed(is_made: NDArray[np.bool_], share: float) -> NDArray[np.intp]:
    """The places in an order in which each beginning has this share of what is made for children,
    as long as there is any left; else as they were."""
    made, others = (np.flatnonzero(one).tolist()[::-1] for one in (is_made, ~is_made))
    order: list[int] = []
    count = 0
    while made and others:
        is_owed = count < share * (len(order) + 1)
        if is_owed or made[-1] < others[-1]:
            order.append(made.pop())
            count += 1
        else:
            order.append(others.pop())
    return np.array([*order, *made[::-1], *others[::-1]], dtype=np.intp)
