"""Periods, kinds of shows and names that short requests are made of, as people type them."""

import pytest

from api.domain.genres import genre_id
from api.language.intent import Intent
from tests.names_builder import mention_of, read


def labels(intent: Intent, field: str) -> list[str]:
    return [mention.label for mention in intent.mentions if mention.field == field]


WAR, CRIME, DOCUMENTARY, SOAP = (genre_id(name) for name in ("War", "Crime", "Documentary", "Soap"))


@pytest.mark.parametrize(
    "text",
    [
        "shows about war",
        "movies about war",
        "a miniseries about the war",
        "shows about war from the 90s",
        "filme über krieg",
        "series sobre la guerra",
        "séries sur la guerre",
        "documentaries about war",
    ],
)
def test_what_titles_are_about_may_be_a_genre(text: str) -> None:
    assert frozenset({WAR}) in read(text).genres


@pytest.mark.parametrize(
    "text",
    [
        "shows about family",
        "a show about war veterans",
        "books about war",
        "a movie about war and what it does to a family of farmers in the mountains",
    ],
)
def test_a_story_that_goes_on_asks_for_no_genre(text: str) -> None:
    intent = read(text)
    genres = frozenset({WAR}), frozenset({genre_id("Family")})
    assert not any(one in intent.genres for one in genres)


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("true crime docuseries", {CRIME, DOCUMENTARY}),
        ("true crime docu series from the 2020s", {CRIME, DOCUMENTARY}),
        ("docuseries", {DOCUMENTARY}),
        ("mexican telenovela", {SOAP}),
        ("telenovelas", {SOAP}),
    ],
)
def test_kinds_that_only_shows_are_of_ask_for_shows(text: str, genres: set[int]) -> None:
    intent = read(text)
    assert labels(intent, "media_type") == ["Shows"]
    assert {frozenset({genre}) for genre in genres} <= set(intent.genres)


@pytest.mark.parametrize("text", ["scandi noir", "nordic noir", "scandinavian noir series"])
def test_nordic_noir_is_scandinavian_crime(text: str) -> None:
    intent = read(text)
    assert mention_of(text, "language").label == "Scandinavian"
    assert frozenset({CRIME}) in intent.genres


def test_crime_has_years_behind_its_article() -> None:
    intent = read("un polar des années 70")
    assert frozenset({CRIME}) in intent.genres
    assert intent.years == ((1970, 1979),)
    assert frozenset({CRIME}) not in read("a story about a polar expedition").genres


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("fight club or interstellar", ["Fight Club", "Interstellar"]),
        ("Interstellar or Pulp Fiction?", ["Interstellar", "Pulp Fiction"]),
        ("pulp fiction oder interstellar", ["Pulp Fiction", "Interstellar"]),
    ],
)
def test_two_titles_with_or_between_them_are_named(text: str, names: list[str]) -> None:
    assert labels(read(text), "seed") == names


@pytest.mark.parametrize("text", ["horror or comedy", "zombies or vampires", "up or her"])
def test_ordinary_words_with_or_between_them_are_no_titles(text: str) -> None:
    assert labels(read(text), "seed") == []


@pytest.mark.parametrize(
    "text",
    [
        "something new",
        "what's new",
        "whats new",
        "new stuff",
        "new ones please",
        "etwas neues",
        "was gibt's neues",
        "qué hay de nuevo",
        "novedades",
        "quelque chose de nouveau",
        "nouveautés",
        "qualcosa di nuovo",
        "novità",
        "novidades",
    ],
)
def test_what_is_new_leans_to_the_last_two_years(text: str) -> None:
    intent = read(text)
    assert intent.years == ((2025, 2100),)
    assert intent.free_text == ""


@pytest.mark.parametrize(
    "text",
    [
        "not too old",
        "not old",
        "nothing too old",
        "comedies that are not old",
        "a comedy, not too old",
        "nicht zu alt",
        "pas trop vieux",
        "nada muy viejo",
    ],
)
def test_what_is_not_to_be_old_is_from_1980_on(text: str) -> None:
    assert labels(read(text), "exclude_year") == ["Not Until 1979"]


@pytest.mark.parametrize("text", ["she learns new things in paris", "my old man"])
def test_of_other_things_new_and_old_are_no_years(text: str) -> None:
    intent = read(text)
    assert intent.years == ()
    assert labels(intent, "exclude_year") == []


@pytest.mark.parametrize(
    "text",
    [
        "alles außer Horror",
        "todo menos terror",
        "tout sauf horreur",
        "tutto tranne horror",
        "tudo menos terror",
    ],
)
def test_all_but_something_is_searched_for_nothing(text: str) -> None:
    intent = read(text)
    assert intent.excluded_genres == {genre_id("Horror")}
    assert intent.free_text == ""


@pytest.mark.parametrize(
    "text",
    [
        "Hauptsache lustig",
        "lieber was Lustiges",
        "qualsiasi cosa divertente",
        "a comedy for tomorrow",
        "a comedy, anything is fine",
    ],
)
def test_words_around_a_genre_are_not_searched_for(text: str) -> None:
    assert read(text).free_text == ""


@pytest.mark.parametrize("text", ["hitchcock", "Hitchcock", "hitchcock movies"])
def test_a_maker_whom_nearly_all_know_is_meant_by_the_last_name(text: str) -> None:
    assert [part.people for part in read(text).parts] == [{8}]
