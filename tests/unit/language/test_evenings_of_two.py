"""Evenings of two, hours and a half, and subtitles, as households say them in six languages."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "a comedy for couples",
        "eine Komödie für einen Abend zu zweit",
        "une comédie à regarder en couple",
        "une comédie en amoureux",
        "una comedia para ver en pareja",
        "una commedia da vedere in coppia",
        "uma comédia para ver a dois",
    ],
)
def test_an_evening_of_two_is_a_date(text: str) -> None:
    intent = read(text)
    assert [mood.label for mood in intent.moods] == ["Date night"]
    assert intent.topics == ()


@pytest.mark.parametrize(
    "text",
    [
        "eine Komödie von anderthalb Stunden",
        "une comédie d'une heure et demie",
        "una comedia de hora y media",
        "una commedia di un'ora e mezza",
        "uma comédia de hora e meia",
    ],
)
def test_an_hour_and_a_half_has_ninety_minutes(text: str) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (80, 100)
    assert intent.free_text == ""


@pytest.mark.parametrize(
    "text",
    [
        "we only have 90 minutes, a comedy",
        "wir haben nur anderthalb Stunden, eine Komödie",
        "nous n'avons que 90 minutes, une comédie",
        "solo tenemos 90 minutos, una comedia",
        "abbiamo solo 90 minuti, una commedia",
        "só temos 90 minutos, uma comédia",
    ],
)
def test_the_time_that_there_is_bounds_it(text: str) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, 90)


def test_without_subtitles_is_in_the_language_that_is_written() -> None:
    for text in ("a comedy without subtitles", "no subtitles please, a comedy"):
        intent = read(text)
        assert intent.languages == {"en"}
        assert intent.excluded_words == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "eine Komödie ohne Untertitel",
        "une comédie sans sous-titres",
        "una comedia sin subtítulos",
        "una commedia senza sottotitoli",
        "uma comédia sem legendas",
    ],
)
def test_subtitles_are_no_content(text: str) -> None:
    intent = read(text)
    assert intent.excluded_words == frozenset()
    assert intent.free_text == ""


@pytest.mark.parametrize("text", ["a romance/comedy", "a comedy/romance"])
def test_a_romance_that_is_a_comedy_is_both(text: str) -> None:
    genres = read(text).genres
    assert set(genres) == {frozenset({genre_id("Romance")}), frozenset({genre_id("Comedy")})}


@pytest.mark.parametrize(
    "text", ["irgendwas Lustiges", "wir wollen irgendeine Komödie", "irgendetwas Witziges"]
)
def test_anything_is_not_searched_for(text: str) -> None:
    intent = read(text)
    assert intent.genres == (frozenset({genre_id("Comedy")}),)
    assert intent.rest == ()
    assert intent.free_text == ""
