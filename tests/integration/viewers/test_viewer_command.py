"""`seenemall viewer` reads or asks where somebody is and which services they have."""

import io
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from api.commands.seenemall import app
from api.commands.viewer import set_up_viewer
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.viewers.events import ProfileKey
from tests.builders import add_item, add_offer, add_provider, rows_of

Run = Callable[..., str]
_SET = "SELECT user_id, profile, country, services FROM profiles"


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)
    monkeypatch.setenv("JUSTWATCH_COUNTRY", "DE")
    add_provider(database, "nfx", "Netflix")
    add_provider(database, "mbi", "MUBI")

    def run_one(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["viewer", *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run_one


def test_what_is_given_is_set_and_said(run: Run, database: Database) -> None:
    told = run("dana", "--country", "uk", "--services", "Netflix, mbi", "--profile", "kids")
    assert "dana: country GB; services: mbi, nfx." in told
    assert rows_of(database, _SET) == [("dana", "kids", "GB", ["mbi", "nfx"])]


def test_the_country_is_the_machines_where_nobody_is_asked(run: Run, database: Database) -> None:
    assert "dana: country DE; services: none named, so any." in run("dana")
    run("dana", "--services", "mubi")
    assert "country DE; services: mbi." in run("dana")
    assert rows_of(database, _SET) == [("dana", None, "DE", ["mbi"])]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(("--country", "Atlantis"), "ATLANTIS"), (("--services", "Sprocket"), "Sprocket")],
)
def test_what_is_unknown_is_named_and_nothing_is_set(
    run: Run, database: Database, arguments: tuple[str, str], named: str
) -> None:
    with pytest.raises(InvalidInput, match=named):
        run("dana", *arguments)
    assert rows_of(database, _SET) == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("run")
def test_at_a_terminal_it_asks(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_offer(database, add_item(database), "nfx", country="FR")
    monkeypatch.setattr("sys.stdin", _Terminal("FR\nnetflix\n"))
    set_up_viewer(ProfileKey("dana", None), country=None, services=None)
    told = capsys.readouterr()
    assert "dana: country FR; services: nfx." in told.out
    assert "In FR: Netflix" in told.err


@pytest.mark.parametrize("name", [".", "..", "a\nb", "x" * 201])
def test_who_could_not_be_reached_is_nobody(run: Run, database: Database, name: str) -> None:
    for arguments in ((name,), ("dana", "--profile", name)):
        with pytest.raises(InvalidInput, match="No user or profile can be called"):
            run(*arguments)
    assert rows_of(database, _SET) == []
