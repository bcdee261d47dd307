"""What one run of a pipeline found, for whatever follows from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Ints
from api.recommend.pipeline.recording import Step
from api.recommend.pipeline.trace import Trace
from api.recommend.query import Query
from api.recommend.ranking import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A page, a preview, a shadow, a replay and an evaluation differ only in what they do with it.

    Every order of the run is one of the same pool.
    """

    given: Query  # as no hydrator had seen it
    query: Query  # hydrated
    ranking: Ranking  # everything that was ranked, best first; its scores never rise
    listed: Ranking  # the head of it that is the list
    evidence: NDArray[np.void]  # one EVIDENCE record per listed title, in their order
    steps: tuple[Step, ...]  # the order behind mixer, reranker and each selector that ran
    trace: Trace

    @property
    def item_ids(self) -> Ints:
        """The listed titles, best first."""
        return self.listed.pool.ids[self.listed.order]
