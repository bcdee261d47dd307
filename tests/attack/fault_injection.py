"""Faults that a running service is put under: locks, ended connections, disks, clocks, its model.

Disks are mounts of their own, which takes root; a clock that jumps, for the service and for
Postgres, takes a C compiler.
"""

import errno
import json
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from api.platform.database import open_database
from config.settings import Settings
from tests.attack.target import SEENEMALL, Target

LASTS_SECONDS = 20.0  # longer than the patience of a statement
_PATH = "/user/history?user_id=bystander"
_WORDS = "/recommend?user_id=bystander&query=a+heist+that+goes+wrong&limit=5"
_PATIENCE_SECONDS = 60.0
_DISK_MEGABYTES = 400  # a new database has some 80
_DAYS_OFF = (1, -1, 400, 0)
_CLOCK_SOURCE = Path(__file__).parent / "jumping_clock.c"


class CannotBeTried(Exception):
    """What this machine or user lacks for a fault."""


@contextmanager
def _nothing(_: Path) -> Iterator[Mapping[str, str]]:
    yield {}


@dataclass(frozen=True)
class Fault:
    """One fault: what it does to a service, and what clients may see of it meanwhile."""

    # Lasts while it is entered, and is over when the block is left.
    lasting: Callable[[Target], AbstractContextManager[None]]
    # Around the service's whole life, on its empty folder: settings to start it with.
    prepared: Callable[[Path], AbstractContextManager[Mapping[str, str]]] = _nothing
    path: str = _PATH  # what readers ask for
    answers: frozenset[int] = frozenset({200, 503})
    is_over: Callable[[Target], bool] = lambda found: found.status_of(_PATH) == 200


@contextmanager
def _locked_tables(found: Target) -> Iterator[None]:
    """Somebody holds what every request about a viewer reads."""
    with _connected(found) as connection, connection.transaction():
        connection.execute("LOCK TABLE profiles, interactions, slates IN ACCESS EXCLUSIVE MODE")
        time.sleep(LASTS_SECONDS)
        yield


@contextmanager
def _ended_connections(found: Target) -> Iterator[None]:
    """Somebody ends every connection of the service, twice a second."""
    with _connected(found) as connection:
        ends = time.monotonic() + LASTS_SECONDS
        while time.monotonic() < ends:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            time.sleep(0.5)
        yield


@contextmanager
def _connected(found: Target) -> Iterator[psycopg.Connection]:
    with (
        closing(open_database(Settings.load({"DATA_DIR": found.data_dir}))) as database,
        psycopg.connect(database.libpq_url, autocommit=True) as connection,
    ):
        yield connection


@contextmanager
def own_disk(folder: Path, *, megabytes: int = _DISK_MEGABYTES) -> Iterator[Mapping[str, str]]:
    """A disk of this size where the folder is; raises CannotBeTried for who may not mount one."""
    mount = shutil.which("mount")
    size = f"size={megabytes}m"
    if mount is None or _run(mount, "-t", "tmpfs", "-o", size, "tmpfs", str(folder)):
        raise CannotBeTried("this user may not mount a disk")
    try:
        yield {}
    finally:
        _run("umount", "--lazy", str(folder))


@contextmanager
def _full_disk(found: Target) -> Iterator[None]:
    """Not a byte is left; what the server frees by itself is taken too."""
    ballast = found.data_dir / "ballast"
    ends = time.monotonic() + LASTS_SECONDS
    with ballast.open("wb", buffering=0) as file:
        while time.monotonic() < ends:
            try:
                while True:
                    file.write(bytes(65_536))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
            time.sleep(0.05)
    yield
    ballast.unlink()


@contextmanager
def _read_only_disk(found: Target) -> Iterator[None]:
    """The disk comes back read-only beneath a server that died, as after a failure of it."""
    options = ("mount", "-o", "remount,ro", str(found.data_dir))
    ends = time.monotonic() + _PATIENCE_SECONDS
    while _run(*options):  # refused for as long as anybody holds a file that they write
        if time.monotonic() > ends:
            raise CannotBeTried("the disk was in use all the time")
        with suppress(psutil.Error):
            if postmaster := found.postmaster():
                postmaster.kill()
    time.sleep(LASTS_SECONDS)
    yield
    _run("mount", "-o", "remount,rw", str(found.data_dir))


@contextmanager
def _told_the_time(folder: Path) -> Iterator[Mapping[str, str]]:
    """A wall clock that is off by what a file says; what measures durations is left alone."""
    library = folder / "jumping_clock.so"
    compiler = shutil.which("cc")
    options = ("-shared", "-fPIC", "-O2", "-o", str(library), str(_CLOCK_SOURCE))
    if compiler is None or _run(compiler, *options):
        raise CannotBeTried("there is no C compiler, `cc`, that makes a library")
    _set_clock(folder, 0)
    yield {"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(folder / "clock")}


@contextmanager
def _jumping_clock(found: Target) -> Iterator[None]:
    """A day ahead, two days back, a year ahead, and right again."""
    for days in _DAYS_OFF:
        _set_clock(found.data_dir, days)
        time.sleep(LASTS_SECONDS / len(_DAYS_OFF))
    yield


def _set_clock(folder: Path, days: int) -> None:
    path = folder / "clock"
    path.touch()
    with path.open("r+b") as file:  # mapped by every process: the same file throughout
        file.write(struct.pack("=q", days * 86_400))


@contextmanager
def _sample(folder: Path) -> Iterator[Mapping[str, str]]:
    """Titles with vectors, and nothing that could make a vector of words."""
    for job in ("sample", "embed"):
        _job(folder, job)
    shutil.rmtree(folder / "models")
    yield {}


@contextmanager
def _missing_model(found: Target) -> Iterator[None]:
    time.sleep(LASTS_SECONDS)
    yield
    _job(found.data_dir, "graph")


def _is_whole(found: Target) -> bool:
    """Whether a list in words is made with all that it can be made with."""
    with closing(found.connect()) as connection:
        connection.request("GET", _WORDS)
        return "degraded" not in json.loads(connection.getresponse().read())


def _job(folder: Path, job: str) -> None:
    environment = {**os.environ, "DATA_DIR": str(folder)}
    subprocess.run([*SEENEMALL, "job", job], env=environment, check=True, capture_output=True)


def _run(*command: str) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode


FAULTS: Mapping[str, Fault] = {
    "locked tables": Fault(_locked_tables),
    "ended connections": Fault(_ended_connections),
    "full disk": Fault(_full_disk, own_disk),
    "read-only disk": Fault(_read_only_disk, own_disk),
    "jumping clock": Fault(_jumping_clock, _told_the_time, answers=frozenset({200})),
    "missing model": Fault(
        _missing_model, _sample, path=_WORDS, answers=frozenset({200}), is_over=_is_whole
    ),
}
