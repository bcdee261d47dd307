"""A batch of titles changes what differs, and nothing else."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import text

from api.catalogue.writing.catalogue_writes import Written, write_providers
from api.catalogue.writing.title import Credit, Offer, Person, Provider
from api.platform.database import Database
from tests.doubles.titles import NOON, film, show, store

_LATER = NOON + timedelta(days=1)


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_an_unchanged_title_moves_only_the_time_it_was_fetched(database: Database) -> None:
    title = film(1, popularity=0.1, vote_average=7.3, genre_ids=(18,), countries=("US",))
    assert store(database, title) == Written(changed=1, unchanged=0)
    assert store(database, title, now=_LATER) == Written(changed=0, unchanged=1)
    assert rows(database, "SELECT updated_at, fetched_at FROM items") == [(NOON, _LATER)]


def test_a_changed_part_moves_the_titles_time_and_the_catalogues_version(
    database: Database,
) -> None:
    store(database, film(1), film(2))
    version = "SELECT catalogue_version FROM service_state"
    before = rows(database, version)
    store(database, film(1, certificates={"GB": "15"}), film(2), now=_LATER)
    assert rows(database, "SELECT tmdb_id, updated_at FROM items ORDER BY 1") == [
        (1, _LATER),
        (2, NOON),
    ]
    assert rows(database, version) == [(before[0][0] + 1,)]


def test_people_without_an_id_are_one_by_name_and_apart_from_those_with_one(
    database: Database,
) -> None:
    named, known = Person("Ada Quill"), Person("Ada Quill", 5)
    store(
        database,
        film(1, credits=(Credit("director", named, 0),)),
        film(2, credits=(Credit("director", named, 0), Credit("cast", known, 0))),
    )
    assert rows(database, "SELECT name, tmdb_id FROM people ORDER BY tmdb_id") == [
        ("Ada Quill", 5),
        ("Ada Quill", None),
    ]
    assert rows(database, "SELECT count(*) FROM credits") == [(3,)]


def test_one_person_twice_on_a_bill_is_credited_once(database: Database) -> None:
    twice = tuple(Credit("cast", Person("Bo Reed", 6), n, f"Twin {n}") for n in range(2))
    store(database, film(1, credits=twice))
    assert rows(database, "SELECT character FROM credits") == [("Twin 0",)]


def test_repeats_within_a_title_do_no_harm(database: Database) -> None:
    offer = Offer("GB", "nfx", "subscription")
    store(database, film(1, keywords=("fog", "fog"), offers=(offer, offer)))
    assert rows(database, "SELECT count(*) FROM item_keywords, availability") == [(1,)]


def test_search_finds_both_titles_without_accents(database: Database) -> None:
    store(database, film(1, "Amélie", original_title="Le Fabuleux Destin"))
    assert rows(
        database,
        "SELECT search_name, search_vector @@ to_tsquery('simple', 'ameli:* & destin') FROM items",
    ) == [("amelie le fabuleux destin", True)]


def test_alternative_titles_are_kept_apart_from_the_titles_own_names(database: Database) -> None:
    store(database, film(1, "Amélie", alternative_titles=("Die fabelhafte Welt", "Amélie II")))
    assert rows(
        database,
        "SELECT alternative_titles, all_names_vector @@ to_tsquery('simple', "
        "'fabelhafte & amelie'), search_vector @@ to_tsquery('simple', 'fabelhafte') FROM items",
    ) == [(["Die fabelhafte Welt", "Amélie II"], True, False)]


def test_related_titles_are_replaced_taken_away_and_otherwise_left_alone(
    database: Database,
) -> None:
    related = "SELECT similar_ids, recommended_ids FROM related_titles"
    title = film(1, similar_ids=(3, 2), recommended_ids=(9,))
    store(database, title)
    assert store(database, title, now=_LATER) == Written(changed=0, unchanged=1)
    assert rows(database, related) == [([3, 2], [9])]
    assert store(database, film(1, similar_ids=(2, 3))).changed == 1
    assert rows(database, related) == [([2, 3], [])]
    assert store(database, film(1)).changed == 1
    assert rows(database, related) == []


def test_certificates_carry_their_age_where_it_is_known(database: Database) -> None:
    store(database, film(1, certificates={"GB": "12A", "DE": "unrated"}))
    assert rows(database, "SELECT country, age FROM certificates ORDER BY 1") == [
        ("DE", None),
        ("GB", 12),
    ]


def test_a_film_and_a_show_share_an_id_in_one_batch(database: Database) -> None:
    assert store(database, film(9), show(9)) == Written(changed=2, unchanged=0)


def test_texts_survive_the_copy_format(database: Database) -> None:
    odd = 'tab\t newline\n back\\slash \\N "quotes" {braces}, NULL'
    store(database, film(1, odd, countries=('a"b', "c,d"), overview=odd))
    assert rows(database, "SELECT title, overview, countries FROM items") == [
        (odd, odd, ['a"b', "c,d"])
    ]


def test_no_titles_are_no_work(database: Database) -> None:
    assert store(database) == Written(0, 0)


@pytest.mark.parametrize("spellings", list(permutations(["Starz Channel", "Starz channel"])))
def test_a_service_spelled_in_two_ways_is_called_the_same_whichever_comes_first(
    database: Database, spellings: tuple[str, ...]
) -> None:
    for name in spellings:
        with database.engine.begin() as connection:
            write_providers(connection, [Provider("starz-channel", name, 1855)])
    assert rows(database, "SELECT name FROM providers") == [("Starz Channel",)]


def test_a_service_keeps_the_name_it_has(database: Database) -> None:
    for name in ("Netflix", "A Netflix"):
        with database.engine.begin() as connection:
            write_providers(connection, [Provider("nfx", name, 8)])
    assert rows(database, "SELECT name FROM providers") == [("Netflix",)]
