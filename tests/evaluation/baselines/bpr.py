"""BPR matrix factorisation (Rendle et al. 2009), of the library `implicit`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.opinions import OPINIONS
from tests.evaluation.baselines.recommends import Recommends, Scored
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case


@dataclass
class Bpr(Recommends):
    """Factors learned from pairs; a stranger's are the mean of the liked titles'."""

    opinion: str = "liked"
    factors: int = 64
    learning_rate: float = 0.05
    regularization: float = 0.01
    iterations: int = 100
    seed: int = 1
    _model: Any = field(init=False, repr=False)
    _scored: Scored = field(init=False, repr=False)

    def fit(self, training: Training) -> None:
        from implicit.cpu.bpr import BayesianPersonalizedRanking  # type: ignore[import-untyped]

        self._scored = Scored.rated(training)
        self._model = BayesianPersonalizedRanking(
            factors=self.factors,
            learning_rate=self.learning_rate,
            regularization=self.regularization,
            iterations=self.iterations,
            num_threads=1,  # more would write over each other's updates in an order of their own
            random_state=self.seed,
        )
        opinions = self._scored.training(training, OPINIONS[self.opinion])
        self._model.fit(sparse.csr_matrix(opinions), show_progress=False)

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    def _scores(self, cases: Sequence[Case]) -> Floats:
        factors = self._model.item_factors
        histories = self._scored.histories(cases, OPINIONS[self.opinion])
        counts = np.maximum(np.asarray(histories.sum(axis=1)).ravel(), 1)
        viewers = (histories @ factors) / counts[:, None]
        # Biases are the last factor of the titles, for which every viewer has a 1.
        viewers[:, -1] = 1
        for row, case in enumerate(cases):
            if case.trained:
                viewers[row] = self._model.user_factors[case.viewer]
        scores: Floats = (viewers @ factors.T).astype(np.float32)
        return scores
