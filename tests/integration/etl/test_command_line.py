"""The command line: one clear sentence for what is expected to go wrong, and an exit status."""

import logging
import signal
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from api.storage import migrations
from api.storage.database import Database
from config.settings import Settings
from etl.__main__ import main
from tests.doubles.tmdb import KEY, TmdbDouble


@pytest.fixture(autouse=True)
def process_as_before() -> Iterator[None]:
    """`main` sets up logging and signals of the whole process."""
    root, handler = logging.getLogger(), signal.getsignal(signal.SIGTERM)
    handlers, level = list(root.handlers), root.level
    yield
    signal.signal(signal.SIGTERM, handler)
    root.handlers[:] = handlers
    root.setLevel(level)


def call(
    monkeypatch: pytest.MonkeyPatch, database: Database, *arguments: str, **environment: str
) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["etl", *arguments])
    monkeypatch.setitem(Settings.model_config, "env_file", None)  # a developer's own keys
    for name in ("TMDB_API_KEY", "TMDB_BEARER_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def test_a_job_ends_with_its_status_and_a_summary(
    database: Database,
    tmdb: TmdbDouble,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    status = call(
        monkeypatch,
        database,
        "tmdb",
        TMDB_API_KEY=KEY,
        TMDB_BASE_URL=tmdb.api_url,
        TMDB_EXPORT_URL=tmdb.export_url,
        TMDB_RATE_PER_SECOND="1000",
    )
    said = capfd.readouterr()
    assert status == 0
    assert said.out.startswith("tmdb: read 1, written 1,")
    assert KEY not in said.out + said.err


def test_a_missing_key_is_one_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, database, "tmdb") == 1
    said = capfd.readouterr().err
    assert said.startswith("tmdb: TMDB needs a key: set TMDB_BEARER_TOKEN")
    assert said.count("\n") == 1


def test_a_database_without_the_schema_is_one_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    migrations.downgrade(database, "base")
    assert call(monkeypatch, database, "neighbours") == 1
    assert capfd.readouterr().err == (
        "The database is not at the newest schema; run make migrate.\n"
    )


def test_migrate_goes_down_and_up(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, database, "migrate", "--down", "base") == 0
    assert not migrations.is_at_head(database)
    assert call(monkeypatch, database, "migrate") == 0
    assert migrations.is_at_head(database)


def test_the_sample_and_its_neighbours_are_two_commands(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, database, "sample") == 0
    assert call(monkeypatch, database, "neighbours") == 0
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM item_neighbours")).scalar_one() > 1000
