"""Which titles and people TMDB's ids mean."""

from datetime import UTC, datetime

from api.catalogue.search.tmdb_ids import ids_of_tmdb
from api.platform.database import Database
from tests.builders import add_item, add_person


def test_ids_of_tmdb_are_told_apart_by_their_kind(database: Database) -> None:
    film = add_item(database, "Salt Ledger", tmdb_id=7)
    show = add_item(database, "Harbour Lane", tmdb_id=7, media_type="tv")
    person = add_person(database, "Ida Lindqvist", tmdb_id=7)
    add_item(database, "Brine", tmdb_id=8, retired_at=datetime(2026, 1, 1, tzinfo=UTC))
    found = ids_of_tmdb(
        database, [("movie", 7), ("tv", 7), ("person", 7), ("movie", 8), ("tv", 9), ("person", 9)]
    )
    assert found == {("movie", 7): film, ("tv", 7): show, ("person", 7): person}


def test_nothing_asked_is_nothing_found(database: Database) -> None:
    assert ids_of_tmdb(database, []) == {}
