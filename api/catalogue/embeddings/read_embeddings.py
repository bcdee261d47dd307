"""Vectors of titles, by id."""

from collections.abc import Callable

import numpy as np

from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.database import Database

# (space, ids) -> ids and unit vectors, as read_embeddings with its database bound.
ReadEmbeddings = Callable[[int, Ints], tuple[Ints, Floats]]

_EMBEDDINGS = """
SELECT item_id, halfvec_send(embedding) FROM item_embeddings
WHERE space_id = %(space_id)s AND item_id = ANY(%(ids)s::int[])
"""


def read_embeddings(database: Database, space_id: int, item_ids: Ints) -> tuple[Ints, Floats]:
    """(ids, unit vectors float32 (m, d)) of those items that the space holds, in no order."""
    with database.autocommit() as cursor:
        rows = cursor.execute(
            _EMBEDDINGS, {"space_id": space_id, "ids": literals.int_array(item_ids)}
        ).fetchall()
    ids = np.fromiter((row[0] for row in rows), dtype=np.int32, count=len(rows))
    return ids, decode_halfvecs([row[1] for row in rows])


def decode_halfvecs(sent: list[bytes]) -> Floats:
    """halfvec_send's bytes (two int16: dimension and unused; then big-endian float16) as float32.

    Never multiplied in float16: numpy has no fast path for it, and sums lose digits.
    """
    if not sent:
        return np.empty((0, 0), dtype=np.float32)
    block = np.frombuffer(b"".join(sent), dtype=">f2").reshape(len(sent), -1)
    return block[:, 2:].astype(np.float32)
