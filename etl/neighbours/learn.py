"""Learns the collaborative model: three lists of neighbours for every title that viewers share.

`co_liked` says which titles the same people like (EASE), `fan_liked` which titles the fans of a
title like (conditional probabilities), `followed` which titles they liked soon afterwards
(transitions). Together they rank better than any of them does; `make eval` with
`ARGS="--also ablation"` leaves out one at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from etl.neighbours.co_liking import co_liking
from etl.neighbours.fans import fan_likings
from etl.neighbours.histories import Histories
from etl.neighbours.succession import succession

# One viewer who saw both is a coincidence.
_MIN_SUPPORT = 2
# Every part holds a square of float32 over the items: 576 MB for 12,000. Titles beyond the most
# seen ones are what the other sources are for.
MOST_ITEMS = 12_000
NEIGHBOURS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """For each of n items its nearest, the strongest first; weight 0 fills up short rows."""

    items: NDArray[np.int32]  # (n, k), columns of the model
    weights: NDArray[np.float32]  # (n, k), never negative


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything that is stored; row for row with `item_ids`, which rise."""

    item_ids: NDArray[np.int32]
    implicit_ratings: NDArray[np.float32]  # summed over the viewers, dislikes left out
    co_liked: Neighbours
    fan_liked: Neighbours
    followed: Neighbours


def learn(
    histories: Histories,
    *,
    most_items: int = MOST_ITEMS,
    stop_if_cancelled: Callable[[], None] = lambda: None,
) -> Model:
    """The model of these histories; `stop_if_cancelled` is called now and then and may raise."""
    item_ids, seen = np.unique(histories.item_id, return_counts=True)
    enough = np.flatnonzero(seen >= _MIN_SUPPORT)
    if len(enough) > most_items:
        enough = np.sort(enough[np.argsort(-seen[enough], kind="stable")[:most_items]])
    item_ids = item_ids[enough]
    histories = histories.of_items(item_ids)
    columns = np.searchsorted(item_ids, histories.item_id).astype(np.int32)
    shape = (histories.viewers, len(item_ids))
    implicit_ratings = sparse.csr_array(
        (histories.implicit_ratings, (histories.viewer, columns)), shape=shape
    )
    liked = np.bincount(columns, histories.implicit_ratings.clip(0), minlength=len(item_ids))
    stop_if_cancelled()
    co_liked = strongest(co_liking(implicit_ratings, stop_if_cancelled=stop_if_cancelled))
    fan_liked = strongest(fan_likings(implicit_ratings, stop_if_cancelled=stop_if_cancelled))
    followed = strongest(
        succession(
            histories.viewer,
            columns,
            histories.implicit_ratings,
            shape,
            stop_if_cancelled=stop_if_cancelled,
        )
    )
    return Model(item_ids, liked.astype(np.float32), co_liked, fan_liked, followed)


def strongest(weights: NDArray[np.float32]) -> Neighbours:
    """The greatest positive entries of each row of a square; ties go to the lower column."""
    size = min(NEIGHBOURS, weights.shape[1])
    items = np.zeros((len(weights), size), dtype=np.int32)
    kept = np.zeros((len(weights), size), dtype=np.float32)
    for row, own in enumerate(weights):
        found = np.argpartition(-own, size - 1)[:size] if size < len(own) else np.arange(size)
        found = found[np.lexsort((found, -own[found]))]
        items[row], kept[row] = found, own[found].clip(0)
    return Neighbours(items, kept)
