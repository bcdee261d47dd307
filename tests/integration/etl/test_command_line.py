"""The command line: one clear sentence for what is expected to go wrong, and an exit status."""

import json
import logging
import signal
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.models import CommandInfo

from api.commands.seenemall import main
from api.jobs.job_options import ACCEPTED_OPTIONS, JOB_NAMES, JobName
from api.platform import migrations
from api.platform.database import Database
from config.settings import Settings
from etl.commands.job import app
from etl.running.job import JobRun
from tests.doubles.job_site import runs
from tests.doubles.jobs import run
from tests.doubles.justwatch import JustWatchDouble
from tests.doubles.ratings import write_zip
from tests.doubles.titles import film, store
from tests.doubles.tmdb import KEY, TmdbDouble
from tests.tiny_bert import write_tiny_bert


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
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    *arguments: str,
    group: str = "job",
    **environment: str,
) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["seenemall", group, *arguments])
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


def test_weights_that_are_not_the_published_ones_are_one_sentence(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    model = write_tiny_bert(tmp_path / "all-MiniLM-L6-v2")
    status = call(
        monkeypatch, database, "embed", EMBED_MODEL=str(model), DATA_DIR=str(tmp_path / "data")
    )
    assert status == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert "are not the published ones" in line


def test_countries_of_the_command_line_reach_the_job(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with JustWatchDouble() as justwatch:
        chosen = ("--country", "GB", "--country", "IL", "--limit", "3", "--dry-run")
        environment = {"JUSTWATCH_URL": justwatch.url, "JUSTWATCH_RATE_PER_SECOND": "100"}
        assert call(monkeypatch, database, "justwatch", *chosen, **environment) == 0
        assert [one["country"] for one in justwatch.asked("Services")] == ["GB", "IL"]
        assert call(monkeypatch, database, "justwatch", "--country", "KP", **environment) == 1
    said = capfd.readouterr()
    assert said.out.startswith("justwatch: read 0, written 0,")
    assert said.err == "justwatch: JustWatch knows no country 'KP'; no offer was touched.\n"


def test_a_ratings_set_of_the_command_line_reaches_the_job(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    store(database, film(101), film(102))
    path = write_zip(tmp_path / "set.zip")
    assert call(monkeypatch, database, "neighbours", "--ratings", str(path)) == 0
    assert capfd.readouterr().out.startswith("neighbours: read 4, written 1,")
    assert call(monkeypatch, database, "neighbours", "--ratings", str(tmp_path / "none")) == 1
    assert capfd.readouterr().err.startswith(f"neighbours: There is no {tmp_path / 'none'}. A rat")


def test_json_is_all_there_is_on_stdout(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, database, "neighbours", "--json", "--dry-run") == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["job"], told["state"], told["read"]) == ("neighbours", "success", 0)
    assert told["notes"] == ["No profile with consent has an opinion to learn from."]
    assert call(monkeypatch, database, "tmdb", "--json") == 1
    said = capfd.readouterr()
    told = json.loads(said.out)
    assert (told["job"], told["state"]) == ("tmdb", "failure")
    assert told["error"].startswith("TMDB needs a key")
    assert said.err.startswith("tmdb: TMDB needs a key")


@pytest.mark.parametrize(
    ("arguments", "environment", "error"),
    [
        (("tmdb", "--since", "2999-01-01"), {}, "since: 2999-01-01 is in the future."),
        (("neighbours",), {"PORT": "none"}, "PORT: "),
        (("neighbours",), {"DATABASE_URL": "postgresql://127.0.0.1:1/none"}, "No connection to "),
    ],
)
def test_json_tells_of_a_job_that_cannot_begin(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    environment: dict[str, str],
    error: str,
) -> None:
    assert call(monkeypatch, database, *arguments, "--json", **environment) == 1
    said = capfd.readouterr()
    told = json.loads(said.out)
    assert (told["job"], told["state"]) == (arguments[0], "failure")
    assert told["error"].startswith(error)
    assert said.err.startswith(error)
    assert said.err.count("\n") == 1


def test_a_second_run_says_in_json_that_it_left(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def work(job: JobRun) -> None:
        assert call(monkeypatch, database, "neighbours", "--json") == 0

    assert run(database, work, job="neighbours").status == 0
    assert json.loads(capfd.readouterr().out) == {
        "job": "neighbours",
        "state": "revoked",
        "error": "Another run is at work; leaving it to that one.",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("neighbours", "--limit", "5"),
        ("embed", "--since", "2026-01-01"),
        ("tmdb", "--limit", "0"),
        ("tmdb", "--since", "yesterday"),
        ("justwatch", "--country", "ISR"),
        ("justwatch", "--country", "ZZ"),
        ("embed", "--item", "0"),
    ],
)
def test_an_option_that_does_not_fit_is_a_usage_error(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    assert call(monkeypatch, database, *arguments) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert arguments[1] in said.err


def test_a_refresh_does_what_its_settings_allow(
    database: Database,
    tmdb: TmdbDouble,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    data_dir: Path,
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    # Without offers, for which nothing stands in here.
    monkeypatch.setattr("etl.jobs.REFRESH_STEPS", ("tmdb", "embed", "neighbours", "map"))
    status = call(
        monkeypatch,
        database,
        "refresh",
        "--json",
        "--limit",
        "1",
        "--country",
        "il",
        TMDB_API_KEY=KEY,
        TMDB_BASE_URL=tmdb.api_url,
        TMDB_EXPORT_URL=tmdb.export_url,
        TMDB_RATE_PER_SECOND="1000",
        DATA_DIR=str(data_dir),
    )
    told = json.loads(capfd.readouterr().out)
    assert (status, told["state"]) == (0, "success")
    rows = {row.job: row for row in runs(database)}
    assert rows["refresh"].options == {"limit": 1, "countries": ["IL"]}
    assert rows["refresh"].percent == 100
    assert (rows["tmdb"].state, rows["tmdb"].options) == ("success", {"limit": 1})
    assert {rows[step].state for step in ("embed", "neighbours", "map")} == {"success"}


def test_a_database_without_the_schema_is_one_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    migrations.downgrade(database, "base")
    assert call(monkeypatch, database, "neighbours") == 1
    assert capfd.readouterr().err == (
        "The database of DATABASE_URL is not at the newest schema; run `make migrate`.\n"
    )


def test_the_sample_and_its_neighbours_are_two_commands(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, database, "sample") == 0
    assert call(monkeypatch, database, "neighbours") == 0
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM item_neighbours")).scalar_one() > 100


@pytest.mark.parametrize("job", JOB_NAMES)
def test_a_command_offers_what_its_job_takes(job: JobName) -> None:
    spelled = {"countries": "country", "items": "item"}
    (callback,) = (one.callback for one in app.registered_commands if _name(one) == job)
    assert callback is not None
    offered = set(signature(callback).parameters) - {"context"}
    assert offered == {spelled.get(name, name) for name in ACCEPTED_OPTIONS[job]} | {"as_json"}


def _name(command: CommandInfo) -> str:
    return command.name or (command.callback.__name__ if command.callback else "")
