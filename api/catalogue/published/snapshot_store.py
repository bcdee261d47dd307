"""Snapshots in the database, from where each machine fetches the newest into its own folder.

The machine that made one keeps it there: to fetch 99 MB takes two processors for half a second,
which requests would feel.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.catalogue.published.snapshot_file import (
    UnusableSnapshot,
    digest_of,
    open_snapshot,
    replacing,
)
from api.domain.arrays import Arrays
from api.platform.database import Database

# Of the arrays within. Raise it whenever an index changes what its arrays are called or hold:
# processes of another release neither open nor replace what this one publishes.
LAYOUT = 22

# Says which file was found whole, so that its bytes are read for that once and not at every start.
_FOUND_WHOLE = "found-whole"

_PART = 4 << 20  # bytes, so that neither side holds a whole snapshot

# Numbers are drawn under it: the snapshot that is committed last has the highest.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('seenemall-snapshot'))"
_ADD = """
INSERT INTO catalogue_snapshots (layout, version, digest, size, seconds)
VALUES (%s, %s, %s, %s, %s) RETURNING number, seconds, built_at
"""
_ADD_PART = "INSERT INTO catalogue_snapshot_parts (number, part, bytes) VALUES (%s, %s, %s)"
# Those of a release before this one, too; a later one's stay.
_FORGET_OLDER = "DELETE FROM catalogue_snapshots WHERE number < %s AND layout <= %s"

# Both by primary key; the table has a row or two.
_NEWEST = """
SELECT number, version, digest, size, seconds, built_at FROM catalogue_snapshots
WHERE layout = %s ORDER BY number DESC LIMIT 1
"""
_PARTS = "SELECT bytes FROM catalogue_snapshot_parts WHERE number = %s ORDER BY part"


@dataclass(frozen=True, slots=True)
class Published:
    """Which snapshot. The number grows with every publish, also of the same catalogue version."""

    number: int
    version: int  # of the catalogue
    digest: str  # sha256 of the file, hexadecimal
    size: int  # bytes
    seconds: float  # that making it took
    built_at: datetime

    @property
    def file_name(self) -> str:
        """The name of its file in any machine's folder."""
        return f"catalogue-{self.number}-{self.digest[:16]}.snapshot"


def store_snapshot(
    database: Database, path: Path, *, version: int, digest: str, seconds: float, folder: Path
) -> Published:
    """Puts a file in the database in one transaction, in place of all before it, and moves it to
    this machine's folder, on the same disk: no process here has to fetch it.

    It lies there before anybody learns of it. What is not committed leaves none.
    """
    left_here: Path | None = None
    try:
        with path.open("rb") as file, database.transaction() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
            size = os.fstat(file.fileno()).st_size
            added = cursor.execute(_ADD, (LAYOUT, version, digest, size, seconds)).fetchall()
            ((number, kept_seconds, built_at),) = added
            for part, piece in enumerate(iter(lambda: file.read(_PART), b"")):
                cursor.execute(_ADD_PART, (number, part, piece))
            cursor.execute(_FORGET_OLDER, (number, LAYOUT))
            published = Published(number, version, digest, size, kept_seconds, built_at)
            left_here = path.replace(folder / published.file_name)
            _note_whole(left_here, _change_of(left_here))
    except BaseException:
        if left_here is not None:
            left_here.unlink(missing_ok=True)
        raise
    with _alone_in(folder):
        _remove_others(folder, published)
    return published


def newest_snapshot(database: Database) -> Published | None:
    """The newest in the database that this release can read; None before the first."""
    with database.autocommit() as cursor:
        row = cursor.execute(_NEWEST, (LAYOUT,)).fetchone()
    return None if row is None else Published(*row)


def opened_here(
    database: Database, published: Published, folder: Path, *, read_whole: tuple[str, ...] = ()
) -> Arrays:
    """Its arrays, mapped from this machine's folder; fetched when the file there is not whole.

    Its digest is taken when it was written to, copied or moved since it was found whole (about a
    second for half a gigabyte), which a file's change time tells; it costs one `stat` otherwise.
    For `read_whole` see `open_snapshot`.

    Raises UnusableSnapshot when the database has not all of it, as when a newer one replaced it,
    and OSError when the disk is full; the folder then has no more than before.
    """
    path = folder / published.file_name
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        try:
            arrays = open_snapshot(path, size=published.size, read_whole=read_whole)
            _hold_whole(path, published)
        except UnusableSnapshot:
            _fetch(database, published, path)
            _note_whole(path, _change_of(path))
            arrays = open_snapshot(path, size=published.size, read_whole=read_whole)
        _remove_others(folder, published)
    return arrays


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One process of a machine at a time; the system lets go when a process is killed."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _hold_whole(path: Path, published: Published) -> None:
    # Taken before the bytes are read: what is written meanwhile makes it another.
    change = _change_of(path)
    try:
        if (path.parent / _FOUND_WHOLE).read_text(encoding="utf-8") == change:
            return
    except (FileNotFoundError, UnicodeDecodeError):
        pass
    if digest_of(path) != published.digest:
        raise UnusableSnapshot(f"{path.name} has other bytes than were published")
    _note_whole(path, change)


def _note_whole(path: Path, change: str) -> None:
    with suppress(OSError):  # a full disk: the next one reads the bytes
        (path.parent / _FOUND_WHOLE).write_text(change, encoding="utf-8")


def _change_of(path: Path) -> str:
    """What differs after any write to the file, though its size and its date are put back."""
    found = path.stat()
    return f"{path.name} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _fetch(database: Database, published: Published, path: Path) -> None:
    path.unlink(missing_ok=True)  # what is not whole only takes room
    digest = hashlib.sha256()
    # Two gigabytes of a million titles take more than a request's time.
    with replacing(path) as file, database.patiently() as cursor:
        # One statement sees one state, though a newer snapshot replaces this one meanwhile.
        for (piece,) in cursor.stream(_PARTS, (published.number,)):
            file.write(piece)
            digest.update(piece)
        if digest.hexdigest() != published.digest:
            raise UnusableSnapshot(f"snapshot {published.number} is not whole in the database")


def _remove_others(folder: Path, published: Published) -> None:
    # A process that still maps one keeps its pages until it lets go. Under the lock nobody writes,
    # so what begins with a dot was left by a kill.
    for path in folder.iterdir():
        is_left = path.name.startswith(".catalogue-")
        if is_left or (path.suffix == ".snapshot" and _number_in(path) < published.number):
            path.unlink(missing_ok=True)


def _number_in(path: Path) -> int:
    return int(path.name.split("-")[1])
