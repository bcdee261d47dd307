"""What the matrix of similarity is read from."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from api.catalogue.similarity.item_similarity import FieldShares
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Title
from api.platform.database import Database
from tests.builders import add_credit, add_item, add_person, ints

_NOTHING = dict.fromkeys(
    ("genres", "keywords", "people", "words", "language", "period", "kind"), 0.0
)


def only(field: str) -> FieldShares:
    return FieldShares(**(_NOTHING | {field: 1.0}))


def story(tmdb_id: int, overview: str = "", keywords: tuple[str, ...] = ()) -> Title:
    return Title("movie", tmdb_id, f"Title {tmdb_id}", overview=overview, keywords=keywords)


def test_titles_are_alike_by_stored_keywords_and_words(database: Database) -> None:
    titles = (
        story(1, "A diver finds wrecks.", ("submarine",)),
        story(2, "Divers at work.", ("train",)),
        story(3, "A cook.", ("submarine",)),
        story(4, "A cook.", ("train",)),
    )
    with database.engine.begin() as connection:
        write_titles(connection, titles, source="tmdb", now=datetime(2026, 1, 1, tzinfo=UTC))
    similarity = read_similarity(database)
    first = similarity.ids[:1]
    assert similarity.to_titles(first, only("keywords"))[0].tolist() == [1, 0, 1, 0]
    by_words = similarity.to_titles(first, only("words"))[0]
    assert by_words[1] > by_words[3]


def test_titles_are_alike_by_genres_people_language_years_and_kind(database: Database) -> None:
    columns: dict[str, Any] = {"genre_ids": [18], "original_language": "ko", "release_year": 1999}
    one = add_item(database, "One", tmdb_id=1, **columns)
    other = add_item(database, "Other", tmdb_id=2, **(columns | {"release_year": 2001}))
    show = add_item(
        database, "Show", tmdb_id=3, media_type="tv", **(columns | {"release_year": 1960})
    )
    add_item(database, "Nothing", tmdb_id=4)
    person = add_person(database, "Bong", tmdb_id=1)
    for item in (one, show):
        add_credit(database, item, person, role="director")
    similarity = read_similarity(database)

    def likeness(field: str) -> list[float]:
        found: list[float] = similarity.to_titles(ints([one]), only(field))[0].round(2).tolist()
        return found

    assert [likeness("genres"), likeness("language")] == [[1, 1, 1, 0]] * 2
    assert likeness("people") == [1, 0, 1, 0]
    assert likeness("kind") == [1, 1, 0, 1]
    near, far = likeness("period")[1:3]
    assert near > far == 0
    assert similarity.rows_of(ints([other])).tolist() == [1]


def test_retired_titles_have_no_part_in_it(database: Database) -> None:
    kept = [add_item(database, f"Kept {n}", tmdb_id=n, genre_ids=[18]) for n in (1, 2)]
    gone = add_item(database, "Gone", tmdb_id=3, genre_ids=[18])
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE items SET retired_at = :day WHERE id = :id"),
            {"day": date(2026, 1, 1), "id": gone},
        )
    similarity = read_similarity(database)
    assert similarity.ids.tolist() == kept
    assert similarity.to_titles(ints([gone])).tolist() == [[0, 0]]


def test_an_empty_catalogue_has_an_empty_matrix(database: Database) -> None:
    assert len(read_similarity(database)) == 0
