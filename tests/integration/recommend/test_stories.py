"""Titles by the words of their stories, rare ones before common ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np
import pytest

from api.catalogue.words.read_words import read_word_index
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Credit, Person, Title
from api.platform.database import Database
from api.platform.resident import Resident
from api.recommend.evidence.story import search_stories

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def store(database: Database, *titles: Title) -> None:
    with database.engine.begin() as connection:
        write_titles(connection, titles, source="tmdb", now=_NOW)


def story(
    tmdb_id: int, overview: str, keywords: Sequence[str] = (), tagline: str | None = None
) -> Title:
    return Title(
        "movie",
        tmdb_id,
        f"Title {tmdb_id}",
        overview=overview,
        tagline=tagline,
        keywords=tuple(keywords),
    )


def searched(database: Database, text: str) -> dict[int, float]:
    """Scores by TMDB id, the best first."""
    words = Resident("words", partial(read_word_index, database))
    retrieved = search_stories(
        database, words, text, version=0, choose=lambda ids, _: np.arange(len(ids), dtype=np.int32)
    )
    with database.autocommit() as cursor:
        rows = dict(cursor.execute("SELECT id, tmdb_id FROM items").fetchall())
    scores = zip(retrieved.ids.tolist(), retrieved.scores.tolist(), strict=True)
    ranked = sorted(scores, key=lambda pair: (-pair[1], pair[0]))
    return {rows[item_id]: score for item_id, score in ranked}


def found(database: Database, text: str) -> list[int]:
    """TMDB ids in order."""
    return list(searched(database, text))


def test_a_rare_word_counts_more_than_a_common_one(database: Database) -> None:
    store(
        database,
        story(1, "A sailor finds a lighthouse."),
        story(2, "A sailor finds his brother."),
        story(3, "A sailor comes home."),
        story(4, "The keeper of a lighthouse."),
    )
    assert found(database, "the sailor of the lighthouse")[:2] == [1, 4]


def test_words_are_found_in_every_form_and_a_keyword_counts_more_than_a_tagline(
    database: Database,
) -> None:
    store(
        database,
        story(1, "", tagline="Below the submarine."),
        story(2, "", ["submarines"]),
        story(3, "A train."),
    )
    assert found(database, "a submarine") == [2, 1]


def test_people_and_genres_are_words_of_a_title(database: Database) -> None:
    store(
        database,
        replace(story(1, "A train."), genre_ids=(27,)),
        replace(story(2, "A train."), credits=(Credit("director", Person("Ida Lupino"), 0),)),
    )
    assert found(database, "horror") == [1]
    assert found(database, "something of Lupino") == [2]


def test_a_changed_story_is_found_by_its_new_words_alone(database: Database) -> None:
    store(database, story(1, "A lighthouse."))
    store(database, story(1, "A mountain.", ["avalanche"]))
    assert found(database, "lighthouse") == []
    assert found(database, "mountain") == [1]
    store(database, story(1, "A mountain."))
    assert found(database, "avalanche") == []


def test_the_best_of_a_telling_text_scores_one_and_a_part_of_its_words_less(
    database: Database,
) -> None:
    others = [story(number, f"A word{number}.") for number in range(10, 200)]
    store(
        database,
        story(1, "A lighthouse keeper hides a submarine from pirates."),
        story(2, "A lighthouse keeper."),
        *others,
    )
    scores = searched(database, "lighthouse keeper hides submarine pirates")
    assert scores[1] == pytest.approx(1.0)
    assert 0 < scores[2] < 1


def test_one_common_word_says_little(database: Database) -> None:
    store(database, *(story(number, "A love story.") for number in range(1, 6)))
    assert max(searched(database, "love").values()) < 0.1


@pytest.mark.parametrize("text", ["", "the of and", "&|!:*", "'", "\\", "it's \\' | !x & (y"])
def test_no_text_is_a_syntax_error(database: Database, text: str) -> None:
    store(database, story(1, "A lighthouse."))
    assert found(database, text) == []
