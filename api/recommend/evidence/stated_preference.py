"""What viewers say of their taste themselves."""

import numpy as np

from api.domain.arrays import Floats
from api.recommend.evidence.kind import Kind, ScoresTitles, Weights
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.viewers.preferences.preference import balance, shifts


class PreferenceSignal(Scorer):
    """What the viewer prefers and avoids: .88 for one thing preferred, .12 for one to be avoided.

    Things add up, each for less than the one before: (1 + tanh(balance)) / 2. 0.5 says nothing.
    """

    name = "preference"

    def applies_to(self, query: Query) -> bool:
        return shifts(query.viewer.preferences)

    def score(self, query: Query, pool: Pool) -> Floats:
        stated = balance(query.viewer.preferences, query.facts, pool.rows)
        return ((1 + np.tanh(stated)) / 2).astype(np.float32)


STATED_PREFERENCE = Kind(
    signal=ScoresTitles(
        "preference",
        "what the viewer prefers and avoids",
        lambda _: PreferenceSignal(),
        Weights(cold=0.5, few=0.6, warm=0.3, lone=0.6, query=0.5, like=0.1),
    ),
)
