"""Whose offers are in service: JustWatch's while its word is fresh, TMDB's otherwise."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from api.catalogue.writing.catalogue_writes import JUSTWATCH_TRUSTED_FOR
from api.catalogue.writing.title import Offer
from api.platform.database import Database
from etl.justwatch.offer_writes import replace_offers
from etl.justwatch.title_nodes import write_checks
from tests.doubles.titles import NOON, film, id_of, store

TMDBS = Offer("GB", "mubi", "rent", "https://tmdb.example/1")
JUSTWATCHS = Offer("GB", "mbi", "subscription", "https://mubi.example/1", "mubi://1")


def offers(database: Database) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        found = connection.execute(
            text("SELECT country, service, deep_link, source FROM availability ORDER BY country, 2")
        )
        return [tuple(row) for row in found]


def say(database: Database, *said: Offer, at: datetime) -> None:
    """JustWatch's word on the film in GB."""
    item_id = id_of(database, 1)
    with database.engine.begin() as connection:
        replace_offers(connection, {item_id: {"GB": said}}, now=at)
        write_checks(connection, [item_id], ["GB"], now=at)


def test_a_fresh_word_of_justwatch_stays_and_other_countries_follow_tmdb(
    database: Database,
) -> None:
    store(database, film(1, offers=(TMDBS,)))
    say(database, JUSTWATCHS, at=NOON)
    in_us = Offer("US", "mubi", "rent")
    store(database, film(1, offers=(TMDBS, in_us)), now=NOON + JUSTWATCH_TRUSTED_FOR)
    assert offers(database) == [
        ("GB", "mbi", "mubi://1", "justwatch"),
        ("US", "mubi", None, "tmdb"),
    ]


def test_a_fresh_word_that_there_is_nothing_keeps_tmdbs_out(database: Database) -> None:
    store(database, film(1, offers=(TMDBS,)))
    say(database, at=NOON)
    store(database, film(1, offers=(TMDBS,)), now=NOON + timedelta(days=1))
    assert offers(database) == []


def test_an_old_word_gives_way_to_tmdbs(database: Database) -> None:
    store(database, film(1, offers=(TMDBS,)))
    say(database, JUSTWATCHS, at=NOON)
    later = NOON + JUSTWATCH_TRUSTED_FOR + timedelta(seconds=1)
    store(database, film(1, offers=(TMDBS,)), now=later)
    assert offers(database) == [("GB", "mubi", None, "tmdb")]


def test_an_old_word_goes_even_where_tmdb_has_none(database: Database) -> None:
    store(database, film(1, offers=(TMDBS,)))
    say(database, JUSTWATCHS, at=NOON)
    later = NOON + JUSTWATCH_TRUSTED_FOR + timedelta(seconds=1)
    store(database, film(1), now=later)
    assert offers(database) == []


def test_the_same_offer_of_tmdb_takes_an_old_one_over_with_its_link(database: Database) -> None:
    store(database, film(1))
    say(database, JUSTWATCHS, at=NOON)
    same = Offer("GB", "mbi", "subscription", "https://tmdb.example/1")
    later = NOON + JUSTWATCH_TRUSTED_FOR + timedelta(seconds=1)
    store(database, film(1, offers=(same,)), now=later)
    assert offers(database) == [("GB", "mbi", None, "tmdb")]


def test_without_a_check_tmdbs_word_stands(database: Database) -> None:
    store(database, film(1))
    with database.engine.begin() as connection:
        replace_offers(connection, {id_of(database, 1): {"GB": [JUSTWATCHS]}}, now=NOON)
    store(database, film(1, offers=(TMDBS,)))
    assert offers(database) == [("GB", "mubi", None, "tmdb")]
