"""A title whose id moves at TMDB takes along what viewers did with it, all at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from api.catalogue.items.item_references import resolve
from api.catalogue.writing.moved_titles import VIEWERS_TABLES
from api.domain.items import ItemRef
from api.platform import tables
from api.platform.database import Database
from etl.tmdb.ingest import Ingest
from tests.builders import add_slate
from tests.doubles.tmdb import TmdbDouble
from tests.doubles.tmdb_runs import let_days_pass, rows, tmdb_run

IngestFactory = Callable[..., Ingest]
IMDB = "tt0123456"


def known(database: Database, tmdb: TmdbDouble, ingest: IngestFactory) -> int:
    """The title under its old id, watched, liked and clicked on; its item id."""
    tmdb.add_film(1, "The Lantern Keeper", imdb_id=IMDB)
    tmdb_run(database, ingest())
    (item,) = rows(database, "SELECT id FROM items")[0]
    add_slate(database, "dana")
    statements = (
        "INSERT INTO profiles (user_id) VALUES ('dana')",
        "INSERT INTO interactions (profile_id, item_id, event_type, watched_at, occurred_at) "
        "SELECT id, :item, 'watched', '2026-01-02', '2026-01-02' FROM profiles",
        "INSERT INTO interactions (profile_id, item_id, event_type, occurred_at) "
        "SELECT id, :item, 'liked', '2026-01-03' FROM profiles",
        "INSERT INTO feedback (profile_id, item_id, event_type) "
        "SELECT id, :item, 'click' FROM profiles",
        "INSERT INTO watchlist (profile_id, item_id) SELECT id, :item FROM profiles",
        "UPDATE slates SET item_ids = ARRAY[:item]",
    )
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), {"item": item} if ":item" in statement else {})
    return int(item)


def move(tmdb: TmdbDouble, *, old: int = 1, new: int = 2) -> None:
    film = tmdb.titles.pop(("movie", old), {"title": "The Lantern Keeper", "imdb_id": IMDB})
    tmdb.titles["movie", new] = film | {"id": new, "popularity": 10.0}
    tmdb.changed["movie"] = [old, new]


def held(database: Database) -> list[tuple[object, ...]]:
    """TMDB ids by what names them."""
    return rows(
        database,
        "SELECT 'interactions', tmdb_id, count(*) FROM interactions JOIN items ON "
        "items.id = item_id GROUP BY 2 UNION ALL SELECT 'feedback', tmdb_id, count(*) "
        "FROM feedback JOIN items ON items.id = item_id GROUP BY 2 UNION ALL "
        "SELECT 'slates', tmdb_id, count(*) FROM slates JOIN items ON items.id = ANY(item_ids) "
        "GROUP BY 2 UNION ALL SELECT 'watchlist', tmdb_id, count(*) FROM watchlist JOIN items ON "
        "items.id = item_id GROUP BY 2 ORDER BY 1, 2",
    )


_AT_1 = [("feedback", 1, 1), ("interactions", 1, 2), ("slates", 1, 1), ("watchlist", 1, 1)]
_AT_2 = [("feedback", 2, 1), ("interactions", 2, 2), ("slates", 2, 1), ("watchlist", 2, 1)]


def referred(database: Database, *references: int | str) -> set[object]:
    """TMDB ids of what the references name."""
    with database.autocommit() as cursor:
        ids = resolve(cursor, [ItemRef.parse(one) for one in references])
    return {rows(database, "SELECT tmdb_id FROM items WHERE id = :id", id=one)[0][0] for one in ids}


@pytest.mark.parametrize("first", ["both at once", "new before old", "old before new"])
def test_everything_follows_in_whichever_order_it_is_noticed(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory, first: str
) -> None:
    item = known(database, tmdb, ingest)
    if first == "new before old":
        tmdb.add_film(2, "The Lantern Keeper", imdb_id=IMDB)
        tmdb_run(database, ingest())
        assert held(database) == _AT_1
    if first == "old before new":
        film = tmdb.titles.pop(("movie", 1))
        tmdb.changed["movie"] = [1]
        let_days_pass(database, 1)
        tmdb_run(database, ingest())
        assert held(database) == _AT_1
        tmdb.titles["movie", 1] = film
    move(tmdb)
    let_days_pass(database, 1)
    tmdb_run(database, ingest())
    assert held(database) == _AT_2
    assert referred(database, item, "movie:1", "movie:2", f"imdb:{IMDB}") == {2}
    assert rows(database, "SELECT version > 0 FROM profiles") == [(True,)]


def test_a_second_move_takes_the_first_along(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    item = known(database, tmdb, ingest)
    for old, new in ((1, 2), (2, 3)):
        move(tmdb, old=old, new=new)
        let_days_pass(database, 1)
        tmdb_run(database, ingest())
    assert {tmdb_id for _, tmdb_id, _ in held(database)} == {3}
    assert referred(database, item, "movie:1", "movie:2", "movie:3", f"imdb:{IMDB}") == {3}


def test_an_event_with_both_is_one_event(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    known(database, tmdb, ingest)
    tmdb.add_film(2, "The Lantern Keeper", imdb_id=IMDB)
    tmdb_run(database, ingest())
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO interactions (profile_id, item_id, event_type, occurred_at) "
                "SELECT profiles.id, items.id, 'liked', now() FROM profiles, items "
                "WHERE tmdb_id = 2"
            )
        )
    move(tmdb)
    let_days_pass(database, 1)
    tmdb_run(database, ingest())
    assert held(database) == _AT_2


def test_two_that_become_one_title_bring_an_event_and_a_wish_once(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    known(database, tmdb, ingest)
    tmdb.add_film(2, "The Lantern Keeper", imdb_id=IMDB)
    tmdb.add_film(4, "Another Film")
    tmdb_run(database, ingest())
    with database.engine.begin() as connection:
        for statement in (
            "INSERT INTO interactions (profile_id, item_id, event_type, watched_at, occurred_at) "
            "SELECT profile_id, items.id, event_type, watched_at, interactions.occurred_at "
            "FROM interactions, items WHERE tmdb_id = 2",
            "INSERT INTO watchlist (profile_id, item_id) "
            "SELECT profile_id, items.id FROM watchlist, items WHERE tmdb_id = 2",
            "UPDATE slates SET item_ids = ARRAY(SELECT id FROM items ORDER BY tmdb_id)",
        ):
            connection.execute(text(statement))
    film = tmdb.titles.pop(("movie", 1))
    tmdb.titles.pop(("movie", 2))
    tmdb.titles["movie", 3] = film | {"id": 3, "popularity": 10.0}
    tmdb.changed["movie"] = [1, 2, 3]
    let_days_pass(database, 1)
    tmdb_run(database, ingest())
    assert [row for row in held(database) if row[0] in ("interactions", "watchlist")] == [
        ("interactions", 3, 2),
        ("watchlist", 3, 1),
    ]
    listed = rows(
        database,
        "SELECT tmdb_id FROM slates, unnest(item_ids) WITH ORDINALITY AS listed (item, place) "
        "JOIN items ON items.id = item ORDER BY place",
    )
    assert listed == [(3,), (2,), (4,)]


def test_titles_of_other_kinds_or_without_an_imdb_id_stay_apart(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    known(database, tmdb, ingest)
    del tmdb.titles["movie", 1]
    tmdb.add_show(2, "The Lantern Keeper", external_ids={"imdb_id": IMDB})
    tmdb.add_film(3, "The Lantern Keeper")
    tmdb.changed["movie"] = [1]
    let_days_pass(database, 1)
    tmdb_run(database, ingest())
    assert held(database) == _AT_1


def test_a_move_that_ends_midway_leaves_everything_where_it_was(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    known(database, tmdb, ingest)
    move(tmdb)
    let_days_pass(database, 1)
    with database.engine.begin() as connection:
        # The connection dies in the middle of the move, as with a kill.
        connection.execute(
            text(
                "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$"
            )
        )
        connection.execute(
            text("CREATE TRIGGER die BEFORE UPDATE ON feedback EXECUTE FUNCTION die()")
        )
    assert tmdb_run(database, ingest()).status == 1
    assert held(database) == _AT_1
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER die ON feedback"))
    tmdb_run(database, ingest())
    assert held(database) == _AT_2


def test_every_table_of_what_viewers_did_with_titles_moves() -> None:
    named = {
        table.name
        for table in tables.metadata.tables.values()
        if "item_id" in table.c and ("profile_id" in table.c or "user_id" in table.c)
    }
    # A choice is followed to the living title when it is read.
    assert named - {"import_choices"} == set(VIEWERS_TABLES)
