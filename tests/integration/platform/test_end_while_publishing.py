"""The service ends when it is told to, before it serves too, and what it publishes ends with it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psutil
import pytest

from api.catalogue.published.publish import FEWEST_TITLES
from api.platform.database import Database
from config.settings import PROJECT_ROOT
from tests.attack.target import SEENEMALL, free_port
from tests.benchmarks.servers import service
from tests.builders import add_items, announce_catalogue

_PATIENCE_SECONDS = 120  # until something has begun, on a machine that is busy with other tests
_ENDS_WITHIN_SECONDS = 15  # a second on a quiet one; what is stuck is so for 180 s at least
_IS_DUE = "UPDATE catalogue_snapshots SET seconds = 0"
_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@dataclass(frozen=True)
class Starting:
    """A service that has begun to start."""

    process: psutil.Popen
    folder: Path  # its DATA_DIR

    def publishers(self) -> list[psutil.Process]:
        return publishers_of(self.process)


@contextmanager
def starting(database: Database, folder: Path, **environment: str) -> Iterator[Starting]:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"DATABASE_URL": database.libpq_url, "DATA_DIR": str(folder), "PORT": str(free_port())}
    with (folder / "log").open("wb") as log:
        process = psutil.Popen(
            [*SEENEMALL, "serve"], env=clean | own | environment, cwd=PROJECT_ROOT, stderr=log
        )
    try:
        yield Starting(process, folder)
    finally:
        for one in [*process.children(recursive=True), process] if process.is_running() else []:
            one.kill()
        process.wait(_PATIENCE_SECONDS)


def publishers_of(process: psutil.Process) -> list[psutil.Process]:
    return [one for one in process.children(recursive=True) if "publish" in one.cmdline()]


@contextmanager
def nobody_reads_people(database: Database) -> Iterator[None]:
    """What reads the names of people waits within the block: everybody who publishes or starts."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE people")
        yield


def until(is_so: Callable[[], bool]) -> None:
    pause, ends = Event(), time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < ends
        pause.wait(0.05)


def unfinished(folder: Path) -> list[Path]:
    return list((folder / "catalogue").glob("publish-*"))


def waiting(database: Database) -> int:
    with database.autocommit() as cursor:
        row = cursor.execute(_WAITING).fetchone()
    return int(row[0]) if row else 0


def assert_end(processes: list[psutil.Process]) -> None:
    _, left = psutil.wait_procs(processes, timeout=_ENDS_WITHIN_SECONDS)
    assert left == []


@pytest.mark.parametrize(
    ("workers", "told"), [(1, signal.SIGTERM), (1, signal.SIGINT), (2, signal.SIGTERM)]
)
def test_a_service_that_publishes_before_it_serves_ends_when_it_is_told_to(
    database: Database, tmp_path: Path, workers: int, told: signal.Signals
) -> None:
    add_items(database, FEWEST_TITLES)
    with (
        nobody_reads_people(database),
        starting(database, tmp_path, WORKERS=str(workers)) as begun,
    ):
        until(lambda: len(begun.publishers()) == workers and unfinished(tmp_path) != [])
        processes = [begun.process, *begun.process.children(recursive=True)]
        begun.process.send_signal(told)
        assert_end(processes)
    assert unfinished(tmp_path) == []
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_service_that_reads_rows_before_it_serves_ends_when_it_is_told_to(
    database: Database, tmp_path: Path
) -> None:
    add_items(database, 1)
    with nobody_reads_people(database), starting(database, tmp_path) as begun:
        until(lambda: waiting(database) > 0)
        begun.process.terminate()
        assert_end([begun.process])
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_what_a_killed_service_publishes_ends_with_it(database: Database, tmp_path: Path) -> None:
    add_items(database, FEWEST_TITLES)
    with nobody_reads_people(database), starting(database, tmp_path) as begun:
        until(lambda: unfinished(tmp_path) != [])
        publishers = begun.publishers()
        begun.process.kill()
        assert_end(publishers)
    assert unfinished(tmp_path) == []


def test_what_is_published_beside_the_requests_ends_with_the_service(
    database: Database, data_dir: Path, tmp_path: Path
) -> None:
    add_items(database, FEWEST_TITLES)
    environment = {"DATABASE_URL": database.libpq_url, "DATA_DIR": str(tmp_path)}
    with service(environment, ready="/healthz") as server:
        with database.autocommit() as cursor:
            cursor.execute(_IS_DUE)
        announce_catalogue(database)
        with nobody_reads_people(database):
            server.request("/search?q=film")
            until(lambda: unfinished(tmp_path) != [])
            publishers = publishers_of(server.process)
            server.process.terminate()
            assert_end([server.process, *publishers])
    assert unfinished(tmp_path) == []


def test_publishing_by_hand_does_not_end_with_its_input(database: Database, tmp_path: Path) -> None:
    add_items(database, FEWEST_TITLES)
    done = subprocess.run(
        [*SEENEMALL, "publish"],
        env=os.environ | {"DATABASE_URL": database.libpq_url, "DATA_DIR": str(tmp_path)},
        cwd=PROJECT_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout[:17]) == (0, "Published version"), done.stderr
