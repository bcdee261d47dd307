"""What a viewer was shown often and never reacted to."""

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.recommend.evidence.kind import Column, Kind, ScoresTitles
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.ranking import Fatigue


class FatigueSignal(Scorer):
    """The share of its score that a title loses for having been shown to the viewer and ignored."""

    name = "fatigue"

    def __init__(self, numbers: Fatigue) -> None:
        self._numbers = numbers

    def score(self, query: Query, pool: Pool) -> Floats:
        shown = query.viewer.ignored_impressions
        return shown.share_lost(pool.ids, now=query.now, numbers=self._numbers)


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:  # noqa: ARG001
    if (lost := ranking.signals.get("fatigue")) is not None:
        records["fatigue"] = lost[ranking.order]


FATIGUE = Kind(
    signal=ScoresTitles(
        "fatigue",
        "what was shown to the viewer in vain",
        lambda needs: FatigueSignal(needs.numbers.fatigue),
        None,
    ),
    columns=(Column("fatigue", "<f4"),),  # the share of its score that was lost
    note=_note,
)
