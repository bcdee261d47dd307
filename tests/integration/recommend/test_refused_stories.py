"""What is refused is out by keyword, by story and by name, and nothing else is."""

from datetime import UTC, datetime

from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Title
from api.platform.database import Database
from api.recommend.constraints.excluded_content import ExcludedContent

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def title(tmdb_id: int, name: str, overview: str, *keywords: str) -> Title:
    return Title("movie", tmdb_id, name, overview=overview, keywords=keywords)


_TITLES = (
    title(1, "The Dark Knight", "Batman raises the stakes in his war on crime."),
    title(2, "Ocean's Eight", "A heist at a gala."),
    title(3, "The Deep", "Divers find a wreck in the ocean."),
    title(4, "Primer", "Engineers build a machine.", "time travel", "engineer"),
    title(5, "Road", "For the first time a family travels to the sea."),
    title(6, "Arrival", "A linguist.", "alien contact"),
    title(7, "Frost", "They are frozen in a lake."),
    title(8, "Frozen II", "Two sisters."),
)


def refused(database: Database, *, words: str = "", names: str = "") -> set[int]:
    """TMDB ids of the titles that are out for a phrase or a name."""
    with database.engine.begin() as connection:
        write_titles(connection, _TITLES, source="tmdb", now=_NOW)
    asked = ExcludedContent(
        "words", (), frozenset(), frozenset({words} - {""}), frozenset({names} - {""})
    )
    with database.autocommit() as cursor:
        numbers = dict(cursor.execute("SELECT id, tmdb_id FROM items").fetchall())
        titles = asked.looked_up(cursor).titles
    assert titles is not None
    return {numbers[one] for one in titles.tolist()}


def test_a_name_is_found_as_it_is_written_in_stories_and_where_titles_begin(
    database: Database,
) -> None:
    assert refused(database, names="Batman") == {1}
    assert refused(database, names="Ocean's") == {2}
    assert refused(database, names="Frozen") == {8}


def test_a_word_is_found_in_any_form_and_a_phrase_only_as_a_whole(database: Database) -> None:
    assert refused(database, words="aliens") == {6}
    assert refused(database, words="time travel") == {4}
    assert refused(database, words="the") == set()
