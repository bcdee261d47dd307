"""What a list is worth to a request with graded answers."""

from collections.abc import Mapping, Sequence

import numpy as np

from tests.quality.strangers.requests import Key

COLUMNS = ("NDCG@10", "recall@10", "recall@100", "hit in 10")
_FIRST = 10
_DEEP = 100


def score(found: Sequence[Key], grades: Mapping[Key, int]) -> tuple[float, float, float, float]:
    """The COLUMNS; a grade g gains 2^g - 1 (Burges et al. 2005), recall is of what could be had."""
    gains = np.array([2.0 ** grades.get(key, 0) - 1 for key in found[:_DEEP]])
    best = np.sort([2.0**grade - 1 for grade in grades.values()])[::-1]
    hits = gains > 0
    return (
        _discounted(gains) / _discounted(best),
        float(hits[:_FIRST].sum()) / min(_FIRST, len(grades)),
        float(hits.sum()) / min(_DEEP, len(grades)),
        float(hits[:_FIRST].any()),
    )


def _discounted(gains: np.typing.NDArray[np.float64]) -> float:
    first = gains[:_FIRST]
    return float(first @ (1 / np.log2(np.arange(len(first)) + 2)))
