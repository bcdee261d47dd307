"""`seenemall connections`: says which sources are asked for whom."""

import pytest
from typer.testing import CliRunner

from api.platform.database import Database
from api.platform.errors import ConfigurationError, InvalidInput, NotFound
from api.viewers.connections.connections import Connections
from api.viewers.events import ProfileKey
from etl.commands import connections, job


@pytest.fixture(autouse=True)
def _on_this_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(connections.app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def _set_up(monkeypatch: pytest.MonkeyPatch, source: str, key: str) -> None:
    monkeypatch.setenv(f"{source}_URL", "http://127.0.0.1:7878")
    monkeypatch.setenv(f"{source}_{key}", "0123456789abcdef")


def test_a_connection_is_made_listed_and_removed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_up(monkeypatch, "RADARR", "API_KEY")
    assert "Connected" in _run("add", "radarr", "--user", "dana")
    (made,) = Connections(database).all()
    assert (made.source, made.user_id, made.sealed_tokens) == ("radarr", "dana", None)
    assert "never" in _run("list")
    assert _run("remove", str(made.id)).startswith("Removed")
    assert Connections(database).all() == []


def test_what_cannot_be_connected_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput, match="no source 'vlc'"):
        _run("add", "vlc", "--user", "dana")
    with pytest.raises(InvalidInput, match="its operator sets PLEX_URL and PLEX_TOKEN"):
        _run("add", "plex", "--user", "dana", "--account", "Dana")
    _set_up(monkeypatch, "PLEX", "TOKEN")
    with pytest.raises(InvalidInput, match="account: must be the account there, as plex shows it"):
        _run("add", "plex", "--user", "dana")
    with pytest.raises(ConfigurationError, match="TRAKT_CLIENT_ID"):
        _run("add", "trakt", "--user", "dana")
    with pytest.raises(NotFound):
        _run("remove", "7")


def test_the_job_asks_what_is_connected_by_its_command(database: Database) -> None:
    result = CliRunner().invoke(job.app, ["sync"])
    assert result.exit_code == 1
    assert "Nothing is connected" in result.output
    Connections(database).add(ProfileKey("dana"), "radarr", account=None, sealed_tokens=None)
    asked = CliRunner().invoke(job.app, ["sync", "--source", "radarr"])
    assert asked.exit_code == 1
    assert "RADARR_URL" in " ".join(asked.output.split())
