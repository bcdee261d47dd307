"""Titles whose names hold the words of a query, with the share of the name that they are."""

from functools import partial

import pytest

from api.catalogue.words import name_words
from api.catalogue.words.read_words import read_word_index
from api.platform.database import Database
from api.platform.resident import Resident
from api.recommend.evidence.title_words import search_names
from tests.builders import add_item


def scored(database: Database, text: str) -> dict[int, float]:
    words = Resident("words", partial(read_word_index, database))
    found = search_names(words, text, version=0)
    return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))


def test_the_name_itself_scores_one_and_less_the_more_words_differ(database: Database) -> None:
    exact = add_item(database, "Cold Ledger", tmdb_id=1)
    longer = add_item(database, "The Cold Ledger Affair", tmdb_id=2)
    half = add_item(database, "Ledger", tmdb_id=3, popularity=9)
    add_item(database, "Heat", tmdb_id=4)
    assert scored(database, "Cold, ledger!") == {exact: 1.0, longer: 0.5, half: 0.5}


def test_alternative_titles_and_what_is_gone_have_no_part(database: Database) -> None:
    add_item(database, "Heat", tmdb_id=1, alternatives=["Cold Ledger"])
    add_item(database, "Cold Ledger", tmdb_id=2, retired_at="2026-01-01")
    assert scored(database, "cold ledger") == {}


def test_words_are_no_operators(database: Database) -> None:
    found = add_item(database, "Cold Ledger")
    assert scored(database, "cold:* | !'ledger & <->") == {found: 1.0}
    assert scored(database, "&|!") == {}


def test_a_word_of_very_many_names_is_looked_for_only_where_no_other_is_left(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_words, "_COMMON_FROM", 3)
    with_the = [
        add_item(database, f"The {word}", tmdb_id=number)
        for number, word in enumerate(
            ("Harbour", "Ledger", "Meadow", "Orchard", "Lantern"), start=1
        )
    ]
    assert scored(database, "the ledger") == {with_the[1]: 1.0}
    assert list(scored(database, "the")) == with_the
