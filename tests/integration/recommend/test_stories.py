"""Titles by the words of their stories, rare ones before common ones."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Title
from api.platform.database import Database
from api.recommend.evidence.stories import search_stories

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


def found(database: Database, text: str, k: int = 10) -> list[int]:
    """TMDB ids in order."""
    ids = search_stories(database, text, k, titles=100).ids.tolist()
    with database.autocommit() as cursor:
        rows = dict(cursor.execute("SELECT id, tmdb_id FROM items").fetchall())
    return [rows[item_id] for item_id in ids]


def test_a_rare_word_counts_more_than_a_common_one(database: Database) -> None:
    store(
        database,
        story(1, "A sailor finds a lighthouse."),
        story(2, "A sailor finds his brother."),
        story(3, "A sailor comes home."),
        story(4, "The keeper of a lighthouse."),
    )
    assert found(database, "the sailor of the lighthouse") == [1, 4, 2, 3]


def test_words_are_found_in_every_form_and_in_keywords_and_taglines(database: Database) -> None:
    store(
        database,
        story(1, "", ["submarines"]),
        story(2, "", tagline="Below the submarine."),
        story(3, "A train."),
    )
    assert found(database, "a submarine") == [1, 2]


def test_a_changed_story_is_found_by_its_new_words_alone(database: Database) -> None:
    store(database, story(1, "A lighthouse."))
    store(database, story(1, "A mountain.", ["avalanche"]))
    assert found(database, "lighthouse") == []
    assert found(database, "mountain") == [1]
    store(database, story(1, "A mountain."))
    assert found(database, "avalanche") == []


def test_all_words_of_a_telling_text_score_one_and_a_part_of_them_less(database: Database) -> None:
    store(
        database,
        story(1, "A lighthouse keeper hides a submarine from pirates."),
        story(2, "A lighthouse keeper."),
    )
    text = "lighthouse keeper hides submarine pirates"
    scores = search_stories(database, text, 10, titles=10_000).scores.tolist()
    assert scores[0] == pytest.approx(1.0)
    assert 0 < scores[1] < 1


def test_one_common_word_says_little(database: Database) -> None:
    store(database, *(story(number, "A love story.") for number in range(1, 6)))
    assert max(search_stories(database, "love", 10, titles=5).scores) < 0.1


def test_common_words_count_where_rare_ones_led(database: Database) -> None:
    # As ANALYZE would have it for thousands of titles: "man" and "town" are common.
    store(
        database,
        *(story(number, "A man in a town.") for number in range(1, 120)),
        story(200, "A lighthouse."),
        story(201, "A man and a lighthouse in a town."),
    )
    with database.connect() as connection:
        connection.execute("ANALYZE item_stories")
    text = "a man keeps a lighthouse near a town"
    assert found(database, text)[:1] == [201]
    # In a large catalogue titles with nothing but the common words are not looked at.
    assert len(search_stories(database, text, 10, titles=20_000).ids) == 2


def test_a_word_that_no_title_has_leaves_the_others(database: Database) -> None:
    store(database, *(story(number, "A man in a town.") for number in range(1, 120)))
    with database.connect() as connection:
        connection.execute("ANALYZE item_stories")
    assert len(search_stories(database, "xyzzy man", 10, titles=20_000).ids) == 10


@pytest.mark.parametrize("text", ["", "the of and", "&|!:*", "'", "\\", "it's \\' | !x & (y"])
def test_no_text_is_a_syntax_error(database: Database, text: str) -> None:
    store(database, story(1, "A lighthouse."))
    assert len(search_stories(database, text, 10, titles=1).ids) == 0


def test_a_long_text_is_searched_for_so_many_words_and_no_more(database: Database) -> None:
    store(database, story(1, "A zebra."))
    words = [f"word{number:02d}" for number in range(60)]
    assert found(database, " ".join([*words[:10], "zebra"])) == [1]
    assert found(database, " ".join([*words, "zebra"])) == []
