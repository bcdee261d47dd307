"""What the collaborative model says of titles: its lists of neighbours for each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.questions import AskingRows, Question

# Arrays as bytes: a wide taste reads 300,000 entries, and a tuple of numbers each costs the most.
_OF_ITEMS = """
SELECT item_id, array_send(co_liked_ids), array_send(co_liked_weights),
       array_send(fan_liked_ids), array_send(fan_liked_weights),
       array_send(followed_ids), array_send(followed_weights), likings
FROM item_neighbours
WHERE model_id = %(model_id)s AND item_id = ANY(%(ids)s::int[])
"""


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourLists:
    """(item, neighbour, weight) columns of one kind of neighbours, in no order."""

    items: Ints
    neighbours: Ints
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ItemLists:
    """What the model says of some items."""

    co_liked: NeighbourLists
    fan_liked: NeighbourLists
    followed: NeighbourLists
    known_ids: Ints  # the items that the model knows, in no order
    likings: Floats  # of each, summed over the viewers


def item_lists_of(model_id: int, item_ids: Ints) -> AskingRows[ItemLists]:
    """All lists of these items; of items that the model does not know there are none."""
    parameters = {"model_id": model_id, "ids": literals.int_array(item_ids)}
    rows = yield Question(_OF_ITEMS, parameters)
    items, *columns, likings = zip(*rows, strict=True) if rows else ((),) * 8
    ids = np.array(items, dtype=np.int32)
    co_liked, fan_liked, followed = (
        _lists(ids, *columns[first : first + 2]) for first in (0, 2, 4)
    )
    return ItemLists(co_liked, fan_liked, followed, ids, np.array(likings, dtype=np.float32))


def _lists(items: Ints, ids: Sequence[bytes], weights: Sequence[bytes]) -> NeighbourLists:
    neighbours, lengths = literals.read_arrays(ids, ">i4")
    return NeighbourLists(
        np.repeat(items, lengths),
        neighbours.astype(np.int32),
        literals.read_arrays(weights, ">f4")[0].astype(np.float32),
    )
