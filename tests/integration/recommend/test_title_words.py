"""Titles whose names hold the words of a query, with the share of the name that they are."""

import pytest

from api.platform.database import Database
from api.recommend.evidence import title_words
from api.recommend.evidence.title_words import TitleSearch
from tests.builders import add_item


def test_the_name_itself_scores_one_and_less_the_more_words_differ(database: Database) -> None:
    exact = add_item(database, "Cold Ledger", tmdb_id=1)
    longer = add_item(database, "The Cold Ledger Affair", tmdb_id=2)
    half = add_item(database, "Ledger", tmdb_id=3, popularity=9)
    add_item(database, "Heat", tmdb_id=4)
    found = TitleSearch(database)("Cold, ledger!", 10)
    assert found.ids.tolist() == [exact, half, longer]
    assert found.scores.tolist() == [1.0, 0.5, 0.5]


def test_alternative_titles_and_what_is_gone_have_no_part(database: Database) -> None:
    add_item(database, "Heat", tmdb_id=1, alternatives=["Cold Ledger"])
    add_item(database, "Cold Ledger", tmdb_id=2, retired_at="2026-01-01")
    assert len(TitleSearch(database)("cold ledger", 10).ids) == 0


def test_words_are_no_operators(database: Database) -> None:
    found = add_item(database, "Cold Ledger")
    assert TitleSearch(database)("cold:* | !'ledger & <->", 10).ids.tolist() == [found]
    assert len(TitleSearch(database)("&|!", 10).ids) == 0


def test_a_word_of_very_many_names_is_looked_for_only_where_no_other_is_left(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(title_words, "_COMMON_FROM", 3)
    with_the = [
        add_item(database, f"The {word}", tmdb_id=number)
        for number, word in enumerate(
            ("Harbour", "Ledger", "Meadow", "Orchard", "Lantern"), start=1
        )
    ]
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE items")
        connection.commit()
    search = TitleSearch(database)
    found = search("the ledger", 10)
    assert found.ids.tolist() == [with_the[1]]
    assert found.scores.tolist() == [1.0]
    assert sorted(search("the", 10).ids.tolist()) == sorted(with_the)
