"""A snapshot in the database reaches the folder of each machine whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import numpy as np
import psycopg
import pytest

from api.catalogue.published import snapshot_store
from api.catalogue.published.snapshot_file import UnusableSnapshot, digest_of, write_snapshot
from api.catalogue.published.snapshot_store import (
    Published,
    newest_snapshot,
    opened_here,
    store_snapshot,
)
from api.platform.database import Database

# Somebody has waited for the table for longer than a statement of a request may take.
_WAITED_LONG = """
SELECT 1 FROM pg_locks WHERE relation = 'catalogue_snapshot_parts'::regclass AND NOT granted
    AND waitstart < clock_timestamp() - interval '150 ms'
"""

# Stores and fetches one snapshot after the other until it is killed.
_FOR_EVER = """
import sys
from pathlib import Path
import numpy as np
from api.catalogue.published.snapshot_file import write_snapshot
from api.catalogue.published.snapshot_store import newest_snapshot, opened_here, store_snapshot
from api.platform.database import Database
url, folder = sys.argv[1], Path(sys.argv[2])
database = Database(url)
database.open_pool()
version = 1000
print("begun", flush=True)
while True:
    version += 1
    digest = write_snapshot(folder / "built", {"ids": np.full(2_000_000, version, np.int32)})
    store_snapshot(
        database, folder / "built", version=version, digest=digest, seconds=1.0, folder=folder
    )
    opened_here(database, newest_snapshot(database), folder)
    opened_here(database, newest_snapshot(database), folder / "machine")
