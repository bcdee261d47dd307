"""Titles and synopses by id."""

from api.catalogue.items.synopses import Synopsis, read_synopses
from api.platform.database import Database
from tests.builders import add_item


def test_what_the_catalogue_has_is_read_by_id(database: Database) -> None:
    known = add_item(database, "Low Tide", overview="A village waits for a boat.")
    bare = add_item(database, "Nine Lanterns", tmdb_id=9)
    assert read_synopses(database, [bare, known, 999]) == {
        known: Synopsis("Low Tide", "A village waits for a boat."),
        bare: Synopsis("Nine Lanterns", ""),
    }
    assert read_synopses(database, []) == {}
