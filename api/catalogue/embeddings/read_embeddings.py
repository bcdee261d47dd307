"""Vectors of titles, by id."""

from collections.abc import Callable

import numpy as np

from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.database import Database

# (space, ids) -> ids and unit vectors, as read_embeddings with its database bound.
ReadEmbeddings = Callable[[int, Ints], tuple[Ints, Floats]]

# Two values in place of a row for each title, which is a tuple to make and to read.
_EMBEDDINGS = """
SELECT array_send(array_agg(item_id)), string_agg(halfvec_send(embedding), '') FROM item_embeddings
WHERE space_id = %(space_id)s AND item_id = ANY(%(ids)s::int[])
"""


def read_embeddings(database: Database, space_id: int, item_ids: Ints) -> tuple[Ints, Floats]:
    """(ids, unit vectors float32 (m, d)) of those items that the space holds, in no order."""
    with database.autocommit() as cursor:
        row = cursor.execute(
            _EMBEDDINGS, {"space_id": space_id, "ids": literals.int_array(item_ids)}
        ).fetchone()
    if row is None or row[0] is None:
        return np.empty(0, dtype=np.int32), decode_halfvecs([])
    ids = literals.read_arrays([row[0]], ">i4")[0].astype(np.int32)
    return ids, decode_joined(row[1], len(ids))


def decode_halfvecs(sent: list[bytes]) -> Floats:
    """halfvec_send's bytes (two int16: dimension and unused; then big-endian float16) as float32.

    Never multiplied in float16: numpy has no fast path for it, and sums lose digits.
    """
    return decode_joined(b"".join(sent), len(sent)) if sent else np.empty((0, 0), dtype=np.float32)


def decode_joined(joined: bytes, vectors: int) -> Floats:
    """The same of so many vectors, at least one, whose bytes follow one another."""
    block = np.frombuffer(joined, dtype=">f2").reshape(vectors, -1)
    return block[:, 2:].astype(np.float32)
