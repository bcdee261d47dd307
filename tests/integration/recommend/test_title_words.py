"""Titles whose names hold the words of a query, with the share of the name that they are."""

from api.platform.database import Database
from api.recommend.evidence.title_words import search_titles
from tests.builders import add_item


def test_the_name_itself_scores_one_and_less_the_more_words_differ(database: Database) -> None:
    exact = add_item(database, "Cold Ledger", tmdb_id=1)
    longer = add_item(database, "The Cold Ledger Affair", tmdb_id=2)
    half = add_item(database, "Ledger", tmdb_id=3, popularity=9)
    add_item(database, "Heat", tmdb_id=4)
    found = search_titles(database, "Cold, ledger!", 10)
    assert found.ids.tolist() == [exact, half, longer]
    assert found.scores.tolist() == [1.0, 0.5, 0.5]


def test_alternative_titles_and_what_is_gone_have_no_part(database: Database) -> None:
    add_item(database, "Heat", tmdb_id=1, alternatives=["Cold Ledger"])
    add_item(database, "Cold Ledger", tmdb_id=2, retired_at="2026-01-01")
    assert len(search_titles(database, "cold ledger", 10).ids) == 0


def test_words_are_no_operators(database: Database) -> None:
    found = add_item(database, "Cold Ledger")
    assert search_titles(database, "cold:* | !'ledger & <->", 10).ids.tolist() == [found]
    assert len(search_titles(database, "&|!", 10).ids) == 0
