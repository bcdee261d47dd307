"""`seenemall migrate`: the schema down, up, and where it is."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from api.platform import migrations
from api.platform.database import Database
from api.platform.settings_needs import PROJECT_ROOT
from tests.integration.etl.test_command_line import (
    call,
    process_as_before,  # noqa: F401 - a fixture that works where it is imported
)


def test_migrate_goes_down_and_up_and_says_where_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    newest = migrations.newest_revision()
    assert call(monkeypatch, database, "down", "base", group="migrate") == 0
    assert migrations.current_revision(database) is None
    assert call(monkeypatch, database, "head", group="migrate") == 0
    assert call(monkeypatch, database, "up", group="migrate") == 0
    assert migrations.is_at_head(database)
    assert capfd.readouterr().out.splitlines() == [
        "The schema is at base.",
        "current: base",
        f"newest:  {newest}",
        f"The schema is at {newest}.",
    ]


def test_revisions_are_known_by_the_names_of_their_files() -> None:
    scripts = ScriptDirectory.from_config(Config(PROJECT_ROOT / "alembic.ini"))
    assert migrations.newest_revision() == scripts.get_current_head()
    assert migrations.known_revisions() == {one.revision for one in scripts.walk_revisions()}
