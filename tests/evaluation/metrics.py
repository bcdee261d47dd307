"""What a list is worth. Lists hold rows of the catalogue, the best first.

Per viewer: NDCG (Jarvelin & Kekalainen 2002), recall and reciprocal rank, relevance being 0 or 1.
Of all lists together: coverage, novelty, variety, and how evenly titles are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints

NDCG_AT = 10
RECALL_AT = 20
Values = NDArray[np.float64]


def ndcg(found: Ints, relevant: Ints, at: int = NDCG_AT) -> float:
    """Discounted gain of the first `at` places over that of the best list there could be."""
    discounts = 1 / np.log2(np.arange(at) + 2)
    hits = np.isin(found[:at], relevant)
    return float(discounts[: len(hits)] @ hits / discounts[: len(relevant)].sum())


def recall(found: Ints, relevant: Ints, at: int = RECALL_AT) -> float:
    """Share of the relevant titles that are among the first `at`."""
    return float(np.isin(found[:at], relevant).sum() / len(relevant))


def reciprocal_rank(found: Ints, relevant: Ints) -> float:
    """One over the place of the first relevant title; 0 when the list has none."""
    hits = np.flatnonzero(np.isin(found, relevant))
    return 1 / (1 + float(hits[0])) if len(hits) else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PerViewer:
    """One value per case, in the order of the cases."""

    ndcg: Values
    recall: Values
    reciprocal_rank: Values


@dataclass(frozen=True, slots=True)
class Breadth:
    """What the first ten places of all lists have in common."""

    titles: int  # distinct
    coverage: float  # their share of the catalogue
    novelty: float  # mean of -log2 of the share of viewers who rated a title, bits
    variety: float  # mean over lists of 1 - the mean cosine of two of its titles
    gini: float  # 0: every title of the catalogue is shown as often; 1: one takes all


def per_viewer(lists: Sequence[Ints], relevant: Sequence[Ints]) -> PerViewer:
    """The measures of each list against what its viewer liked later."""
    pairs = list(zip(lists, relevant, strict=True))
    return PerViewer(
        np.array([ndcg(*pair) for pair in pairs]),
        np.array([recall(*pair) for pair in pairs]),
        np.array([reciprocal_rank(*pair) for pair in pairs]),
    )


def breadth(lists: Sequence[Ints], popularity: Floats, viewers: int, vectors: Floats) -> Breadth:
    """`popularity` counts the training ratings of each title, `viewers` who gave them.

    A title that nobody rated counts as if one viewer more had come and rated it.
    """
    heads = [found[:NDCG_AT] for found in lists]
    shown = np.concatenate(heads) if heads else np.empty(0, dtype=np.int32)
    counts = np.bincount(shown, minlength=len(popularity))
    surprise = -np.log2((popularity.astype(np.float64) + 1) / (viewers + 1))
    return Breadth(
        titles=int((counts > 0).sum()),
        coverage=float((counts > 0).mean()),
        novelty=float(surprise[shown].mean()) if len(shown) else 0.0,
        variety=float(np.mean([variety(vectors[head]) for head in heads])) if heads else 0.0,
        gini=gini(counts),
    )


def variety(vectors: Floats) -> float:
    """1 - the mean cosine of two different titles; titles without a vector are left out."""
    known = vectors[np.linalg.norm(vectors, axis=1) > 0].astype(np.float64)
    if len(known) < 2:
        return 0.0
    total = known.sum(axis=0)
    own = np.vdot(known, known)
    return float(1 - (total @ total - own) / (len(known) * (len(known) - 1)))


def gini(counts: NDArray[np.integer]) -> float:
    """Gini's coefficient of how often each title is shown."""
    if counts.sum() == 0:
        return 0.0
    ascending = np.sort(counts).astype(np.float64)
    ranks = np.arange(1, len(ascending) + 1)
    weighted = (2 * ranks - len(ascending) - 1) @ ascending
    return float(weighted / (len(ascending) * ascending.sum()))


def share_below(own: Values, other: Values) -> float:
    """Share of viewers who are worse off than with the other."""
    return float((own < other).mean())
