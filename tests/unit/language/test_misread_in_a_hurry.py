"""What households type in a hurry: lost signs, endings and small words turn no filter around."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("horror from the last 10 yrs", 2017, None),
        ("last 5 yrs", 2022, None),
        ("from 1999 to 2003ish", 1999, 2003),
        ("something from 2003ish", 2001, 2005),
        ("around 2009", 2007, 2011),
        ("circa 1970", 1968, 1972),
        ("movies about 1984", 1984, 1984),
    ],
)
def test_years_as_typed(text: str, first: int, last: int | None) -> None:
    ((begun, ended),) = read(text).years
    assert begun == first
    assert last is None or ended == last


def test_an_age_with_such_an_ending_stays_an_age() -> None:
    assert read("kid is 8ish").age_max == 8


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("any language but english", "en"),
        ("films in any language but french", "fr"),
        ("any language except english", "en"),
        ("all languages but english", "en"),
    ],
)
def test_any_language_but_one(text: str, refused: str) -> None:
    intent = read(text)
    assert intent.excluded_languages == {refused}
    assert intent.languages == frozenset()


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("80s action like my dad used to watch", "Action"),
        ("action like in the 80s", "Action"),
        ("krimi aber kein tatort", "Crime"),
        ("krimi, aber lustig", "Crime"),
        ("crime but funny", "Crime"),
    ],
)
def test_a_genre_stays_where_more_is_said_of_it(text: str, genre: str) -> None:
    assert frozenset({genre_id(genre)}) in read(text).genres


@pytest.mark.parametrize("text", ["the crime like no other", "a criminal like him"])
def test_a_word_of_a_story_is_no_genre(text: str) -> None:
    assert read(text).genres == ()


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("algo triste pero bonito", "Sad"),
        ("qualcosa di leggero ma intelligente", "Light"),
        ("cozy heist", "Cosy"),
        ("sad zombie", "Sad"),
    ],
)
def test_a_mood_stays_where_more_is_said_of_it(text: str, mood: str) -> None:
    assert mood in labels(text)


@pytest.mark.parametrize("text", ["a light zombie walks", "hyper light heist"])
def test_a_quality_within_a_phrase_is_no_mood(text: str) -> None:
    assert "Light" not in labels(text)


@pytest.mark.parametrize(
    "text", ["black n white", "film noir et blanc", "un vieux film noir et blanc", "b&w films"]
)
def test_black_and_white_is_no_film_noir(text: str) -> None:
    assert [topic.keywords for topic in read(text).topics] == [("black and white",)]


@pytest.mark.parametrize("text", ["i only have disney+", "disney+ horror", "on disney+"])
def test_a_plus_makes_a_service_of_a_studio(text: str) -> None:
    assert read(text).services == {"dnp"}


@pytest.mark.parametrize("text", ["no disney+", "cancelled netflix", "got rid of netflix"])
def test_a_service_that_is_gone_is_none_to_watch_on(text: str) -> None:
    assert read(text).services == frozenset()


@pytest.mark.parametrize("text", ["cancelled shows", "a movie about cancelled zombies"])
def test_what_else_is_cancelled_is_not_refused(text: str) -> None:
    intent = read(text)
    assert intent.excluded_words == frozenset()
    assert intent.media_types <= {"tv" if "shows" in text else "movie"}
    assert intent.media_types


@pytest.mark.parametrize("text", ["tipo interstellar", "una peli tipo interstellar"])
def test_a_title_is_named_behind_tipo(text: str) -> None:
    assert read(text).seeds == (15,)


@pytest.mark.parametrize(
    "text", ["based on quentin tarantino", "tratto da quentin tarantino", "nach quentin tarantino"]
)
def test_whose_books_are_adapted_is_read(text: str) -> None:
    assert [part.people for part in read(text).parts] == [frozenset({3})]


def test_whose_life_is_told_wrote_no_book() -> None:
    assert read("a film based on quentin tarantino's life").parts == ()
