"""Embedding spaces: one model, version and template each, of which one is active at a time.

Vectors of different spaces are never compared. A new space is filled beside the active one, gets
its own HNSW index (space_index.py), and takes over in one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector
from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.platform.copying import copy_rows
from api.platform.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Space:
    """A space as the database knows it."""

    id: int
    dimension: int
    active: bool


# The digest is of the texts' hashes by rising item, which is the order of the primary key.
_RECORD_CONTENTS = text(
    """
    UPDATE embedding_spaces AS spaces
    SET vectors = held.vectors, text_hash = held.text_hash
    FROM (SELECT count(*) AS vectors,
                 sha256(coalesce(string_agg(text_hash, ''::bytea ORDER BY item_id), ''::bytea))
                     AS text_hash
          FROM item_embeddings WHERE space_id = :space) AS held
    WHERE id = :space
      AND (spaces.vectors, spaces.text_hash) IS DISTINCT FROM (held.vectors, held.text_hash)
    """
)

# One statement, so that no reader sees two active spaces or none: ex_embedding_spaces_active is
# checked at its end.
_SWITCH = text(
    """
    UPDATE embedding_spaces
    SET active = (id = :space), built_at = CASE id WHEN :space THEN now() ELSE built_at END
    WHERE active OR id = :space
    """
)

# The next batch by the primary key, after what is gone already: a search from the start would walk
# over the dead rows of every batch before.
_DELETE_BATCH = text(
    """
    WITH batch AS (
        SELECT item_id FROM item_embeddings
        WHERE space_id = :space AND item_id > :after ORDER BY item_id LIMIT :rows
    ), gone AS (
        DELETE FROM item_embeddings USING batch
        WHERE space_id = :space AND item_embeddings.item_id = batch.item_id
    )
    SELECT max(item_id) FROM batch
    """
)


def open_space(
    connection: Connection, *, model: str, version: str, template: str, dimension: int
) -> Space:
    """The space of these three, made when there is none.

    Raises ConfigurationError when the model's name stands for vectors of another dimension.
    """
    names = {"model": model, "version": version, "template": template}
    other = connection.execute(
        text(
            "SELECT dimension FROM embedding_spaces "
            "WHERE model = :model AND dimension <> :dimension LIMIT 1"
        ),
        {"model": model, "dimension": dimension},
    ).scalar_one_or_none()
    if other is not None:
        raise ConfigurationError(
            f"{model} gives {dimension} dimensions but its stored vectors have {other}; a changed "
            "model needs a folder of another name, or its old spaces dropped (seenemall job spaces)"
            "."
        )
    find = text(
        "SELECT id, active FROM embedding_spaces "
        "WHERE model = :model AND version = :version AND template = :template"
    )
    row = connection.execute(find, names).one_or_none()
    if row is None:
        # Not ON CONFLICT, which would take one of the 32,767 ids on every run.
        row = connection.execute(
            text(
                "INSERT INTO embedding_spaces (model, version, template, dimension) "
                "VALUES (:model, :version, :template, :dimension) RETURNING id, active"
            ),
            names | {"dimension": dimension},
        ).one()
    return Space(row.id, dimension, row.active)


def write_vectors(
    connection: Connection,
    space: Space,
    item_ids: Sequence[int],
    vectors: NDArray[np.float32],
    hashes: Sequence[bytes],
) -> None:
    """Stores a vector per item, in place of the one it had. Items deleted meanwhile are left out.

    Needs its own transaction: the temporary table lives until its end.
    """
    connection.exec_driver_sql(
        "CREATE TEMPORARY TABLE staged_vectors "
        "(item_id integer, embedding halfvec, text_hash bytea) ON COMMIT DROP"
    )
    rows = zip(item_ids, map(HalfVector, vectors), hashes, strict=True)
    copy_rows(connection, "staged_vectors", rows, binary_types=("int4", "halfvec", "bytea"))
    connection.execute(
        text(
            "INSERT INTO item_embeddings (space_id, item_id, embedding, text_hash) "
            "SELECT :space, item_id, embedding, text_hash "
            "FROM staged_vectors JOIN items ON items.id = item_id ORDER BY item_id "
            "ON CONFLICT (space_id, item_id) DO UPDATE "
            "SET embedding = EXCLUDED.embedding, text_hash = EXCLUDED.text_hash"
        ),
        {"space": space.id},
    )
    if space.active:
        bump_catalogue_version(connection, item_ids)


def titles_without_vector(connection: Connection, space: Space) -> int:
    """How many titles that may be recommended are not in the space."""
    missing: int = connection.execute(
        text(
            "SELECT count(*) FROM items WHERE retired_at IS NULL AND NOT EXISTS (SELECT FROM "
            "item_embeddings WHERE space_id = :space AND item_id = items.id)"
        ),
        {"space": space.id},
    ).scalar_one()
    return missing


def record_contents(connection: Connection, space: Space) -> None:
    """Notes how many vectors the space holds, and the digest of all texts behind them."""
    connection.execute(_RECORD_CONTENTS, {"space": space.id})


def switch_to(connection: Connection, space: Space) -> None:
    """Makes the space the one that is searched; its index should be there (space_index.py)."""
    record_contents(connection, space)
    connection.execute(_SWITCH, {"space": space.id})
    bump_catalogue_version(connection, None)


def delete_vectors(connection: Connection, space_id: int, *, after: int, rows: int) -> int | None:
    """Deletes the next vectors by rising item; returns the last item, None when none was left."""
    last: int | None = connection.execute(
        _DELETE_BATCH, {"space": space_id, "after": after, "rows": rows}
    ).scalar_one()
    return last


def delete_space(connection: Connection, space_id: int) -> None:
    """Deletes the row of a space that is not active."""
    connection.execute(
        text("DELETE FROM embedding_spaces WHERE id = :space AND NOT active"), {"space": space_id}
    )
