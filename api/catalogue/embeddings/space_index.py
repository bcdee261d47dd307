"""The HNSW index of an embedding space: built and dropped without stopping readers or writers.

Both statements run outside a transaction and wait for transactions older than themselves, so they
have a separate connection, whose settings end with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from api.platform.errors import DatabaseUnavailable

_MEMORY = "512MB"  # 350,000 vectors of 384 halves and their graph fit; more take much longer
_WORKERS = 2
_PATIENCE_SECONDS = 600
_END_WITHIN_MS = 10_000

_IS_VALID = text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")

# A killed run leaves its server process building on: it would hold the table's lock against the
# next build, and finish an index that is no longer waited for.
_END_ORPHANS = text(
    """
    SELECT pg_terminate_backend(pid, :patience) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'active'
      AND pid <> pg_backend_pid() AND starts_with(query, :statement)
    """
)


def index_name(space_id: int) -> str:
    """The name under which migrations leave it alone and index_state.py finds it."""
    return f"hnsw_space_{space_id:d}"


def build_index(
    engine: Engine, *, space_id: int, dimension: int, patience_seconds: float = _PATIENCE_SECONDS
) -> None:
    """Builds the index of a space unless it is there and whole.

    The caller holds the lock of the job `embed`, so whatever else builds this index belongs to a
    run that was killed: it is ended, and what it left is dropped. Raises DatabaseUnavailable when
    another transaction stays open for longer than `patience_seconds`.
    """
    name = index_name(space_id)
    create = f"CREATE INDEX CONCURRENTLY {name} ON item_embeddings "
    with _alone(engine, patience_seconds) as connection:
        connection.execute(_END_ORPHANS, {"patience": _END_WITHIN_MS, "statement": create})
        is_valid = connection.execute(_IS_VALID, {"name": name}).scalar_one_or_none()
        if is_valid:
            return
        if is_valid is not None:
            connection.exec_driver_sql(f"DROP INDEX CONCURRENTLY {name}")
        connection.exec_driver_sql(
            f"{create} USING hnsw ((embedding::halfvec({dimension:d})) halfvec_cosine_ops) "
            f"WITH (m = 16, ef_construction = 100) WHERE space_id = {space_id:d}"
        )


def drop_index(engine: Engine, space_id: int) -> None:
    """Drops the index of a space, whole or not. Raises DatabaseUnavailable as build_index does."""
    with _alone(engine, _PATIENCE_SECONDS) as connection:
        connection.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {index_name(space_id)}")


@contextmanager
def _alone(engine: Engine, patience_seconds: float) -> Iterator[Connection]:
    """An autocommit connection that is closed, not pooled, at the end."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        for setting in (
            "statement_timeout = 0",
            f"lock_timeout = {round(patience_seconds * 1000):d}",
            f"maintenance_work_mem = '{_MEMORY}'",
            f"max_parallel_maintenance_workers = {_WORKERS}",
        ):
            connection.exec_driver_sql(f"SET {setting}")
        try:
            yield connection
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            raise DatabaseUnavailable(
                "The vectors' index had to wait for another transaction for more than "
                f"{patience_seconds:g} s; end it (pg_stat_activity shows it) and run this again."
            ) from error
