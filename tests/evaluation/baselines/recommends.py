"""What every recommender of the comparison promises, and what the baselines share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from api.domain.arrays import Floats, Ints
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.splits import Case

_AT_ONCE = 256  # viewers scored at once: 31 MB for 30,000 titles


class Recommends(Protocol):
    """A recommender that can be compared."""

    def fit(self, training: Training) -> None:
        """Learns; what was learned before is forgotten."""
        ...

    def rank(self, cases: Sequence[Case], k: int) -> list[Ints]:
        """At most k titles for each case, the best first, none that its viewer rated before.

        A viewer who was not trained with is folded in from the history of the case.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """The titles that a baseline gives scores, as columns."""

    titles: Ints  # ascending
    popularity: Floats  # of each; decides between equal scores

    @classmethod
    def rated(cls, training: Training) -> "Scored":
        """What has been rated: who learns from ratings alone knows nothing of other titles."""
        return cls(training.rated, training.popularity()[training.rated])

    @classmethod
    def every(cls, training: Training) -> "Scored":
        """The whole catalogue."""
        return cls(np.arange(training.titles, dtype=np.int32), training.popularity())

    def training(
        self, training: Training, opinion: Callable[[Ratings], Floats]
    ) -> sparse.csr_array:
        """The training ratings as viewers by columns."""
        ratings = training.ratings
        return self._matrix(opinion(ratings), ratings.viewer, ratings.title, training.viewers)

    def histories(
        self, cases: Sequence[Case], opinion: Callable[[Ratings], Floats]
    ) -> sparse.csr_array:
        """The histories of the cases as cases by columns."""
        rows = np.repeat(np.arange(len(cases)), [len(case.history) for case in cases])
        values = np.concatenate([opinion(case.history) for case in cases])
        titles = np.concatenate([case.history.title for case in cases])
        return self._matrix(values, rows, titles, len(cases))

    def best_unseen(
        self, score: Callable[[Sequence[Case]], Floats], cases: Sequence[Case], k: int
    ) -> list[Ints]:
        """The best k of `score`, which gives cases by columns in an array of its own."""
        order = np.lexsort((self.titles, -self.popularity))
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order))
        k = min(k, len(order))
        lists: list[Ints] = []
        for start in range(0, len(cases), _AT_ONCE):
            block = cases[start : start + _AT_ONCE]
            for case, scores in zip(block, score(block), strict=True):
                for seen in (case.history.title, case.hidden):
                    scores[self._columns(seen)] = -np.inf
                smallest = np.partition(scores, len(scores) - k)[len(scores) - k]
                near = np.flatnonzero((scores >= smallest) & (scores > -np.inf))
                best = near[np.lexsort((place[near], -scores[near]))][:k]
                lists.append(self.titles[best])
        return lists

    def _columns(self, titles: Ints) -> NDArray[np.intp]:
        """The columns of those titles that have one."""
        found = np.minimum(np.searchsorted(self.titles, titles), len(self.titles) - 1)
        columns: NDArray[np.intp] = found[self.titles[found] == titles]
        return columns

    def _matrix(
        self, values: Floats, rows: NDArray[np.integer], titles: Ints, height: int
    ) -> sparse.csr_array:
        known = np.isin(titles, self.titles) & (values != 0)
        columns = np.searchsorted(self.titles, titles[known])
        entries = (values[known].astype(np.float32), (rows[known], columns))
        return sparse.csr_array(entries, shape=(height, len(self.titles)))
