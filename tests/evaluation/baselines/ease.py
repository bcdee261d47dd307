"""EASE: item weights in closed form (Steck 2019, "Embarrassingly shallow autoencoders").

With fewer viewers than titles the inverse is taken on the viewers' side (Woodbury), which gives the
same weights from a matrix of viewers by viewers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.opinions import OPINIONS
from tests.evaluation.baselines.recommends import Recommends, Scored
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case


@dataclass
class Ease(Recommends):
    """score = history x B with B = I - P / diag(P), P = inverse of (X'X + ridge I)."""

    opinion: str = "liked"
    ridge: float = 300.0
    _scored: Scored = field(init=False, repr=False)
    _trained: sparse.csr_array = field(init=False, repr=False)
    _inverse: NDArray[np.float64] = field(init=False, repr=False)
    _diagonal: NDArray[np.float64] = field(init=False, repr=False)

    def fit(self, training: Training) -> None:
        self._scored = Scored.rated(training)
        trained = self._scored.training(training, OPINIONS[self.opinion]).astype(np.float64)
        self._trained = trained
        gram = trained @ trained.T if self._by_viewers else trained.T @ trained
        gram = gram.toarray()
        gram[np.diag_indices(len(gram))] += self.ridge
        self._inverse = linalg.cho_solve(
            linalg.cho_factor(gram, overwrite_a=True), np.eye(len(gram)), overwrite_b=True
        )
        if self._by_viewers:
            through = trained.T @ self._inverse
            own = np.asarray(trained.T.multiply(through).sum(axis=1)).ravel()
            self._diagonal = (1 - own) / self.ridge
        else:
            self._diagonal = np.diag(self._inverse).copy()

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    @property
    def _by_viewers(self) -> bool:
        return bool(self._trained.shape[0] < self._trained.shape[1])

    def _scores(self, cases: Sequence[Case]) -> Floats:
        known = self._scored.histories(cases, OPINIONS[self.opinion]).astype(np.float64)
        if self._by_viewers:
            likeness = (known @ self._trained.T).toarray() @ self._inverse
            through = (known.toarray() - likeness @ self._trained) / self.ridge
        else:
            through = known @ self._inverse
        # For a title outside the history, history x B is -(history x P) / its diagonal.
        scores: Floats = (-through / self._diagonal).astype(np.float32)
        return scores
