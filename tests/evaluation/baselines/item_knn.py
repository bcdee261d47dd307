"""Item-kNN: cosine of titles by who rated them.

Sarwar et al. 2001, shrunk by support (Bell & Koren 2007).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from api.domain.arrays import Floats, Ints
from tests.evaluation.baselines.opinions import OPINIONS
from tests.evaluation.baselines.recommends import Recommends, Scored
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case

_BLOCK_BYTES = 64 * 2**20


@dataclass
class ItemKnn(Recommends):
    """Each title of the history speaks for its `neighbours` nearest."""

    opinion: str = "liked"
    neighbours: int = 100
    shrinkage: float = 10.0  # support at which a likeness keeps half of its weight
    _scored: Scored = field(init=False, repr=False)
    _weights: sparse.csr_array = field(init=False, repr=False)  # of a title for another

    def fit(self, training: Training) -> None:
        self._scored = Scored.rated(training)
        values = self._scored.training(training, OPINIONS[self.opinion])
        has_opinion = np.unique(values.indices)
        values = values[:, has_opinion]
        present = (values != 0).astype(np.float32)
        lengths = np.sqrt(np.asarray(values.multiply(values).sum(axis=0)).ravel())
        count = len(has_opinion)
        block = max(1, _BLOCK_BYTES // (4 * max(count, 1)))
        rows, columns, weights = [], [], []
        for start in range(0, count, block):
            own = np.arange(start, min(start + block, count))
            support = (present[:, own].T @ present).toarray()
            cosine = (values[:, own].T @ values).toarray() / np.outer(lengths[own], lengths)
            cosine *= support / np.maximum(support + self.shrinkage, 1)
            cosine[np.arange(len(own)), own] = 0
            nearest = _largest(cosine, self.neighbours)
            rows.append(np.repeat(has_opinion[own], nearest.shape[1]))
            columns.append(has_opinion[nearest].ravel())
            weights.append(np.take_along_axis(cosine, nearest, axis=1).ravel())
        entries = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
        width = len(self._scored.titles)
        self._weights = sparse.csr_array(entries, shape=(width, width), dtype=np.float32)
        self._weights.eliminate_zeros()

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        return self._scored.best_unseen(self._scores, cases, k)

    def _scores(self, cases: Sequence[Case]) -> Floats:
        histories = self._scored.histories(cases, OPINIONS[self.opinion])
        scores: Floats = (histories @ self._weights).toarray().astype(np.float32)
        return scores


def _largest(values: Floats, count: int) -> Ints:
    """Per row the columns of its `count` largest values, in no order."""
    count = min(count, values.shape[1])
    return np.argpartition(-values, count - 1, axis=1)[:, :count].astype(np.int32)
