"""Histories of many viewers come from one table, again without effect, each row on its own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.seenemall import app
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.viewers.history import many_histories
from api.viewers.history.many_histories import Tally, record_many
from tests.builders import add_item, rows_of

_NOW = datetime(2026, 3, 1, tzinfo=UTC)
_HEAD = "user_id,profile,item,event_type,rating,watched_at\n"
_EVENTS = (
    "SELECT user_id, profile, tmdb_id, event_type, rating, watched_at::date::text FROM interactions"
    " JOIN profiles ON profiles.id = profile_id JOIN items ON items.id = item_id"
    " ORDER BY 1, 2, 3, 4"
)


@pytest.fixture(autouse=True)
def catalogue(database: Database) -> None:
    add_item(database, "Heat", tmdb_id=949, imdb_id="tt0113277")
    add_item(database, "Lost", tmdb_id=4607, media_type="tv")


def _record(database: Database, *rows: str) -> Tally:
    return record_many(database, iter([_HEAD, *(f"{row}\n" for row in rows)]), now=_NOW)


def test_records_the_events_of_many(database: Database) -> None:
    tally = _record(
        database,
        "dana,,movie:949,,,2025-01-02T20:00:00Z",
        "dana,kids,tv:4607,liked,,",
        "noa,~,imdb:tt0113277,,8.5,2025-01-03",
    )
    assert (tally.read, tally.recorded, tally.unchanged, tally.skipped) == (3, 3, 0, {})
    assert rows_of(database, _EVENTS) == [
        ("dana", "kids", 4607, "liked", None, None),
        ("dana", None, 949, "watched", None, "2025-01-02"),
        ("noa", None, 949, "rated", 8.5, "2025-01-03"),
    ]


def test_again_it_changes_nothing_and_moves_no_version(database: Database) -> None:
    rows = ("dana,,movie:949,,7,", "dana,,movie:949,,7,")
    assert _record(database, *rows).recorded == 1
    versions = rows_of(database, "SELECT version FROM profiles")
    again = _record(database, *rows)
    assert (again.recorded, again.unchanged) == (0, 2)
    assert rows_of(database, "SELECT version FROM profiles") == versions
    assert _record(database, "dana,,movie:949,,9,").recorded == 1
    assert rows_of(database, "SELECT rating FROM interactions") == [(9.0,)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("dana,,movie:1,,,", "no title of the catalogue"),
        ("dana,,heat,,,", "no title of the catalogue"),
        ("dana,,movie:949,seen,,", "event_type is one of"),
        ("dana,,movie:949,watched,7,", "a rating belongs to"),
        ("dana,,movie:949,rated,,", "a rating belongs to"),
        ("dana,,movie:949,,11,", "a rating is a number"),
        ("dana,,movie:949,,,2027-01-01", "in the future"),
        ("dana,,movie:949,,,yesterday", "not ISO 8601"),
        (",,movie:949,,,", "no user or profile"),
        ("dana,movie:949", "not as many cells"),
    ],
)
def test_a_row_that_cannot_be_recorded_is_counted_and_the_rest_recorded(
    database: Database, row: str, reason: str
) -> None:
    tally = _record(database, row, "noa,,movie:949,,,")
    assert (tally.read, tally.recorded) == (2, 1)
    ((told, count),) = tally.skipped.items()
    assert reason in told
    assert count == 1


@pytest.mark.parametrize(("kind", "max_age"), [("child", None), ("adult", 12)])
def test_a_mistyped_profile_of_a_household_with_limits_is_none(
    database: Database, kind: str, max_age: int | None
) -> None:
    with database.autocommit() as cursor:
        cursor.execute(
            "INSERT INTO profiles (user_id, profile, viewer_kind, max_age)"
            " VALUES ('dana', 'noa', %s, %s)",
            (kind, max_age),
        )
    tally = _record(database, "dana,nao,movie:949,,,", "dana,noa,movie:949,,,")
    assert (tally.recorded, list(tally.skipped)) == (
        1,
        ["no such profile in a household with limits"],
    )


def test_a_table_without_its_columns_is_refused(database: Database) -> None:
    for head in ("user,item\n", "user_id\n", ""):
        with pytest.raises(InvalidInput, match="The columns are user_id"):
            record_many(database, iter([head]), now=_NOW)


def test_batches_are_kept_when_a_later_one_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_histories, "_BATCH", 1)

    def lines() -> Iterator[str]:
        yield _HEAD
        yield "dana,,movie:949,,,\n"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        record_many(database, lines(), now=_NOW)
    assert len(rows_of(database, _EVENTS)) == 1


def test_the_command_says_what_became_of_the_rows(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.libpq_url)
    table = tmp_path / "many.csv"
    table.write_text(_HEAD + "dana,,movie:949,,,\nnoa,,movie:1,,,\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["import", "--many", str(table)]).output
    assert "Read 2 events: 1 recorded, 0 known, 1 skipped" in told
    assert "1 skipped: no title of the catalogue" in told
