"""How old titles are, and periods up to today, in six languages; ages of people are not theirs."""

import pytest

from tests.names_builder import TODAY, read

_YEAR = TODAY.year


@pytest.mark.parametrize(
    "text",
    [
        "movies over 20 years old",
        "films that are more than 20 years old",
        "at least twenty years old",
        "20+ years old movies",
        "horror over 20 years old",
        "a movie from over 20 years ago",
        "Filme über 20 Jahre alt",
        "mindestens 20 Jahre alt",
        "películas de más de 20 años",
        "películas de hace más de 20 años",
        "films de plus de 20 ans",
        "films qui ont plus de 20 ans",
        "film con più di 20 anni",
        "film di più di 20 anni fa",
        "filmes com mais de 20 anos",
    ],
)
def test_titles_of_an_age_are_from_before(text: str) -> None:
    intent = read(text)
    assert intent.years == ((1870, _YEAR - 20),)
    assert (intent.age_min, intent.age_max) == (None, None)


def test_what_is_over_an_age_can_be_refused() -> None:
    assert read("no films over 20 years old").excluded_years == ((1870, _YEAR - 20),)


@pytest.mark.parametrize("text", ["a 30 year old movie", "films that are 30 years old"])
def test_an_age_without_a_bound_is_meant_to_a_tenth(text: str) -> None:
    intent = read(text)
    assert intent.years == ((_YEAR - 33, _YEAR - 27),)
    assert "year" in intent.preferred


@pytest.mark.parametrize(
    "text",
    [
        "20-30 years old movie",
        "20 to 30 years old movies",
        "movies between 20 and 30 years old",
        "movies that are 20 to 30 years old",
        "movies from 20-30 years ago",
        "movies from 20 to 30 years ago",
        "Filme 20 bis 30 Jahre alt",
        "20-30 Jahre alte Filme",
    ],
)
def test_a_range_of_ages_is_a_range_of_years(text: str) -> None:
    intent = read(text)
    assert intent.years == ((_YEAR - 30, _YEAR - 20),)
    assert "year" not in intent.preferred
    assert not intent.free_text


@pytest.mark.parametrize(
    ("text", "age"),
    [("movies for 10 to 15 year olds", 10), ("for my 10-15 year old kids", 10)],
)
def test_a_range_of_ages_of_children_still_limits(text: str, age: int) -> None:
    intent = read(text)
    assert (intent.years, intent.age_max) == ((), age)


@pytest.mark.parametrize(
    "text",
    [
        "a woman in her 20s",
        "a woman in her early 50s",
        "a couple in their mid to late 30s",
        "a man in his 20s or 30s",
        "people in their twenties",
        "a hero well into his 60s",
        "I'm in my 40s, comedies",
        "eine Frau in ihren 20ern",
    ],
)
def test_decades_of_a_life_are_no_years_of_release(text: str) -> None:
    assert read(text).years == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in the 20s", (1920, 1929)),
        ("a woman in the 50s", (1950, 1959)),
        ("his 80s movies", (1980, 1989)),
        ("in her 90s films", (1990, 1999)),
        ("my favorites of the 80s", (1980, 1989)),
    ],
)
def test_decades_of_somebodys_films_are_years(text: str, years: tuple[int, int]) -> None:
    assert read(text).years == (years,)


@pytest.mark.parametrize(
    "text",
    [
        "for someone over 20 years old",
        "I'm over 60 years old",
        "my mom is over 60 years old, comedies",
        "a house over 100 years old",
        "the war is over 20 years old",
        "I saw it 20 years ago",
        "a 100 year old man",
    ],
)
def test_ages_of_people_and_things_are_no_years(text: str) -> None:
    assert read(text).years == ()


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("movies under 5 years old", 4),
        ("no more than 5 years old", 5),
        ("10 year old movies", 10),
        ("my kids are over 10 years old", 10),
        ("for over 7 years old", 7),
    ],
)
def test_an_age_that_may_be_a_childs_still_limits(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "last five years",
        "the last 5 years",
        "Last five years",
        "aus den letzten fünf Jahren",
        "los últimos cinco años",
        "les cinq dernières années",
        "cinq dernières années",
        "gli ultimi cinque anni",
        "dos últimos cinco anos",
    ],
)
def test_the_last_years_are_a_period(text: str) -> None:
    intent = read(text)
    assert intent.years == ((_YEAR - 4, 2100),)
    assert intent.named_title is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("past decade", (_YEAR - 9, 2100)),
        ("im letzten Jahrzehnt", (_YEAR - 9, 2100)),
        ("de la última década", (_YEAR - 9, 2100)),
        ("la dernière décennie", (_YEAR - 9, 2100)),
        ("from the last couple of years", (_YEAR - 2, 2100)),
        ("aus den letzten paar Jahren", (_YEAR - 2, 2100)),
        ("letztes Jahr", (_YEAR - 1, _YEAR - 1)),
        ("películas del año pasado", (_YEAR - 1, _YEAR - 1)),
        ("films de l'année dernière", (_YEAR - 1, _YEAR - 1)),
        ("film dell'anno scorso", (_YEAR - 1, _YEAR - 1)),
        ("filmes do ano passado", (_YEAR - 1, _YEAR - 1)),
        ("aus diesem Jahr", (_YEAR, _YEAR)),
        ("estrenos de este año", (_YEAR, _YEAR)),
        ("film di quest'anno", (_YEAR, _YEAR)),
        ("filmes deste ano", (_YEAR, _YEAR)),
    ],
)
def test_periods_are_counted_from_today(text: str, years: tuple[int, int]) -> None:
    assert read(text).years == (years,)


@pytest.mark.parametrize(
    "text",
    ["la última película de Almodóvar", "le dernier film de Tarantino", "l'ultimo film di Nolan"],
)
def test_the_last_film_is_no_period(text: str) -> None:
    assert read(text).years == ()


def test_a_title_that_is_written_as_one_is_the_title() -> None:
    assert read("The Last Five Years").named_title == 42
