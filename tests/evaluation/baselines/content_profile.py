"""The old recipe: the mean vector of the liked titles, and what lies nearest to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.opinions import OPINIONS
from tests.evaluation.baselines.recommends import Recommends, Scored
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case


@dataclass
class ContentProfile(Recommends):
    """Cosine of stored vectors to the mean of the history's."""

    opinion: str = "liked"
    _scored: Scored = field(init=False, repr=False)
    _vectors: Floats = field(init=False, repr=False)

    def fit(self, training: Training) -> None:
        self._scored = Scored.every(training)
        self._vectors = training.vectors

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    def _scores(self, cases: Sequence[Case]) -> Floats:
        # The mean's length does not change the order.
        histories = self._scored.histories(cases, OPINIONS[self.opinion])
        scores: Floats = (histories @ self._vectors) @ self._vectors.T
        return scores
