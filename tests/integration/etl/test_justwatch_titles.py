"""The titles that JustWatch is to be asked about come page by page, each once."""

from datetime import timedelta

import pytest

from api.catalogue.writing.title import Offer
from api.platform.database import Database
from etl.justwatch.title_nodes import (
    DueTitle,
    Search,
    Wanted,
    count_due,
    due_titles,
    write_checks,
    write_searches,
)
from tests.doubles.titles import NOON, film, id_of, store

WANTED = Wanted(
    job="justwatch",
    countries=("GB", "IL"),
    now=NOON,
    checked_before=NOON - timedelta(hours=20),
    searched_before=NOON - timedelta(days=30),
)
IN_IL = (Offer("IL", "nfx", "subscription"), Offer("IL", "mbi", "rent"))


def pages(database: Database, *, page: int) -> list[list[DueTitle]]:
    found: list[list[DueTitle]] = []
    with database.engine.connect() as connection:
        while batch := due_titles(
            connection, WANTED, after=found[-1][-1] if found else None, page=page
        ):
            found.append(batch)
    return found


@pytest.mark.parametrize("page", [1, 2, 3, 7, 100])
def test_pages_of_any_size_show_each_title_once_in_one_order(database: Database, page: int) -> None:
    # Equal popularity, and one that no binary fraction is equal to.
    popularity = {1: 0.1, 2: 0.1, 3: 0.1, 4: 7.7, 5: 7.7, 6: 3.0, 7: 9.9}
    store(database, *(film(one, popularity=how, offers=IN_IL) for one, how in popularity.items()))
    with database.engine.begin() as connection:
        for tmdb_id, days in ((7, 1), (6, 2)):
            at = NOON - timedelta(days=days)
            write_checks(connection, [id_of(database, tmdb_id)], WANTED.countries, now=at)
        assert count_due(connection, WANTED) == 7
    found = pages(database, page=page)
    assert [title.tmdb_id for batch in found for title in batch] == [4, 5, 1, 2, 3, 6, 7]
    assert {len(batch) for batch in found[:-1]} <= {page}


def test_a_title_brings_what_a_search_needs(database: Database) -> None:
    title = film(
        1,
        "Amélie",
        original_title="Le Fabuleux Destin",
        imdb_id="tt0000001",
        release_year=2001,
        popularity=1.5,
        offers=IN_IL,
    )
    store(database, title)
    with database.engine.begin() as connection:
        search = Search(id_of(database, 1), "tm1", "title", 0.95)
        write_searches(connection, [search], now=NOON)
        write_searches(connection, [], now=NOON)
    found = pages(database, page=5)[0][0]
    assert found.reference == "movie:1"
    assert found.names == ("Amélie", "Le Fabuleux Destin")
    assert (found.imdb_id, found.year, found.node_id) == ("tt0000001", 2001, "tm1")
    assert (found.country, found.checked_at.year, found.obscurity) == ("IL", 1970, -1.5)


def test_one_country_that_was_not_checked_makes_a_title_due(database: Database) -> None:
    store(database, film(1, offers=IN_IL))
    with database.engine.begin() as connection:
        write_checks(connection, [id_of(database, 1)], ["IL"], now=NOON)
        assert count_due(connection, WANTED) == 1
        write_checks(connection, [id_of(database, 1)], ["GB"], now=NOON)
        assert count_due(connection, WANTED) == 0
