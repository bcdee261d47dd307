"""Implicit ALS (Hu, Koren & Volinsky 2008), of the library `implicit`."""

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

_ITERATIONS = 15


@dataclass
class Als(Recommends):
    """Factors of titles; each viewer's are solved from the history that is asked about."""

    opinion: str = "liked"
    factors: int = 64
    regularization: float = 0.1
    alpha: float = 10.0  # confidence in an opinion
    seed: int = 1
    _model: Any = field(init=False, repr=False)
    _scored: Scored = field(init=False, repr=False)

    def fit(self, training: Training) -> None:
        from implicit.cpu.als import AlternatingLeastSquares  # type: ignore[import-untyped]

        self._scored = Scored.rated(training)
        self._model = AlternatingLeastSquares(
            factors=self.factors,
            regularization=self.regularization,
            alpha=self.alpha,
            iterations=_ITERATIONS,
            num_threads=1,
            random_state=self.seed,
        )
        opinions = self._scored.training(training, OPINIONS[self.opinion])
        self._model.fit(sparse.csr_matrix(opinions), show_progress=False)

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    def _scores(self, cases: Sequence[Case]) -> Floats:
        histories = self._scored.histories(cases, OPINIONS[self.opinion])
        viewers = self._model.recalculate_user(np.arange(len(cases)), sparse.csr_matrix(histories))
        scores: Floats = (viewers @ self._model.item_factors.T).astype(np.float32)
        return scores
