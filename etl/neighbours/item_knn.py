"""Item-item cosine on signed opinions: which titles the same people like.

Sarwar et al. 2001, with three corrections: a viewer with much history counts no more than one with
little, a likeness that few viewers support shrinks towards zero (Bell & Koren 2007), and a
neighbour that everybody likes is worth less.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from api.storage.collaborative import Neighbour
from etl.neighbours.opinions import OpinionMatrix

_MOST_NEIGHBOURS = 50
_MIN_SUPPORT = 2  # one viewer who liked both is a coincidence
_SHRINKAGE = 10.0  # support at which a likeness keeps half of its weight
# On MovieLens .0 to .1 cost nothing in NDCG@10 and propose more of the catalogue; .2 costs a tenth.
_POPULARITY_POWER = 0.1
_BLOCK_BYTES = 64 * 2**20


def nearest_items(opinions: OpinionMatrix) -> Iterator[Neighbour]:
    """The nearest neighbours of every item, item by item, the nearest first.

    Dense blocks of `_BLOCK_BYTES` bound the memory; time grows with the square of each viewer's
    history.
    """
    values = _rows_of_length_one(opinions.values)
    liked = (opinions.values > 0).astype(np.float32).tocsr()
    lengths = _column_lengths(values)
    popularity = np.maximum(np.asarray(liked.sum(axis=0)).ravel(), 1.0)
    scale = 1.0 / (lengths * popularity**_POPULARITY_POWER)
    count = len(opinions.item_ids)
    block = max(1, _BLOCK_BYTES // (4 * max(count, 1)))
    for start in range(0, count, block):
        rows = slice(start, min(start + block, count))
        support = (liked[:, rows].T @ liked).toarray()
        cosine = (values[:, rows].T @ values).toarray() * scale / lengths[rows, np.newaxis]
        weights = cosine * support / (support + _SHRINKAGE)
        weights[support < _MIN_SUPPORT] = 0.0
        weights[np.arange(rows.stop - start), np.arange(start, rows.stop)] = 0.0
        for row, (weight, shared) in enumerate(zip(weights, support, strict=True), start=start):
            yield from _nearest(opinions.item_ids, row, weight, shared)


def _nearest(
    item_ids: NDArray[np.int32],
    row: int,
    weights: NDArray[np.float32],
    support: NDArray[np.float32],
) -> Iterator[Neighbour]:
    candidates = np.flatnonzero(weights > 0)
    order = np.lexsort((item_ids[candidates], -weights[candidates]))  # ties: the older id first
    for column in candidates[order[:_MOST_NEIGHBOURS]]:
        yield Neighbour(
            item_id=int(item_ids[row]),
            neighbour_id=int(item_ids[column]),
            weight=float(weights[column]),
            support=int(support[column]),
        )


def _rows_of_length_one(values: sparse.csr_array) -> sparse.csr_array:
    lengths = np.sqrt(np.asarray(values.multiply(values).sum(axis=1)).ravel())
    return (sparse.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)) @ values).tocsr()


def _column_lengths(values: sparse.csr_array) -> NDArray[np.float32]:
    lengths = np.sqrt(np.asarray(values.multiply(values).sum(axis=0)).ravel())
    return np.where(lengths > 0, lengths, 1.0)
