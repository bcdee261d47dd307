"""Lists older than the retention go, the others stay."""

from datetime import UTC, datetime, timedelta

from api.platform.database import Database
from api.recommend.lists.housekeeping import Housekeeping
from tests.builders import add_slate

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def test_deletes_lists_older_than_the_retention_and_no_other(database: Database) -> None:
    old, young = add_slate(database, "ada"), add_slate(database, "ada")
    with database.transaction() as cursor:
        for slate, days in ((old, 91), (young, 89)):
            created_at = NOW - timedelta(days=days)
            cursor.execute("UPDATE slates SET created_at = %s WHERE id = %s", (created_at, slate))
    chores = Housekeeping(database, keep_slates=timedelta(days=90), clock=lambda: NOW)
    assert chores.tidy() == 1
    assert chores.tidy() == 0
    with database.autocommit() as cursor:
        assert cursor.execute("SELECT id FROM slates").fetchall() == [(young,)]
