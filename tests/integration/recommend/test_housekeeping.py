"""Lists older than the retention go, the others stay."""

from datetime import UTC, datetime, timedelta

from api.platform.database import Database
from api.recommend.lists.housekeeping import Housekeeping
from tests.builders import add_event, add_item, add_profile, add_slate, rows_of

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


def test_events_and_feedback_end_where_that_is_set_and_the_profile_follows(
    database: Database,
) -> None:
    item, other = add_item(database, tmdb_id=1), add_item(database, tmdb_id=2)
    ada, eva = add_profile(database, "ada"), add_profile(database, "eva")
    old, young = NOW - timedelta(days=31), NOW - timedelta(days=29)
    add_event(database, ada, item, recorded_at=old)
    add_event(database, ada, other, recorded_at=young)
    add_event(database, eva, item, recorded_at=young)
    with database.transaction() as cursor:
        for profile, at in ((ada, old), (None, old), (eva, young)):
            cursor.execute(
                "INSERT INTO feedback (profile_id, item_id, event_type, occurred_at)"
                " VALUES (%s, %s, 'click', %s)",
                (profile, item, at),
            )
    month = timedelta(days=30)
    for keeps, deleted in (((None, None), 0), ((month, None), 1), ((month, month), 2)):
        events, feedback = keeps
        chores = Housekeeping(
            database,
            keep_slates=timedelta(days=90),
            keep_events=events,
            keep_feedback=feedback,
            clock=lambda: NOW,
        )
        assert chores.tidy() == deleted
    kept = rows_of(database, "SELECT profile_id, item_id FROM interactions ORDER BY id")
    assert kept == [(ada, other), (eva, item)]
    assert rows_of(database, "SELECT profile_id FROM feedback") == [(eva,)]
    versions = rows_of(database, "SELECT user_id, version FROM profiles ORDER BY user_id")
    assert versions == [("ada", 3), ("eva", 1)]


def test_imports_that_nobody_applied_go_after_a_week_and_others_with_the_history(
    database: Database,
) -> None:
    with database.autocommit() as cursor:
        for name, state, days in (
            ("old preview", "previewed", 8),
            ("preview", "previewed", 6),
            ("old", "applied", 40),
            ("young", "applied", 20),
        ):
            cursor.execute(
                "INSERT INTO imports (user_id, source, file_name, state, created_at, applied_at)"
                " VALUES ('dana', 'trakt', %(name)s, %(state)s, %(at)s, %(at)s)",
                {"name": name, "state": state, "at": NOW - timedelta(days=days)},
            )

    def tidied(keep_events: timedelta | None = None) -> list[str]:
        chores = Housekeeping(
            database,
            keep_slates=timedelta(days=90),
            keep_events=keep_events,
            clock=lambda: NOW,
        )
        chores.tidy()
        return [name for (name,) in rows_of(database, "SELECT file_name FROM imports ORDER BY id")]

    assert tidied() == ["preview", "old", "young"]
    assert tidied(keep_events=timedelta(days=30)) == ["preview", "young"]
