"""Every writer tells which titles a step of the catalogue's version changed."""

import random
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.items.cards import ItemCards
from api.catalogue.items.changed_titles import changed_titles
from api.catalogue.own_titles.own_title_writes import retire_own_title
from api.catalogue.writing import catalogue_version as versions
from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.catalogue_writes import (
    rename_providers,
    retire_titles,
    write_providers,
    write_titles,
)
from api.catalogue.writing.list_writes import apply_ranks, write_snapshot
from api.catalogue.writing.moved_titles import follow_moves
from api.catalogue.writing.title import Offer, Provider
from api.platform.database import Database
from api.platform.service_state import catalogue_version
from etl.justwatch.offer_writes import replace_offers
from etl.justwatch.service_names import adopt_services
from tests.builders import add_item, add_offer
from tests.doubles.titles import NOON, film, id_of, store

_LATER = NOON + timedelta(days=1)
_OFFER = Offer("GB", "nfx", "subscription", "https://www.netflix.com/title/1")
_SPACE: Any = {"model": "m", "version": "1", "template": "basic", "dimension": 3}


class _Told:
    """What is told of everything since it was made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._since = catalogue_version(database)

    def __call__(self) -> set[int] | None:
        told = changed_titles(self._database, self._since, catalogue_version(self._database))
        return None if told is None else set(told)


@pytest.fixture
def ids(database: Database) -> list[int]:
    """Three films."""
    store(database, film(1), film(2), film(3))
    return [id_of(database, number) for number in (1, 2, 3)]


def test_a_batch_tells_what_differs(database: Database, ids: list[int]) -> None:
    told = _Told(database)
    store(database, film(1, "Another name"), film(2, offers=(_OFFER,)), film(3), now=_LATER)
    assert told() == {ids[0], ids[1]}


def test_titles_that_are_gone(database: Database, ids: list[int]) -> None:
    told = _Told(database)
    with database.engine.begin() as connection:
        assert retire_titles(connection, [("movie", 2), ("movie", 99)], now=_LATER) == 1
    assert told() == {ids[1]}


def test_a_title_of_an_operators_own(database: Database) -> None:
    item = add_item(database)
    with database.autocommit() as cursor:
        cursor.execute("UPDATE items SET tmdb_id = NULL, source = 'attic'")
        cursor.execute(
            "INSERT INTO external_ids (source, id, media_type, item_id) "
            "VALUES ('attic', 'x1', 'movie', %s)",
            (item,),
        )
    told = _Told(database)
    with database.engine.begin() as connection:
        assert retire_own_title(connection, ("attic", "x1"), _LATER)
        assert not retire_own_title(connection, ("attic", "x1"), _LATER)
    assert told() == {item}


def test_both_sides_of_a_move(database: Database) -> None:
    old = add_item(database, tmdb_id=1, imdb_id="tt1", retired_at=NOON)
    new = add_item(database, tmdb_id=2, imdb_id="tt1")
    told = _Told(database)
    with database.engine.begin() as connection:
        assert follow_moves(connection, None) == 1
    assert told() == {old, new}


def test_titles_that_come_into_lists_and_leave_them(database: Database, ids: list[int]) -> None:
    told = _Told(database)
    for tmdb_ids, moved in (([3, 1], 2), ([3], 1)):
        with database.engine.begin() as connection:
            write_snapshot(connection, "popular", "movie", tmdb_ids, taken_at=_LATER)
            assert apply_ranks(connection, now=_LATER) == moved
    assert told() == {ids[0], ids[2]}


def test_offers(database: Database, ids: list[int]) -> None:
    add_offer(database, ids[1], country="GB")
    told = _Told(database)
    with database.engine.begin() as connection:
        replace_offers(
            connection, {ids[0]: {"GB": []}, ids[1]: {"GB": []}, ids[2]: {"GB": [_OFFER]}}, now=NOON
        )
    assert told() == {ids[1], ids[2]}


def test_vectors_of_the_space_that_is_searched(database: Database, ids: list[int]) -> None:
    told = _Told(database)
    vectors = np.ones((1, 3), dtype=np.float32)
    with database.engine.begin() as connection:
        space = open_space(connection, **_SPACE)
        write_vectors(connection, space, ids[:1], vectors, [b"1"])
    assert told() == set()
    with database.engine.begin() as connection:
        switch_to(connection, space)
    assert told() is None
    told = _Told(database)
    with database.engine.begin() as connection:
        space = open_space(connection, **_SPACE)
        write_vectors(connection, space, ids[1:2], vectors, [b"2"])
    assert told() == {ids[1]}


def test_names_of_services_change_no_title_and_their_offers_perhaps_any(database: Database) -> None:
    told = _Told(database)
    with database.engine.begin() as connection:
        write_providers(connection, [Provider("nfx", "Netflix", 8)])
        assert rename_providers(connection, [Provider("nfx", "Netflix Basic", 8)]) == ["nfx"]
    assert told() == set()
    with database.engine.begin() as connection:
        assert adopt_services(connection, [Provider("netflix", "Netflix", 8)]).renamed == 1
    assert told() is None


def test_who_has_moved_the_version_keeps_nobody_waiting_until_it_ends(
    database: Database, ids: list[int]
) -> None:
    told = _Told(database)
    with database.engine.begin() as first:
        write_titles(first, [film(1, "Another name")], source="tmdb", now=_LATER)
        with database.engine.begin() as second:
            second.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
            replace_offers(second, {ids[1]: {"GB": [_OFFER]}}, now=_LATER)
        assert told() == {ids[1]}
        retire_titles(first, [("movie", 3), ("movie", 2)], now=_LATER)
    assert told() == set(ids)


def test_what_is_undone_moves_nothing(database: Database, ids: list[int]) -> None:
    before = catalogue_version(database)
    with database.engine.connect() as connection, connection.begin() as transaction:
        retire_titles(connection, [("movie", 2)], now=_LATER)
        transaction.rollback()
    assert catalogue_version(database) == before


def test_a_step_that_nobody_tells_of_may_have_changed_any(database: Database) -> None:
    told = _Told(database)
    with database.autocommit() as cursor:
        cursor.execute("UPDATE service_state SET catalogue_version = catalogue_version + 1")
    with database.engine.begin() as connection:
        bump_catalogue_version(connection, [1])
    assert told() is None


def test_steps_of_long_ago_are_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "STEPS_KEPT", 2)
    before = catalogue_version(database)
    for number in range(3):
        with database.engine.begin() as connection:
            bump_catalogue_version(connection, [number])
    assert changed_titles(database, before, before + 3) is None
    assert changed_titles(database, before + 1, before + 3) == frozenset({1, 2})


def test_more_titles_than_are_worth_naming_are_any(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_MOST_TOLD", 2)
    told = _Told(database)
    with database.engine.begin() as connection:
        bump_catalogue_version(connection, [1, 2, 2])
    assert told() == {1, 2}
    with database.engine.begin() as connection:
        bump_catalogue_version(connection, [1, 2, 3])
    assert told() is None


@pytest.mark.parametrize("seed", range(4))
def test_cards_kept_over_writes_are_those_made_anew(database: Database, seed: int) -> None:
    """Whatever is written between, by any of those that move the version."""
    chance = random.Random(seed)
    store(database, *(film(number) for number in range(1, 9)))
    ids = [id_of(database, number) for number in range(1, 9)]
    kept = ItemCards(database, image_url="https://images")

    def write_one() -> None:
        tmdb_ids = chance.sample(range(1, 9), 3)
        offers = chance.choice([(), (_OFFER,)])
        with database.engine.begin() as connection:
            match chance.randrange(3):
                case 0:
                    retire_titles(connection, [("movie", tmdb_ids[0])], now=_LATER)
                case 1:
                    write_snapshot(connection, "trending_week", "movie", tmdb_ids, taken_at=_LATER)
                    apply_ranks(connection, now=_LATER)
                case 2:
                    item_id = ids[tmdb_ids[0] - 1]
                    replace_offers(connection, {item_id: {"GB": offers}}, now=_LATER)
        names = (film(one, f"Number {chance.randrange(3)}", offers=offers) for one in tmdb_ids[:2])
        store(database, *names, now=_LATER)

    for _ in range(8):
        write_one()
        version = catalogue_version(database)
        anew = ItemCards(database, image_url="https://images")
        asked = chance.sample(ids, 6)
        found = kept.of(asked, country="GB", version=version)
        assert found == anew.of(asked, country="GB", version=version)
    assert kept.cache_figures().hits > 0
