"""A connection that dies while an import is applied or taken back leaves all of it or nothing."""

from datetime import UTC, datetime
from io import BytesIO

import psycopg
import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports
from tests.builders import add_item, rows_of

_FILM = b"Date,Name,Year,Letterboxd URI\n2025-01-03,Heat,1995,https://boxd.it/1\n"
_WRITTEN = (
    "SELECT (SELECT count(*) FROM interactions), (SELECT count(*) FROM watchlist),"
    " (SELECT array_agg(state) FROM imports)"
)


@pytest.fixture
def imports(database: Database) -> Imports:
    add_item(database, "Heat", tmdb_id=949, release_year=1995)
    cursors = Cursors(lambda: b"x" * 32)
    return Imports(database, cursors, ShownTitles(database), lambda: datetime.now(UTC))


def _die_at(database: Database, table: str, event: str) -> None:
    """The server ends whoever touches the table so, as a kill would."""
    with database.autocommit() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        cursor.execute(f"CREATE TRIGGER die AFTER {event} ON {table} EXECUTE FUNCTION die()")


def _live_again(database: Database, table: str) -> None:
    with database.autocommit() as cursor:
        cursor.execute(f"DROP TRIGGER die ON {table}")


@pytest.mark.parametrize("table", ["interactions", "watchlist", "library"])
def test_applying_is_whole_or_not_at_all(database: Database, imports: Imports, table: str) -> None:
    brought = imports.create(ProfileKey("dana"), BytesIO(_FILM), "watched.csv").stored.id
    _die_at(database, table, "INSERT")
    with pytest.raises(psycopg.OperationalError):
        imports.apply(brought)
    assert rows_of(database, _WRITTEN) == [(0, 0, ["previewed"])]
    _live_again(database, table)
    assert imports.apply(brought).added.events == 1
    assert rows_of(database, _WRITTEN) == [(1, 0, ["applied"])]


@pytest.mark.parametrize("table", ["interactions", "watchlist", "imports"])
def test_taking_back_is_whole_or_not_at_all(
    database: Database, imports: Imports, table: str
) -> None:
    brought = imports.create(ProfileKey("dana"), BytesIO(_FILM), "watched.csv").stored.id
    imports.apply(brought)
    _die_at(database, table, "DELETE")
    with pytest.raises(psycopg.OperationalError):
        imports.take_back(brought)
    assert rows_of(database, _WRITTEN) == [(1, 0, ["applied"])]
    _live_again(database, table)
    imports.take_back(brought)
    assert rows_of(database, _WRITTEN) == [(0, 0, None)]