"""


def publish_ids(database: Database, folder: Path, version: int) -> Published:
    """A snapshot of more than one part, whose ids tell its version."""
    ids = np.full(2_000_000, version, dtype=np.int32)
    digest = write_snapshot(folder / "built", {"ids": ids})
    stored = store_snapshot(
        database, folder / "built", version=version, digest=digest, seconds=1.0, folder=folder
    )
    newest = newest_snapshot(database)
    assert newest == stored
    assert (newest.version, newest.digest) == (version, digest)
    return newest


def snapshots_in(folder: Path) -> list[str]:
    """Names of files but for the lock and the note of which is whole."""
    names = {path.name for path in folder.iterdir()}
    return sorted(names - {"lock", "found-whole"})


def test_two_machines_get_the_same_snapshot(database: Database, tmp_path: Path) -> None:
    assert newest_snapshot(database) is None
    published = publish_ids(database, tmp_path, 7)
    for machine in ("one", "two"):
        assert (opened_here(database, published, tmp_path / machine)["ids"] == 7).all()


def test_a_fetch_may_take_longer_than_a_request(database: Database, tmp_path: Path) -> None:
    published = publish_ids(database, tmp_path, 7)
    hasty = Database(database.libpq_url, statement_timeout_ms=100)
    hasty.open_pool()
    with ThreadPoolExecutor(1) as beside:
        with database.transaction() as cursor:
            cursor.execute("LOCK TABLE catalogue_snapshot_parts")
            fetched = beside.submit(opened_here, hasty, published, tmp_path / "one")
            until = monotonic() + 30
            while not cursor.execute(_WAITED_LONG).fetchall():
                assert monotonic() < until
                assert not fetched.done()
        assert (fetched.result()["ids"] == 7).all()
    hasty.close()


def test_the_machine_that_published_fetches_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish_ids(database, tmp_path, 6)
    published = publish_ids(database, tmp_path, 7)
    kept = {path.name for path in tmp_path.glob("*.snapshot")}
    assert kept == {published.file_name}
    assert before.file_name not in kept

    def never(*_: object) -> None:
        raise AssertionError("what lies here was fetched or read again")

    monkeypatch.setattr(snapshot_store, "_fetch", never)
    monkeypatch.setattr(snapshot_store, "digest_of", never)
    assert (opened_here(database, published, tmp_path)["ids"] == 7).all()


def test_what_is_not_committed_leaves_no_file(database: Database, tmp_path: Path) -> None:
    published = publish_ids(database, tmp_path, 7)
    digest = write_snapshot(tmp_path / "built", {"ids": np.zeros(1, dtype=np.int32)})
    with database.autocommit() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$"
        )
        cursor.execute(
            "CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON catalogue_snapshots "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
    try:
        with pytest.raises(psycopg.Error, match="no room"):
            store_snapshot(
                database, tmp_path / "built", version=8, digest=digest, seconds=1, folder=tmp_path
            )
    finally:
        with database.autocommit() as cursor:
            cursor.execute("DROP FUNCTION refuse CASCADE")
    assert [path.name for path in tmp_path.glob("*.snapshot")] == [published.file_name]
    assert (opened_here(database, published, tmp_path)["ids"] == 7).all()


def test_a_damaged_file_is_fetched_again(database: Database, tmp_path: Path) -> None:
    published = publish_ids(database, tmp_path, 7)
    opened_here(database, published, tmp_path / "one")
    path = tmp_path / "one" / published.file_name
    whole = path.read_bytes()
    for damaged in (b"", b"something else", whole[:-1], bytes(len(whole))):
        path.unlink()
        path.write_bytes(damaged)
        assert (opened_here(database, published, tmp_path / "one")["ids"] == 7).all()
        assert path.read_bytes() == whole


def test_a_changed_byte_is_noticed_though_size_and_date_are_as_before(
    database: Database, tmp_path: Path
) -> None:
    published = publish_ids(database, tmp_path, 7)
    opened_here(database, published, tmp_path / "one")
    path = tmp_path / "one" / published.file_name
    whole, before = path.read_bytes(), path.stat()
    with path.open("r+b") as file:
        file.seek(len(whole) // 2)
        file.write(b"\xff")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (opened_here(database, published, tmp_path / "one")["ids"] == 7).all()
    assert path.read_bytes() == whole


def test_the_bytes_of_an_untouched_file_are_read_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, published, read = tmp_path / "one", publish_ids(database, tmp_path, 7), list[Path]()

    def counted(path: Path) -> str:
        read.append(path)
        return digest_of(path)

    monkeypatch.setattr(snapshot_store, "digest_of", counted)
    for _ in range(2):
        opened_here(database, published, folder)
    assert read == []  # its digest was taken as it came
    copied = tmp_path / "copied"
    shutil.copytree(folder, copied)
    for _ in range(2):
        opened_here(database, published, copied)
    assert read == [copied / published.file_name]


def test_the_next_replaces_the_one_before_while_it_is_mapped(
    database: Database, tmp_path: Path
) -> None:
    mapped = opened_here(database, publish_ids(database, tmp_path, 7), tmp_path / "one")
    (tmp_path / "one" / ".catalogue-1.left").touch()  # by a process that was killed
    second = publish_ids(database, tmp_path, 7)
    assert (opened_here(database, second, tmp_path / "one")["ids"] == 7).all()
    assert (mapped["ids"] == 7).all()
    assert snapshots_in(tmp_path / "one") == [second.file_name]


def test_one_that_the_database_has_not_whole_is_refused_and_leaves_nothing(
    database: Database, tmp_path: Path
) -> None:
    published = publish_ids(database, tmp_path, 7)
    for damage in (
        "UPDATE catalogue_snapshot_parts SET bytes = bytes || '\\x00' WHERE part = 0",
        "DELETE FROM catalogue_snapshot_parts WHERE part = 0",
        "DELETE FROM catalogue_snapshots",
    ):
        with database.autocommit() as cursor:
            assert cursor.execute(damage).rowcount == 1
        with pytest.raises(UnusableSnapshot, match="not whole in the database"):
            opened_here(database, published, tmp_path / "one")
        assert snapshots_in(tmp_path / "one") == []


def test_a_kill_at_any_moment_leaves_a_whole_snapshot(database: Database, tmp_path: Path) -> None:
    publish_ids(database, tmp_path, 7)
    moments = random.Random(13)
    for _ in range(3):
        code = (sys.executable, "-c", _FOR_EVER, database.libpq_url, str(tmp_path))
        with subprocess.Popen(code, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            try:
                process.wait(timeout=moments.uniform(0, 0.5))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            assert process.wait(timeout=10) == -signal.SIGKILL
        newest = newest_snapshot(database)
        assert newest is not None
        ids = opened_here(database, newest, tmp_path / "machine")["ids"]
        assert (ids == newest.version).all()
        assert len(ids) == 2_000_000
        assert snapshots_in(tmp_path / "machine") == [newest.file_name]
        assert (opened_here(database, newest, tmp_path)["ids"] == newest.version).all()
