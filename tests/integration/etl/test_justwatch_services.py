"""JustWatch's short names take the place of made-up ones, and nothing that was known is lost."""

from typing import Any

import pytest
from sqlalchemy import text

from api.catalogue.offers.provider_names import short_names
from api.catalogue.writing.catalogue_writes import write_providers
from api.catalogue.writing.title import Offer, Provider
from api.platform.database import Database
from etl.justwatch.service_names import Adopted, adopt_services
from tests.doubles.titles import film, store

NETFLIX = Provider("nfx", "Netflix", 8, ("netflix",))


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def providers(database: Database) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT short_name, name, tmdb_id, aliases FROM providers ORDER BY 1")


def known(database: Database, *services: Provider) -> None:
    with database.engine.begin() as connection:
        write_providers(connection, services)


def adopt(database: Database, *services: Provider) -> Adopted:
    with database.engine.begin() as connection:
        return adopt_services(connection, services)


def test_a_new_service_is_added(database: Database) -> None:
    assert adopt(database, Provider("amp", "Amazon Prime Video", 9, ("amazonprime",))) == Adopted(
        added=1, renamed=0
    )
    assert providers(database) == [("amp", "Amazon Prime Video", 9, ["amazonprime"])]


def test_a_second_time_changes_nothing(database: Database) -> None:
    adopt(database, NETFLIX)
    state = "SELECT xmin FROM providers UNION ALL SELECT xmin FROM service_state"
    before = rows(database, state)
    assert adopt(database, NETFLIX) == Adopted(added=0, renamed=0)
    assert rows(database, state) == before


def test_a_known_service_keeps_its_name_and_gains_what_it_lacks(database: Database) -> None:
    known(database, Provider("amp", "Prime", None, ("prime video",)))
    adopt(database, Provider("amp", "Amazon Prime Video", 9, ("amazonprime", "Prime Video")))
    assert providers(database) == [
        ("amp", "Prime", 9, ["prime video", "Amazon Prime Video", "amazonprime"])
    ]


def test_a_made_up_short_name_is_replaced_and_kept_as_an_alias(database: Database) -> None:
    known(database, Provider("netflix-basic", "Netflix Basic", 8))
    store(
        database,
        film(1, offers=(Offer("GB", "netflix-basic", "ads", "https://tmdb.example/1"),)),
    )
    version = rows(database, "SELECT catalogue_version FROM service_state")[0][0]
    assert adopt(database, NETFLIX) == Adopted(added=0, renamed=1)
    assert providers(database) == [
        ("nfx", "Netflix Basic", 8, ["netflix-basic", "Netflix"]),
    ]
    assert rows(database, "SELECT service, offer_type, url, source FROM availability") == [
        ("nfx", "ads", "https://tmdb.example/1", "tmdb")
    ]
    assert rows(database, "SELECT catalogue_version FROM service_state") == [(version + 1,)]


def test_a_made_up_name_beside_the_true_one_is_merged_into_it(database: Database) -> None:
    known(database, NETFLIX, Provider("netflix-basic", "Netflix Basic", 8))
    offers = (
        Offer("GB", "nfx", "ads", "https://true.example"),
        Offer("GB", "netflix-basic", "ads", "https://made-up.example"),
        Offer("GB", "netflix-basic", "subscription"),
    )
    store(database, film(1, offers=offers))
    assert adopt(database, NETFLIX) == Adopted(added=0, renamed=1)
    assert providers(database) == [("nfx", "Netflix", 8, ["netflix", "netflix-basic"])]
    assert rows(database, "SELECT service, offer_type, url FROM availability ORDER BY 2") == [
        ("nfx", "ads", "https://true.example"),
        ("nfx", "subscription", None),
    ]


def test_a_made_up_name_that_comes_back_is_merged_again(database: Database) -> None:
    # A job of TMDB's that began before goes on with the name that it read then.
    made_up = Provider("netflix-basic", "Netflix Basic", 8)
    known(database, made_up)
    adopt(database, NETFLIX)
    known(database, made_up)
    store(database, film(1, offers=(Offer("GB", "netflix-basic", "ads"),)))
    version = rows(database, "SELECT catalogue_version FROM service_state")[0][0]
    assert adopt(database, NETFLIX) == Adopted(added=0, renamed=1)
    assert rows(database, "SELECT service FROM availability") == [("nfx",)]
    assert rows(database, "SELECT catalogue_version FROM service_state") == [(version + 1,)]


def test_two_services_may_swap_their_names(database: Database) -> None:
    known(database, Provider("aaa", "First", 1), Provider("bbb", "Second", 2))
    offers = (Offer("GB", "aaa", "ads"), Offer("GB", "bbb", "rent"))
    store(database, film(1, offers=offers))
    adopt(database, Provider("bbb", "First", 1), Provider("aaa", "Second", 2))
    assert [(row[0], row[1], row[2]) for row in providers(database)] == [
        ("aaa", "Second", 2),
        ("bbb", "First", 1),
    ]
    assert rows(database, "SELECT service, offer_type FROM availability ORDER BY 1") == [
        ("aaa", "rent"),
        ("bbb", "ads"),
    ]


def test_a_short_name_that_belongs_to_another_number_is_left_alone(database: Database) -> None:
    known(database, Provider("mgm", "MGM", 34), Provider("mgm-plus", "MGM Plus", 583))
    store(database, film(1, offers=(Offer("GB", "mgm-plus", "ads"),)))
    assert adopt(database, Provider("mgm", "MGM Plus", 583)) == Adopted(added=0, renamed=0)
    assert [row[0] for row in providers(database)] == ["mgm", "mgm-plus"]
    assert rows(database, "SELECT service FROM availability") == [("mgm-plus",)]


def test_short_names_of_one_number_in_two_countries_both_stay(database: Database) -> None:
    services = (Provider("amp", "Prime", 9), Provider("prv", "Prime", 9))
    adopt(database, *services)
    assert adopt(database, *services) == Adopted(added=0, renamed=0)
    assert [row[0] for row in providers(database)] == ["amp", "prv"]


@pytest.mark.parametrize("written", ["Prime", "prv", "amp"])
def test_any_name_of_a_service_with_two_rows_means_both(database: Database, written: str) -> None:
    known(database, Provider("amp", "Prime", 9), Provider("prv", "Prime", 119))
    assert short_names(database, [written]) == ("amp", "prv")
