"""An embedded server that dies is started again by whoever holds it."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import psutil
import psycopg
import pytest
from psycopg_pool import PoolTimeout

from api.platform.database import Database
from api.platform.embedded import EmbeddedPostgres
from api.platform.errors import DatabaseUnavailable

_PATIENCE_SECONDS = 30


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's own user can reach, unlike those of pytest."""
    path = Path(tempfile.mkdtemp(prefix="seenemall-keeper-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def embedded(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder)
    yield server
    server.close()


def _postmaster(folder: Path) -> psutil.Process:
    text = (folder / "postgres" / "postmaster.pid").read_text()
    return psutil.Process(int(text.splitlines()[0]))


def _until(holds: Callable[[], bool]) -> None:
    pause, ends = Event(), time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends
        pause.wait(0.01)


def test_a_killed_server_is_back_and_no_connection_of_before_is_handed_out(
    embedded: EmbeddedPostgres, folder: Path
) -> None:
    database = Database(embedded.url, pool_size=4, embedded=embedded)
    database.open_pool()
    # So many connections lie in the pool and die with the server.
    lent = [database.pool.getconn() for _ in range(4)]
    for connection in lent:
        database.pool.putconn(connection)
    killed = _postmaster(folder)
    killed.kill()
    # The keeper may not have noticed yet, nor the server's other processes.
    _until(lambda: embedded.problem is not None)
    _until(lambda: embedded.problem is None)
    for _ in range(20):
        with database.autocommit() as cursor:
            assert cursor.execute("SELECT 42").fetchone() == (42,)
    assert _postmaster(folder).pid != killed.pid
    database.pool.close()
    database.engine.dispose()


def test_while_it_cannot_start_it_says_why_and_then_it_starts(
    embedded: EmbeddedPostgres, folder: Path
) -> None:
    configuration = folder / "postgres" / "postgresql.conf"
    good = configuration.read_text()
    configuration.write_text(f"{good}\nmax_connections = 'many'\n")
    _postmaster(folder).kill()
    _until(lambda: "contains errors" in (embedded.problem or ""))
    assert embedded.is_failing
    configuration.write_text(good)
    _until(lambda: embedded.problem is None and not embedded.is_failing)
    with psycopg.connect(embedded.url) as connection:
        assert connection.execute("SELECT 42").fetchone() == (42,)


def test_nobody_waits_for_a_server_that_does_not_start(
    embedded: EmbeddedPostgres, folder: Path
) -> None:
    database = Database(embedded.url, pool_size=2, embedded=embedded)
    database.open_pool()
    configuration = folder / "postgres" / "postgresql.conf"
    good = configuration.read_text()
    configuration.write_text(f"{good}\nmax_connections = 'many'\n")
    _postmaster(folder).kill()
    _until(lambda: embedded.is_failing)
    with pytest.raises(PoolTimeout):
        database.takes_writes(timeout_seconds=3600)
    configuration.write_text(good)
    _until(lambda: embedded.problem is None)
    assert database.takes_writes(timeout_seconds=_PATIENCE_SECONDS)
    database.pool.close()
    database.engine.dispose()


def test_a_lock_file_of_another_program_is_no_server(folder: Path) -> None:
    EmbeddedPostgres(folder).close()
    stale = f"{psutil.Process().pid}\n{folder / 'postgres'}\n1\n5432\n\n\n\nready\n"
    (folder / "postgres" / "postmaster.pid").write_text(stale)
    server = EmbeddedPostgres(folder)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 42").fetchone() == (42,)
    server.close()


def test_the_copy_of_a_running_servers_folder_gets_a_server_of_its_own(
    embedded: EmbeddedPostgres, folder: Path
) -> None:
    copy = folder / "copy"
    EmbeddedPostgres(copy).close()
    shutil.copy(folder / "postgres" / "postmaster.pid", copy / "postgres")
    server = EmbeddedPostgres(copy)
    with psycopg.connect(server.url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row == (str(copy / "postgres"),)
    server.close()
    with psycopg.connect(embedded.url) as connection:
        assert connection.execute("SELECT 42").fetchone() == (42,)


def test_a_path_too_long_for_a_socket_is_refused(folder: Path) -> None:
    long = folder / ("x" * 100)
    with pytest.raises(DatabaseUnavailable, match="too long for a socket; set DATA_DIR"):
        EmbeddedPostgres(long)
    assert not long.exists()
