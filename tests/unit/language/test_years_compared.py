"""How old or new titles are at most, in years and counted from today, in six languages."""

import pytest

from tests.names_builder import TODAY, read

_YEAR = TODAY.year


@pytest.mark.parametrize(
    "text",
    [
        "older than 20 years",
        "movies older than twenty years",
        "älter als 20 Jahre",
        "películas más antiguas de 20 años",
        "plus vieux que 20 ans",
        "più vecchi di 20 anni",
        "mais antigos que 20 anos",
    ],
)
def test_what_is_older_lies_behind_so_many_years(text: str) -> None:
    assert read(text).years == ((1870, _YEAR - 20),)


@pytest.mark.parametrize(
    "text",
    [
        "nothing older than 10 years",
        "movies not older than 10 years",
        "films no older than ten years",
        "newer than 10 years",
        "nichts älter als 10 Jahre",
        "nicht älter als 10 Jahre",
    ],
)
def test_what_is_not_older_is_of_the_last_years(text: str) -> None:
    intent = read(text)
    assert intent.years == read("the last 10 years").years == ((_YEAR - 9, 2100),)
    assert intent.age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "no movies older than 10 years",
        "keine Filme älter als 10 Jahre",
        "no más antiguas de 10 años",
        "pas plus vieux que 10 ans",
        "non più vecchi di 10 anni",
        "não mais antigo que 10 anos",
    ],
)
def test_what_is_older_is_refused(text: str) -> None:
    assert read(text).excluded_years == ((1870, _YEAR - 10),)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("not older than 1990", (1990, 2100)),
        ("newer than 2015", (2016, 2100)),
        ("nicht älter als 1990", (1990, 2100)),
        ("neuer als 2015", (2016, 2100)),
        ("más recientes que 2015", (2016, 2100)),
        ("plus récents que 2015", (2016, 2100)),
        ("più recenti del 2015", (2016, 2100)),
        ("mais recentes que 2015", (2016, 2100)),
        ("más antiguas que 1990", (1870, 1989)),
    ],
)
def test_a_year_bounds_as_well(text: str, years: tuple[int, int]) -> None:
    assert read(text).years == (years,)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("for kids not older than 10 years", 10),
        ("not older than 12", 12),
        ("not older than 10 years", 10),
        ("kids older than 10", 10),
    ],
)
def test_an_age_stays_a_limit_where_no_title_is_named(text: str, age: int) -> None:
    intent = read(text)
    assert intent.age_max == age
    assert intent.years == ()


def test_whoever_is_older_in_a_story_bounds_no_year() -> None:
    assert read("a wizard older than 20 years").years == ()
