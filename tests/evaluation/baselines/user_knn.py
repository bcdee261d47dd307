"""User-kNN: what the viewers with the most similar histories think of (Resnick et al. 1994)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.opinions import OPINIONS
from tests.evaluation.baselines.recommends import Recommends, Scored
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case


@dataclass
class UserKnn(Recommends):
    """The `neighbours` most similar viewers vote with their opinions, weighted by likeness."""

    opinion: str = "liked"
    neighbours: int = 50
    shrinkage: float = 10.0  # titles in common at which a likeness keeps half of its weight
    _scored: Scored = field(init=False, repr=False)
    _trained: sparse.csr_array = field(init=False, repr=False)
    _lengths: Floats = field(init=False, repr=False)

    def fit(self, training: Training) -> None:
        self._scored = Scored.rated(training)
        self._trained = self._scored.training(training, OPINIONS[self.opinion])
        self._lengths = _lengths(self._trained)

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    def _scores(self, cases: Sequence[Case]) -> Floats:
        histories = self._scored.histories(cases, OPINIONS[self.opinion])
        alike = (histories @ self._trained.T).toarray()
        alike /= np.maximum(np.outer(_lengths(histories), self._lengths), 1e-6)
        shared = ((histories != 0).astype(np.float32) @ (self._trained != 0).T).toarray()
        alike *= shared / np.maximum(shared + self.shrinkage, 1)
        for row, case in enumerate(cases):
            if case.trained:
                alike[row, case.viewer] = 0  # nobody is their own neighbour
        alike[alike < 0] = 0
        if self.neighbours < alike.shape[1]:
            smallest = np.partition(alike, -self.neighbours, axis=1)[:, -self.neighbours]
            alike[alike < smallest[:, None]] = 0
        scores: Floats = (sparse.csr_array(alike) @ self._trained).toarray().astype(np.float32)
        return scores


def _lengths(values: sparse.csr_array) -> Floats:
    squares = np.asarray(values.multiply(values).sum(axis=1)).ravel()
    lengths: Floats = np.sqrt(squares).astype(np.float32)
    return lengths
