"""Postgres's own programs: which to run, and what they are told without the password in sight."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.platform.database import Database
from api.platform.errors import ConfigurationError

_CONNECT_TIMEOUT_SECONDS = "10"
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs: its process, and what it has to say for itself."""

    process: subprocess.Popen[bytes]
    complaints: IO[bytes]

    @property
    def output(self) -> IO[bytes]:
        """What it prints."""
        assert self.process.stdout is not None  # noqa: S101 - every program here has a pipe
        return self.process.stdout

    @property
    def input(self) -> IO[bytes]:
        """What it reads."""
        assert self.process.stdin is not None  # noqa: S101 - every program here has a pipe
        return self.process.stdin

    def complaint(self) -> str:
        """The first line that it wrote to stderr."""
        self.complaints.seek(0)
        lines = self.complaints.read().decode(errors="replace").strip().splitlines()
        return lines[0][:_LONGEST_REASON] if lines else f"status {self.process.poll()}"


@contextmanager
def running(database: Database, name: str, *options: str) -> Iterator[Program]:
    """Runs one of Postgres's programs until the block ends, which kills what still runs.

    Raises ConfigurationError when there is no such program.
    """
    environment = os.environ | _secrets(database) | {"PGCONNECT_TIMEOUT": _CONNECT_TIMEOUT_SECONDS}
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - a program of Postgres, options of ours
            [_path_of(database, name), *options],
            stdin=pipe,
            stdout=pipe,
            stderr=complaints,
            env=environment,
        ) as process,
    ):
        try:
            yield Program(process, complaints)
        finally:
            if process.poll() is None:
                process.kill()
            _close_input(process)


def address(database: Database) -> str:
    """The option that names the database, without its password, which everybody could see."""
    parts = conninfo_to_dict(database.libpq_url)
    parts.pop("password", None)
    return f"--dbname={make_conninfo('', **parts)}"


def _secrets(database: Database) -> dict[str, str]:
    password = conninfo_to_dict(database.libpq_url).get("password")
    return {"PGPASSWORD": str(password)} if password else {}


def _path_of(database: Database, name: str) -> str:
    folder = database.own_programs
    found = shutil.which(name, path=str(folder) if folder else None)
    if found is None:
        raise ConfigurationError(
            f"{name} is not on PATH; install the client programs of the database's version."
        )
    return found


def _close_input(process: subprocess.Popen[bytes]) -> None:
    try:
        assert process.stdin is not None  # noqa: S101 - every program here has a pipe
        process.stdin.close()
    except BrokenPipeError:
        pass  # it did not wait for the rest
