"""`seenemall hooks`: makes, lists and removes what media servers call."""

import pytest
from typer.testing import CliRunner

from api.access.hooks.hook_store import HookStore
from api.commands import hooks
from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound
from tests.builders import rows_of


@pytest.fixture(autouse=True)
def _on_this_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(hooks.app, arguments)
    if isinstance(result.exception, (InvalidInput, NotFound)):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_a_hook_is_made_listed_and_removed(database: Database) -> None:
    path = _run("create", "plex", "--user", "dana", "--account", "Dana", "--account", "TV=kids")
    token = path.split("token=")[1].split()[0]
    hook = HookStore(database).find(token)
    assert hook is not None
    assert hook.accounts == {"Dana": None, "TV": "kids"}
    assert "dana" in _run("list")
    assert _run("remove", str(hook.id)).startswith("Removed")
    assert rows_of(database, "SELECT count(*) FROM hook_accounts") == [(0,)]
    with pytest.raises(NotFound):
        _run("remove", str(hook.id))


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("vlc", "--account", "*"), "no hook for"),
        (("plex",), "whose plays count"),
        (("plex", "--account", "Dana="), "neither NAME"),
        (("plex", "--account", "TV=.."), "can be called"),
        (("plex", "--account", "Dana", "--account", "dana"), "named twice"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        _run("create", *arguments, "--user", "dana")
