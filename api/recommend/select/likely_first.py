"""For an evening: what is likely to be liked comes before what is merely of the kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.recommend.pipeline.protocols import Selector
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.viewers.events import ProfileKey

_LOOKED_AT = 30  # titles; below them the mixer finds that little speaks for a title
# Power of the probability. Of 610 viewers of ml-latest-small, each one's last title was the first
# for .0164 by score alone and .0180, .0148 and .0164 at 0.25, 0.5 and 1, among the first three for
# .0508, .0475, .0459 and .0377; what comes first is liked with .76, .79, .80 and .82.
_POWER = np.float32(0.25)

# Viewers and ids -> for each viewer and title the probability that it is liked; None: not known.
ProbabilitiesOf = Callable[[Sequence[ProfileKey], CatalogueFacts, Ints], Floats | None]


@dataclass(frozen=True, slots=True)
class LikelyFirst(Selector):
    """Orders the head by score and probability of liking, for several by the mean of theirs.

    By probability alone everybody would be told of the same few classics: who likes a title that
    they watch is another question than what they will watch.
    """

    probabilities_of: ProbabilitiesOf

    name = "likely_first"

    def applies_to(self, query: Query) -> bool:
        return query.request.evening is not None

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        head = ranking.order[:_LOOKED_AT]
        asked = query.request
        viewers = asked.members or ((asked.user_id, asked.profile),)
        found = self.probabilities_of(
            [ProfileKey(*one) for one in viewers], query.facts, ranking.pool.ids[head]
        )
        if found is None or not len(head):
            return ranking
        own = ranking.scores[: len(head)] * found.mean(axis=0) ** _POWER
        places = np.argsort(-own, kind="stable")
        order, scores = ranking.order.copy(), ranking.scores.copy()
        order[: len(head)], scores[: len(head)] = order[places], scores[places]
        return replace(ranking, order=order, scores=scores)
