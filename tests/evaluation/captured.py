"""What the mixer saw: the signals of every candidate of many requests, for weights to be tried on.

The pipeline runs once per case; after that a set of weights costs one product of matrices.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.pipeline.protocols import Ranker
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.rank.mixer import WeightedMixer
from api.recommend.ranking import Ranking
from api.recommend.runs import Runs
from config.ranking import Mixer
from tests.evaluation import ours
from tests.evaluation.catalogue import Titles
from tests.evaluation.metrics import NDCG_AT, RECALL_AT, Values, ndcg, recall
from tests.evaluation.ours import Variant
from tests.evaluation.splits import Case


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The candidates of one case."""

    signals: Floats  # (candidates, signals)
    remaining: Floats  # what damping leaves of each candidate's score
    rows: Ints  # of the catalogue
    liked_titles: int
    case: Case


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """The candidates of a group of cases, and the order of the signals in them."""

    names: tuple[str, ...]
    seen: tuple[Seen, ...]

    def lists(self, mixer: Mixer) -> list[Ints]:
        """The first places of each case under these weights, as rows of the catalogue."""
        found = []
        for one in self.seen:
            weights = dict(mixer.of_history(one.liked_titles))
            weights["ann"] = max(weights["ann"], mixer.ann_floor)
            own = np.array([weights[name] for name in self.names], dtype=np.float32)
            found.append(_best((one.signals @ own) * one.remaining, one.rows))
        return found

    def values(self, lists: Sequence[Ints]) -> Values:
        """(cases, 2): NDCG@10 and Recall@20."""
        return np.array(
            [
                (ndcg(best, one.case.relevant, NDCG_AT), recall(best, one.case.relevant, RECALL_AT))
                for best, one in zip(lists, self.seen, strict=True)
            ],
            dtype=np.float64,
        )


def distinct_share(lists: Sequence[Ints]) -> float:
    """How many different titles are in the first ten places, by how many there could be."""
    heads = [best[:NDCG_AT] for best in lists]
    return len(np.unique(np.concatenate(heads))) / sum(map(len, heads))


class _Capturing(Ranker):
    """Ranks as the mixer does, and keeps what it was given."""

    def __init__(self, mixer: Ranker) -> None:
        self._mixer = mixer
        self.last: tuple[Query, Pool, dict[str, Floats]] | None = None

    def rank(self, query: Query, pool: Pool, signals: dict[str, Floats]) -> Ranking:
        self.last = query, pool, signals
        return self._mixer.rank(query, pool, signals)


def capture(runs: Runs, titles: Titles, cases: Sequence[Case]) -> Captured:
    """Asks for every case without variety and keeps the candidates."""
    whole = ours.pipeline_of(runs)
    mixer = whole.ranker
    if not isinstance(mixer, WeightedMixer):
        raise TypeError("weights are fitted for the mixer")
    ranker = _Capturing(mixer)
    variant = Variant("captured", pipeline=replace(whole, ranker=ranker))
    names: tuple[str, ...] = ()
    seen = []
    for case in cases:
        ours.ask(runs, titles, [case], [variant])
        if ranker.last is None:
            raise RuntimeError("a pipeline ranks")
        query, pool, signals = ranker.last
        names = tuple(name for name in EVIDENCE.weighed if name in signals)
        rows = titles.rows_of(pool.ids)
        kept = ~np.isin(rows, case.hidden)
        matrix = np.stack([signals[name][kept] for name in names], axis=1)
        remaining = (mixer.remaining_share(pool) * signals["of_its_kind"])[kept]
        seen.append(Seen(matrix, remaining, rows[kept], query.viewer.taste.liked_titles, case))
    return Captured(names, tuple(seen))


def _best(scores: Floats, rows: Ints) -> NDArray[np.int32]:
    """The first places by score, ties by the row, as the mixer orders them."""
    depth = min(RECALL_AT, len(scores))
    cut = np.partition(scores, len(scores) - depth)[len(scores) - depth] if depth else 0.0
    near = np.flatnonzero(scores >= cut)
    return rows[near[np.lexsort((rows[near], -scores[near]))[:depth]]]
