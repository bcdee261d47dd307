"""Whoever writes several titles locks them in one order, so that no two wait in a circle."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from api.catalogue.writing.catalogue_writes import retire_titles, write_titles
from api.catalogue.writing.list_writes import apply_ranks, write_snapshot
from api.catalogue.writing.moved_titles import follow_moves
from api.catalogue.writing.title import TitleKey
from api.platform.database import Database
from etl.justwatch.offer_writes import replace_offers
from tests.builders import add_item
from tests.doubles.titles import NOON, film, id_of, show

_TRIES = 100_000  # each asks the database, so they end within a minute
# Stored in this order, so that neither ids nor places in the table are in the order of locks.
_KEYS: tuple[TitleKey, ...] = (("tv", 1), ("movie", 9), ("movie", 1), ("movie", 5))
_IN_ORDER = sorted(_KEYS)
_WAITS = "SELECT WHERE cardinality(pg_blocking_pids(%s)) > 0"
_FREE = "SELECT media_type, tmdb_id FROM items WHERE tmdb_id < 100 FOR NO KEY UPDATE SKIP LOCKED"
_HOLD = "SELECT FROM items WHERE media_type = %s AND tmdb_id = %s FOR NO KEY UPDATE"

_Writes = Callable[[Connection], object]


def _retires(connection: Connection) -> None:
    retire_titles(connection, _KEYS, now=NOON)


def _names(connection: Connection) -> None:
    titles = [(film if kind == "movie" else show)(number, "Another") for kind, number in _KEYS]
    write_titles(connection, titles, source="tmdb", now=NOON)


def _ranks(connection: Connection) -> None:
    write_snapshot(connection, "popular", "movie", [5, 9], taken_at=NOON)
    write_snapshot(connection, "top_rated", "movie", [1, 5], taken_at=NOON)
    write_snapshot(connection, "trending_week", "tv", [1], taken_at=NOON)
    assert apply_ranks(connection, now=NOON) == 5


def _offers(connection: Connection) -> None:
    ids = connection.exec_driver_sql("SELECT id FROM items WHERE tmdb_id < 100 ORDER BY id")
    replace_offers(connection, {one: {"GB": []} for one in ids.scalars()}, now=NOON)


def _moves(connection: Connection) -> None:
    assert follow_moves(connection, None) == len(_KEYS)


def _add_titles(database: Database, *, moved: bool) -> None:
    for place, (media_type, tmdb_id) in enumerate(_KEYS):
        imdb_id = f"tt{place}" if moved else None
        retired_at = NOON if moved else None
        add_item(
            database, tmdb_id=tmdb_id, media_type=media_type, imdb_id=imdb_id, retired_at=retired_at
        )
        if moved:
            add_item(database, tmdb_id=100 + place, media_type=media_type, imdb_id=imdb_id)


@contextmanager
def _waiting(database: Database, writes: _Writes, *, held: TitleKey) -> Iterator[None]:
    """While this writer waits for a title that another transaction holds."""
    with ThreadPoolExecutor(1) as beside, database.engine.begin() as writer:
        pid = writer.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.engine.begin() as holder:
            holder.exec_driver_sql(_HOLD, held)
            writing = beside.submit(writes, writer)
            with database.autocommit() as cursor:
                assert any(
                    cursor.execute(_WAITS, (pid,)).fetchone() is not None for _ in range(_TRIES)
                )
            yield
        writing.result()
        writer.rollback()


@pytest.mark.parametrize("writes", [_retires, _names, _ranks, _offers, _moves])
def test_a_writer_that_waits_for_a_title_holds_those_before_it_and_none_behind(
    database: Database, writes: _Writes
) -> None:
    _add_titles(database, moved=writes is _moves)
    ids = [id_of(database, number, kind) for kind, number in _IN_ORDER]
    assert ids != sorted(ids)
    for place, held in enumerate(_IN_ORDER):
        with _waiting(database, writes, held=held), database.autocommit() as cursor:
            free = cursor.execute(_FREE).fetchall()
        assert sorted(free) == _IN_ORDER[place + 1 :]
