"""Embedding spaces: one model, version and template each, of which one is active at a time.

Vectors of different spaces are never compared. A new space is filled beside the active one, gets
its own HNSW index, and takes over in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector
from sqlalchemy import Connection, text

from api.errors import ConfigurationError
from api.storage.catalogue_writes import bump_catalogue_version
from api.storage.copying import copy_rows

_INDEX_MEMORY = "512MB"  # 100,000 vectors of 384 halves and their graph fit
_INDEX_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Space:
    """A space as the database knows it."""

    id: int
    dimension: int
    active: bool


def open_space(
    connection: Connection, *, model: str, version: str, template: str, dimension: int
) -> Space:
    """The space of these three, made when there is none.

    Raises ConfigurationError when it holds vectors of another dimension.
    """
    names = {"model": model, "version": version, "template": template}
    connection.execute(
        text(
            "INSERT INTO embedding_spaces (model, version, template, dimension) "
            "VALUES (:model, :version, :template, :dimension) "
            "ON CONFLICT (model, version, template) DO NOTHING"
        ),
        names | {"dimension": dimension},
    )
    row = connection.execute(
        text(
            "SELECT id, dimension, active FROM embedding_spaces "
            "WHERE model = :model AND version = :version AND template = :template"
        ),
        names,
    ).one()
    if row.dimension != dimension:
        raise ConfigurationError(
            f"{model} gives {dimension} dimensions but its vectors of version {version} have "
            f"{row.dimension}; set another EMBED_VERSION."
        )
    return Space(row.id, row.dimension, row.active)


def stored_hashes(connection: Connection, space: Space) -> Mapping[int, bytes]:
    """The hash of the text behind each stored vector, by item."""
    rows = connection.execute(
        text("SELECT item_id, text_hash FROM item_embeddings WHERE space_id = :space"),
        {"space": space.id},
    )
    return {row.item_id: bytes(row.text_hash) for row in rows}


def write_vectors(
    connection: Connection,
    space: Space,
    item_ids: Sequence[int],
    vectors: NDArray[np.float32],
    hashes: Sequence[bytes],
) -> None:
    """Stores a vector per item, in place of the one it had. Items deleted meanwhile are left out.

    Needs a transaction of its own: the temporary table lives until its end.
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
        bump_catalogue_version(connection)


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


def activate(connection: Connection, space: Space) -> None:
    """Builds the index of a space and makes it the one that is searched.

    Blocks writers to item_embeddings for the build: 20 s for 30,000 vectors on two busy cores.
    """
    connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{_INDEX_MEMORY}'")
    connection.exec_driver_sql(f"SET LOCAL max_parallel_maintenance_workers = {_INDEX_WORKERS}")
    connection.exec_driver_sql(
        f"CREATE INDEX IF NOT EXISTS hnsw_space_{space.id} ON item_embeddings "
        f"USING hnsw ((embedding::halfvec({space.dimension})) halfvec_cosine_ops) "
        f"WITH (m = 16, ef_construction = 100) WHERE space_id = {space.id}"
    )
    # Two statements: the unique index on `active` is checked row by row.
    connection.exec_driver_sql("UPDATE embedding_spaces SET active = false WHERE active")
    connection.execute(
        text("UPDATE embedding_spaces SET active = true, built_at = now() WHERE id = :space"),
        {"space": space.id},
    )
    bump_catalogue_version(connection)
