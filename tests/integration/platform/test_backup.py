"""A backup brings everything back, and what is no whole backup of ours changes nothing."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect

from api.platform import migrations
from api.platform.backup.dump import back_up
from api.platform.backup.restore import restore
from api.platform.backup.sealed_file import PART_BYTES, sealed, unsealed
from api.platform.database import Database, open_database
from api.platform.errors import ConfigurationError, DatabaseUnavailable, UnusableBackup
from api.platform.tables import metadata
from config.settings import Settings
from tests.builders import add_event, add_item, add_profile, add_slate

_PASSPHRASE = "a lantern in the window"


@pytest.fixture(scope="module")
def embedded() -> Iterator[Database]:
    """A real embedded database, as DATA_DIR has it: its programs are those that fit it."""
    folder = Path(tempfile.mkdtemp(prefix="seenemall-backup-"))
    with closing(open_database(Settings.load({"DATA_DIR": folder}))) as database:
        yield database
    shutil.rmtree(folder)


@pytest.fixture
def lived_in(embedded: Database) -> Database:
    """That database with a little in it, at head."""
    migrations.downgrade(embedded, "base")
    migrations.upgrade(embedded)
    item = add_item(embedded, "The Lantern Keeper", tmdb_id=1)
    add_event(embedded, add_profile(embedded, "dana", "kids"), item, "liked")
    add_slate(embedded, "dana")
    return embedded


def _content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with psycopg.connect(database.libpq_url) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in sorted(metadata.tables)
        }


@pytest.mark.parametrize("passphrase", [None, _PASSPHRASE])
def test_a_backup_brings_every_row_back(
    lived_in: Database, tmp_path: Path, passphrase: str | None
) -> None:
    file = tmp_path / "kept.backup"
    before = _content(lived_in)
    assert back_up(lived_in, file, passphrase) == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["kept.backup"]
    assert file.read_bytes().startswith(b"SEENEMALL-SEALED-1" if passphrase else b"PGDMP")
    add_profile(lived_in, "later")
    restore(lived_in, file, passphrase, replace=True)
    assert _content(lived_in) == before
    migrations.check(lived_in)


def test_a_database_without_a_schema_is_filled_and_an_older_one_brought_to_head(
    lived_in: Database, tmp_path: Path
) -> None:
    migrations.downgrade(lived_in, "0013")
    back_up(lived_in, tmp_path / "old.backup", None)
    migrations.downgrade(lived_in, "base")
    assert restore(lived_in, tmp_path / "old.backup", None, replace=False) == "0013"
    assert migrations.is_at_head(lived_in)
    assert [row[1] for row in _content(lived_in)["profiles"]] == ["dana"]


def test_data_is_not_replaced_unless_told(lived_in: Database, tmp_path: Path) -> None:
    back_up(lived_in, tmp_path / "one.backup", None)
    add_profile(lived_in, "later")
    before = _content(lived_in)
    with pytest.raises(DatabaseUnavailable, match=r"holds data .*--replace"):
        restore(lived_in, tmp_path / "one.backup", None, replace=False)
    assert _content(lived_in) == before


def test_a_database_in_use_is_left_alone(lived_in: Database, tmp_path: Path) -> None:
    back_up(lived_in, tmp_path / "one.backup", None)
    with (
        psycopg.connect(lived_in.libpq_url),
        pytest.raises(DatabaseUnavailable, match=r"connected to the database \(1\)"),
    ):
        restore(lived_in, tmp_path / "one.backup", None, replace=True)


def _cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _cut_at_a_part(content: bytes) -> bytes:
    return content[:-1]


def _flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("passphrase", "opened_with", "change", "sentence"),
    [
        (_PASSPHRASE, "another one", bytes, "not the one of this backup"),
        (_PASSPHRASE, None, bytes, "give its passphrase"),
        (_PASSPHRASE, _PASSPHRASE, _cut, "damaged or cut short"),
        (_PASSPHRASE, _PASSPHRASE, _cut_at_a_part, "damaged or cut short"),
        (_PASSPHRASE, _PASSPHRASE, _flip, "damaged or cut short"),
        (None, None, _cut, "damaged or cut short"),
        (None, None, lambda _: b"PGDMP and no more", "damaged or cut short"),
        (None, None, lambda _: b"", "no backup of Seen'emAll"),
        (None, None, lambda _: b"PK\x03\x04 an archive", "no backup of Seen'emAll"),
    ],
)
def test_what_is_no_whole_backup_changes_nothing(
    lived_in: Database,
    tmp_path: Path,
    passphrase: str | None,
    opened_with: str | None,
    change: Callable[[bytes], bytes],
    sentence: str,
) -> None:
    file = tmp_path / "changed.backup"
    back_up(lived_in, file, passphrase)
    file.write_bytes(change(file.read_bytes()))
    before = _content(lived_in)
    with pytest.raises(UnusableBackup, match=sentence) as refused:
        restore(lived_in, file, opened_with, replace=True)
    assert "\n" not in str(refused.value)
    assert _content(lived_in) == before


def test_a_failure_on_the_way_undoes_all_of_it(lived_in: Database, tmp_path: Path) -> None:
    with psycopg.connect(lived_in.libpq_url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA theirs")
        connection.execute("CREATE TABLE theirs.notes AS SELECT 1 AS note")
    try:
        back_up(lived_in, tmp_path / "one.backup", None)
        before = _content(lived_in)
        # Theirs is in the file and still in the database, which only psql finds out.
        with pytest.raises(DatabaseUnavailable, match=r"Nothing was restored: .*theirs"):
            restore(lived_in, tmp_path / "one.backup", None, replace=True)
        assert _content(lived_in) == before
    finally:
        with psycopg.connect(lived_in.libpq_url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA theirs CASCADE")


def test_a_backup_of_a_newer_version_is_refused(lived_in: Database, tmp_path: Path) -> None:
    with psycopg.connect(lived_in.libpq_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        back_up(lived_in, tmp_path / "newer.backup", None)
        connection.execute("DELETE FROM alembic_version")
        connection.execute(
            "INSERT INTO alembic_version VALUES (%s)", (migrations.newest_revision(),)
        )
    with pytest.raises(UnusableBackup, match="newer Seen'emAll \\(schema 9999\\)"):
        restore(lived_in, tmp_path / "newer.backup", None, replace=True)
    assert "profiles" in inspect(lived_in.engine).get_table_names()


def test_a_file_that_is_there_is_not_overwritten(lived_in: Database, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("a diary")
    with pytest.raises(ConfigurationError, match="exists already"):
        back_up(lived_in, file, None)
    with pytest.raises(ConfigurationError, match="Cannot write"):
        back_up(lived_in, tmp_path / "nowhere" / "file", None)
    assert file.read_text() == "a diary"


def test_parts_cannot_be_left_out_or_swapped() -> None:
    head, *parts = sealed([b"a" * PART_BYTES, b"b" * PART_BYTES, b"c"], _PASSPHRASE)
    whole = b"".join(unsealed(BytesIO(head + b"".join(parts)), _PASSPHRASE))
    assert whole == b"a" * PART_BYTES + b"b" * PART_BYTES + b"c"
    first, second, last = parts
    for broken in (
        [second, first, last],
        [first, last],
        [first, second],
        [first, second, last[:-1]],
    ):
        with pytest.raises(UnusableBackup, match="damaged or cut short"):
            list(unsealed(BytesIO(head + b"".join(broken)), _PASSPHRASE))
