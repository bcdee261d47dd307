"""Building and dropping the index of a space while others read and write."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from api.catalogue.embeddings.embedding_spaces import Space
from api.catalogue.embeddings.space_index import build_index, drop_index
from api.catalogue.index.index_state import read_spaces
from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable
from config.settings import PROJECT_ROOT
from tests.builders import add_items
from tests.doubles.spaces import fill_space

_TRIES = 100_000  # each asks the database, so they end within a minute
_BUILDERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'CREATE INDEX%%' AND state = 'active'
      AND wait_event_type = 'Lock'
"""


@pytest.fixture
def space(database: Database) -> Space:
    """A space with three vectors."""
    return fill_space(database, add_items(database, 3))


@contextmanager
def old_writer(database: Database) -> Iterator[None]:
    """A transaction that wrote vectors and stays open: a concurrent build has to wait for it."""
    with database.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE item_embeddings SET text_hash = text_hash")
        yield


def build(database: Database, space: Space, **more: Any) -> None:
    build_index(database.engine, space_id=space.id, dimension=space.dimension, **more)


def hnsw(database: Database) -> list[str]:
    return [space.hnsw for space in read_spaces(database)]


def waiting_builders(database: Database) -> list[int]:
    with database.autocommit() as cursor:
        return [row[0] for row in cursor.execute(_BUILDERS).fetchall()]


def is_alive(database: Database, pid: int) -> bool:
    with database.autocommit() as cursor:
        cursor.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (pid,))
        return cursor.rowcount > 0


def until(is_so: Callable[[], bool]) -> None:
    assert any(is_so() for _ in range(_TRIES))


def test_builds_once_and_drops(database: Database, space: Space) -> None:
    assert hnsw(database) == ["none"]
    build(database, space)
    build(database, space)
    (state,) = read_spaces(database)
    assert (state.hnsw, state.vectors) == ("valid", 3)
    assert state.hnsw_bytes > 0
    drop_index(database.engine, space.id)
    drop_index(database.engine, space.id)
    assert hnsw(database) == ["none"]


def test_others_read_and_write_vectors_while_the_index_is_built(database: Database) -> None:
    *embedded, late = add_items(database, 4)
    space = fill_space(database, embedded)
    with ThreadPoolExecutor(1) as pool:
        with old_writer(database):
            building = pool.submit(build, database, space)
            until(lambda: bool(waiting_builders(database)))
            with database.transaction() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")  # or it would wait for the build
                cursor.execute("SELECT embedding FROM item_embeddings")
                cursor.execute(
                    "INSERT INTO item_embeddings (space_id, item_id, embedding, text_hash)"
                    " SELECT space_id, %s, embedding, text_hash FROM item_embeddings LIMIT 1",
                    (late,),
                )
            assert not building.done()
        building.result()
    with database.transaction() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"SELECT item_id FROM item_embeddings WHERE space_id = {space.id}"
            f" ORDER BY embedding::halfvec(8) <=> '[1,1,1,1,1,1,1,1]'::halfvec(8) LIMIT 9"
        )
        assert {row[0] for row in cursor.fetchall()} == {*embedded, late}


def test_a_transaction_that_never_ends_is_one_sentence(database: Database, space: Space) -> None:
    with (
        old_writer(database),
        pytest.raises(
            DatabaseUnavailable, match=r"for more than 0.05 s; end it \(pg_stat_activity"
        ),
    ):
        build(database, space, patience_seconds=0.05)


def test_what_a_stopped_build_left_is_built_again(database: Database, space: Space) -> None:
    with old_writer(database), pytest.raises(DatabaseUnavailable):
        build(database, space, patience_seconds=0.05)
    assert hnsw(database) == ["invalid"]
    build(database, space)
    assert hnsw(database) == ["valid"]


def test_the_server_process_of_a_killed_build_is_ended(database: Database, space: Space) -> None:
    program = (
        "from api.platform.database import Database; "
        "from api.catalogue.embeddings.space_index import build_index"
        f"; build_index(Database({database.libpq_url!r}).engine, "
        f"space_id={space.id}, dimension={space.dimension})"
    )
    with ThreadPoolExecutor(1) as pool:
        with old_writer(database):
            killed = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT_ROOT)
            until(lambda: bool(waiting_builders(database)))
            (orphan,) = waiting_builders(database)
            os.kill(killed.pid, signal.SIGKILL)
            assert killed.wait() == -signal.SIGKILL
            building = pool.submit(build, database, space)
            until(lambda: not is_alive(database, orphan))
        building.result()
    assert hnsw(database) == ["valid"]


def test_a_build_of_another_space_is_left_alone(database: Database, space: Space) -> None:
    twelfth = Space(id=space.id * 10 + 2, dimension=space.dimension, active=False)
    with ThreadPoolExecutor(1) as pool:
        with old_writer(database):
            building = pool.submit(build, database, twelfth)
            until(lambda: bool(waiting_builders(database)))
            other = waiting_builders(database)
            with pytest.raises(DatabaseUnavailable):
                build(database, space, patience_seconds=0.05)
            assert waiting_builders(database) == other
        building.result()
