"""An embedded server that cannot start says why, in one sentence."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api.platform.embedded import EmbeddedPostgres
from api.platform.errors import DatabaseUnavailable


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's own user can reach, unlike those of pytest."""
    path = Path(tempfile.mkdtemp(prefix="seenemall-embedded-"))
    yield path
    shutil.rmtree(path)


def test_the_reason_is_the_servers_own(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    EmbeddedPostgres(folder).close()
    configuration = folder / "postgres" / "postgresql.conf"
    configuration.write_text(f"{configuration.read_text()}\nmax_connections = 'many'\n")
    with pytest.raises(DatabaseUnavailable) as refused:
        EmbeddedPostgres(folder)
    sentence = str(refused.value)
    assert "contains errors" in sentence
    assert "\n" not in sentence
    assert not caplog.records


def test_a_language_that_is_not_installed_does_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "xx_YY.UTF-8")
    monkeypatch.setenv("LC_ALL", "xx_YY.UTF-8")
    server = EmbeddedPostgres(folder)
    try:
        with psycopg.connect(server.url) as connection:
            row = connection.execute("SELECT lower('ÄÉ'), 'Z' < 'a'").fetchone()
    finally:
        server.close()
    assert row == ("äé", True)
    assert os.environ["LC_ALL"] == "xx_YY.UTF-8"


def test_of_two_handles_the_last_one_stops_the_server(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder), EmbeddedPostgres(folder)
    running = folder / "postgres" / "postmaster.pid"
    first.close()
    first.close()
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.close()
    assert not running.exists()


def test_a_killed_process_does_not_keep_the_server_running(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    running = folder / "postgres" / "postmaster.pid"
    assert running.exists()
    (folder / "postgres" / ".handle_pids.json").write_text(f"[999999999, {os.getpid()}]")
    server.close()
    assert not running.exists()
