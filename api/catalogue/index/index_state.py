"""What the catalogue's index consists of: spaces, vectors, titles, the model, what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row, scalar_row

from api.platform.database import Database

HnswState = Literal["none", "building", "invalid", "valid"]

# Vectors are counted, because a space that is being filled has no recorded number; an index-only
# scan of item_embeddings' primary key. The index is found by the name that space_index.py gives.
_SPACES = """
SELECT spaces.id, model, version, template, dimension, active, created_at, built_at,
    (SELECT count(*) FROM item_embeddings WHERE space_id = spaces.id) AS vectors,
    encode(text_hash, 'hex') AS text_hash,
    CASE WHEN indexrelid IS NULL THEN 'none' WHEN indisvalid THEN 'valid'
         WHEN build.pid IS NOT NULL THEN 'building' ELSE 'invalid' END AS hnsw,
    coalesce(pg_relation_size(indexrelid), 0) AS hnsw_bytes
FROM embedding_spaces AS spaces
LEFT JOIN pg_index ON indexrelid = to_regclass('hnsw_space_' || spaces.id)
LEFT JOIN pg_stat_progress_create_index AS build
    ON build.index_relid = indexrelid AND build.datname = current_database()
ORDER BY spaces.id
"""

_TITLES = """
SELECT count(*) FILTER (WHERE media_type = 'movie' AND retired_at IS NULL) AS movie,
    count(*) FILTER (WHERE media_type = 'tv' AND retired_at IS NULL) AS tv,
    count(*) FILTER (WHERE retired_at IS NOT NULL) AS retired,
    count(stored.item_id) FILTER (WHERE retired_at IS NULL) AS with_vector,
    (SELECT count(*) FROM titles_to_fetch LEFT JOIN items USING (media_type, tmdb_id)
     WHERE items.id IS NULL) AS to_fetch,
    (SELECT count(*) FROM titles_to_fetch JOIN items USING (media_type, tmdb_id)) AS to_read_anew
FROM items
LEFT JOIN item_embeddings AS stored ON stored.item_id = items.id
    AND stored.space_id = (SELECT id FROM embedding_spaces WHERE active)
"""

_MODEL = """
SELECT id, interactions, profiles, items, built_at FROM collaborative_models WHERE active
"""

_FAILURES = """
SELECT job, count(*) FILTER (WHERE next_try_at <= %(now)s) AS due,
    count(*) FILTER (WHERE next_try_at > %(now)s) AS later,
    count(*) FILTER (WHERE next_try_at IS NULL) AS given_up
FROM job_failures GROUP BY job ORDER BY job
"""

_VERSION = "SELECT catalogue_version FROM service_state"


@dataclass(frozen=True, slots=True)
class SpaceState:
    """An embedding space, as it is now."""

    id: int
    model: str
    version: str
    template: str
    dimension: int
    active: bool
    created_at: datetime
    built_at: datetime | None  # when it last became the active one
    vectors: int
    text_hash: str | None  # of all texts, in hexadecimal; None until it was active
    hnsw: HnswState
    hnsw_bytes: int


@dataclass(frozen=True, slots=True)
class TitleCounts:
    """Titles that may be recommended, by media type, and others by what became of them."""

    movie: int
    tv: int
    retired: int
    with_vector: int  # not retired, in the active space
    to_fetch: int  # known to TMDB's job, not stored yet
    to_read_anew: int  # stored, and asked of TMDB once more by its job


@dataclass(frozen=True, slots=True)
class ModelState:
    """The collaborative model in use, and what it was learned from."""

    id: int
    interactions: int
    profiles: int
    items: int
    built_at: datetime


@dataclass(frozen=True, slots=True)
class FailureCounts:
    """Titles on which a job failed, by when it tries them again."""

    job: str
    due: int
    later: int
    given_up: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """All of it."""

    catalogue_version: int
    spaces: list[SpaceState]
    titles: TitleCounts
    collaborative_model: ModelState | None
    failures: list[FailureCounts]


def read_spaces(database: Database) -> list[SpaceState]:
    """Every embedding space, the oldest first."""
    with database.pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(SpaceState))
        return cursor.execute(_SPACES).fetchall()


def read_index_state(database: Database, now: datetime) -> IndexState:
    """The counts of this moment; not of one snapshot, so a job at work may show between two."""
    spaces = read_spaces(database)
    with database.pool.connection() as connection:
        version = connection.cursor(row_factory=scalar_row).execute(_VERSION).fetchone()
        titles = connection.cursor(row_factory=class_row(TitleCounts)).execute(_TITLES).fetchone()
        model = connection.cursor(row_factory=class_row(ModelState)).execute(_MODEL).fetchone()
        failures = connection.cursor(row_factory=class_row(FailureCounts))
        failures.execute(_FAILURES, {"now": now})
        if version is None or titles is None:
            raise RuntimeError("service_state has no row; the first migration writes it")
        return IndexState(version, spaces, titles, model, failures.fetchall())
