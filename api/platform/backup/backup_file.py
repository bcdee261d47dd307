"""A backup as a file: its kind, its content, and the schema that it was made under."""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO

from api.platform import migrations
from api.platform.backup.programs import running
from api.platform.backup.sealed_file import MAGIC, PART_BYTES, unsealed
from api.platform.database import Database
from api.platform.errors import UnusableBackup

_DUMP = b"PGDMP"
_REVISION = re.compile(rb"^COPY public\.alembic_version .*\n(\S+)\n\\\.$", re.MULTILINE)
_FOREIGN = "The file is no backup of Seen'emAll."


def content_of(path: Path, passphrase: str | None) -> Iterator[bytes]:
    """What pg_dump printed, in parts.

    Raises UnusableBackup when the file cannot be opened, is foreign, sealed with another
    passphrase, or changed.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
            file.seek(0)
            if start == MAGIC and not passphrase:
                raise UnusableBackup("The backup is sealed; give its passphrase.")
            if start != MAGIC and not start.startswith(_DUMP):
                raise UnusableBackup(_FOREIGN)
            if start == MAGIC and passphrase:
                yield from unsealed(file, passphrase)
            else:
                yield from iter(partial(file.read, PART_BYTES), b"")
    except OSError as error:
        raise UnusableBackup(f"Cannot read {path}: {error.strerror}.") from error


def schema_of(database: Database, path: Path, passphrase: str | None) -> str:
    """The revision that the backup was made under, when all of the file has proved readable.

    Raises UnusableBackup as `content_of` does, and for a revision that this version does not know.
    """
    options = ("--data-only", "--table=alembic_version", "--file=-")
    with (
        running(database, "pg_restore", *options) as restore,
        fed(restore.input, content_of(path, passphrase)) as feeding,
    ):
        printed = restore.output.read()
        feeding.result()
        if restore.process.wait() != 0:
            raise UnusableBackup(
                "The backup is damaged or cut short, or of a newer Postgres than the pg_restore "
                f"that reads it: {restore.complaint()}."
            )
    found = _REVISION.search(printed)
    if found is None:
        raise UnusableBackup(_FOREIGN)
    revision = found[1].decode()
    if revision not in migrations.known_revisions():
        raise UnusableBackup(
            f"The backup is of a newer Seen'emAll (schema {revision}); upgrade first."
        )
    return revision


@contextmanager
def fed(target: IO[bytes], parts: Iterable[bytes]) -> Iterator[Future[None]]:
    """Writes the parts to `target` beside the block; the future raises what reading them raised."""
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_feed, target, parts)


def _feed(target: IO[bytes], parts: Iterable[bytes]) -> None:
    wants_more = True
    try:
        for part in parts:  # to the end, which proves the file whole
            try:
                if wants_more:
                    target.write(part)
            except BrokenPipeError:
                wants_more = False
    finally:
        _close(target)


def _close(target: IO[bytes]) -> None:
    with suppress(BrokenPipeError):  # the reader left before the last bytes
        target.close()
