"""What the collaborative model says of titles: its lists of neighbours for each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.database import Database

# Arrays as bytes: a wide taste reads 300,000 entries, and a tuple of numbers each costs the most.
_OF_ITEMS = """
SELECT item_id, array_send(co_liked_ids), array_send(co_liked_weights),
       array_send(fan_liked_ids), array_send(fan_liked_weights),
       array_send(followed_ids), array_send(followed_weights), likings
FROM item_neighbours
WHERE model_id = %(model_id)s AND item_id = ANY(%(ids)s::int[])
"""

# array_send: the number of dimensions, a flag, the element type; then, if there is a dimension, its
# size and lower bound; then of each element its length in bytes and itself, all big-endian.
_ARRAY_HEADER = 20
_ELEMENT = 8


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


def read_item_lists(database: Database, model_id: int, item_ids: Ints) -> ItemLists:
    """All lists of these items; of items that the model does not know there are none."""
    with database.autocommit() as cursor:
        rows = cursor.execute(
            _OF_ITEMS, {"model_id": model_id, "ids": literals.int_array(item_ids)}
        ).fetchall()
    items, *columns, likings = zip(*rows, strict=True) if rows else ((),) * 8
    ids = np.array(items, dtype=np.int32)
    co_liked, fan_liked, followed = (
        _lists(ids, *columns[first : first + 2]) for first in (0, 2, 4)
    )
    return ItemLists(co_liked, fan_liked, followed, ids, np.array(likings, dtype=np.float32))


def _lists(items: Ints, ids: Sequence[bytes], weights: Sequence[bytes]) -> NeighbourLists:
    lengths = [max(len(sent) - _ARRAY_HEADER, 0) // _ELEMENT for sent in ids]
    return NeighbourLists(
        np.repeat(items, lengths),
        _elements(ids, ">i4").astype(np.int32),
        _elements(weights, ">f4").astype(np.float32),
    )


def _elements(arrays: Sequence[bytes], kind: str) -> np.ndarray[tuple[int], np.dtype[np.number]]:
    sent = b"".join([array[_ARRAY_HEADER:] for array in arrays])
    return np.frombuffer(sent, dtype=[("length", ">i4"), ("element", kind)])["element"]
