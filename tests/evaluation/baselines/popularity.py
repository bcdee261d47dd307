"""The chart: what most viewers rated, or liked, for everyone alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.opinions import OPINIONS
from tests.evaluation.baselines.recommends import Recommends, Scored
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case


@dataclass
class Popularity(Recommends):
    """Titles by the number of their opinions."""

    opinion: str = "rated"
    _scored: Scored = field(init=False, repr=False)
    _counts: Floats = field(init=False, repr=False)

    def fit(self, training: Training) -> None:
        self._scored = Scored.rated(training)
        opinions = self._scored.training(training, OPINIONS[self.opinion])
        self._counts = np.asarray(opinions.sum(axis=0), dtype=np.float32).ravel()

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    def _scores(self, cases: Sequence[Case]) -> Floats:
        return np.tile(self._counts, (len(cases), 1))
