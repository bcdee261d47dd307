"""Writing the database to one file: what pg_dump prints, sealed when there is a passphrase.

A logical copy has the rows that are there and nothing of those that were deleted.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from api.platform import migrations
from api.platform.backup.programs import Program, address, running
from api.platform.backup.sealed_file import PART_BYTES, sealed
from api.platform.database import Database
from api.platform.errors import ConfigurationError, DatabaseUnavailable

_OPTIONS = (
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    "--no-password",
    "--lock-wait-timeout=60s",
    # Made of the rest, and made again when a service misses it.
    "--exclude-table-data=catalogue_snapshot*",
)


def back_up(database: Database, path: Path, passphrase: str | None) -> int:
    """Writes `path`, readable by its owner alone and there only when it is whole; its bytes.

    Raises ConfigurationError when it exists or cannot be written, DatabaseUnavailable when there is
    nothing to write or pg_dump fails.
    """
    if path.exists():
        raise ConfigurationError(f"{path} exists already; name another file.")
    if migrations.current_revision(database) is None:
        raise DatabaseUnavailable("The database has no schema yet, so there is nothing to back up.")
    try:
        with (
            _whole_file(path) as file,
            running(database, "pg_dump", *_OPTIONS, address(database)) as dump,
        ):
            parts = iter(partial(dump.output.read, PART_BYTES), b"")
            file.writelines(sealed(parts, passphrase) if passphrase else parts)
            _refuse_failure(dump)
        return path.stat().st_size
    except OSError as error:
        raise ConfigurationError(
            f"Cannot write {path}: {error.strerror or type(error).__name__}."
        ) from error


def _refuse_failure(dump: Program) -> None:
    if dump.process.wait() != 0:
        raise DatabaseUnavailable(f"The database could not be read: {dump.complaint()}.")


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that gets its name when the block ends well, and is gone otherwise."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
