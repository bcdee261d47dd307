"""What stands behind "or anything with" and in "no movies about" is refused as what is before."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no horror or anything with sharks", ["Not Horror", "No sharks"]),
        ("no violence or anything with sharks", ["No violence", "No sharks"]),
        ("nothing with ghosts or that has jump scares", ["No ghosts", "No jump scare"]),
        ("no horror, or stuff with sharks", ["Not Horror", "No sharks"]),
        ("no romance, horror or anything with sharks", ["Not Romance", "Not Horror", "No sharks"]),
        ("no horror nor anything with sharks", ["Not Horror", "No sharks"]),
        ("no musicals or anything about war", ["Not Music", "Not War"]),
        ("no war movies or movies about ghosts", ["Not War", "No ghosts"]),
        ("nothing scary or with ghosts", ["Not Horror", "No ghosts"]),
        ("nothing with zombies or where ghosts appear", ["No zombies", "No ghosts appear"]),
        ("no zombies or anything by Quentin Tarantino", ["No zombies", "Not Quentin Tarantino"]),
        ("no romance or anything starring Tom Hanks", ["Not Romance", "Not Tom Hanks"]),
        ("no horror or anything from the 80s", ["Not Horror", "Not 1980–1989"]),
        ("kein Horror oder irgendwas mit Haien", ["Not Horror", "No Haien"]),
        ("nada de terror o algo con vampiros", ["Not Horror", "No vampiros"]),
        ("nada de terror ni nada con vampiros", ["Not Horror", "No vampiros"]),
        ("pas d'horreur ou de trucs avec des zombies", ["Not Horror", "No zombies"]),
        ("pas d'horreur ni rien avec des zombies", ["Not Horror", "No zombies"]),
        ("niente horror o cose con i fantasmi", ["Not Horror", "No fantasmi"]),
        ("sem terror ou qualquer coisa com zumbis", ["Not Horror", "No zumbis"]),
    ],
)
def test_a_list_of_different_kinds_is_refused_to_its_end(text: str, expected: list[str]) -> None:
    intent = read(text)
    assert labels(text) == expected
    assert not intent.topics
    assert not intent.free_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no movies with zombies", ["No zombies"]),
        ("no films about sharks", ["No sharks"]),
        ("nothing that has zombies", ["No zombies"]),
        ("I don't want movies about sharks", ["No sharks"]),
        ("not anything with ghosts", ["No ghosts"]),
        ("no movies based on true stories", ["No true stories"]),
        ("nothing in black and white", ["No black and white"]),
        ("no films from the 80s", ["Not 1980–1989"]),
        ("no movies by Quentin Tarantino", ["Not Quentin Tarantino"]),
        ("my wife hates movies about sharks", ["No sharks"]),
        ("keine Filme mit Haien", ["No Haien"]),
        ("keine Filme über Vampire", ["No vampire"]),
        ("nada de películas con vampiros", ["No vampiros"]),
        ("pas de films avec des vampires", ["No vampires"]),
        ("niente film con i fantasmi", ["No fantasmi"]),
        ("sem filmes com zumbis", ["No zumbis"]),
    ],
)
def test_what_refused_titles_have_is_refused(text: str, expected: list[str]) -> None:
    intent = read(text)
    assert labels(text) == expected
    assert not intent.media_types
    assert not intent.free_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no horror but anything with sharks", ["Not Horror", "sharks"]),
        ("no horror, anything with sharks", ["Not Horror", "sharks"]),
        ("anything with sharks, no horror", ["sharks", "Not Horror"]),
        ("a comedy or something with sharks", ["Comedy", "sharks"]),
        ("not sure, a comedy or something with sharks", ["Comedy", "sharks"]),
        ("no horror or maybe a comedy", ["Not Horror", "Comedy"]),
        ("nothing in particular", []),
        ("not only films about sharks", []),
    ],
)
def test_what_is_wanted_is_not_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize("text", ["no plot, just vibes", "No plot, really", "ohne Handlung"])
def test_what_every_title_has_is_told_of_and_not_refused(text: str) -> None:
    intent = read(text)
    assert not intent.excluded_keywords
    assert not intent.excluded_words
    assert intent.free_text


@pytest.mark.parametrize(
    "text",
    [
        "no excessive gore",
        "without gratuitous gore",
        "ohne übermäßiges Blut, ohne übermäßige Gewalt",
    ],
)
def test_too_much_of_a_content_is_refused_by_what_marks_it(text: str) -> None:
    intent = read(text)
    assert "gore" in intent.excluded_keywords
    assert not intent.free_text


def test_excess_draws_no_age_and_leaves_no_word() -> None:
    intent = read("anything without excess sexual scenes")
    assert "sex scene" in intent.excluded_keywords
    assert "excess" not in intent.excluded_keywords
    assert intent.age_max is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no zombies or other sci fi stuff", ["No zombies", "Not Science Fiction"]),
        ("no heists or anything scary", ["No heists", "Not Horror"]),
        ("must not have sharks", ["No sharks"]),
        ("not set in paris", ["No paris"]),
        ("kein Film über den Krieg", ["Not War"]),
        ("no muy violenta", ["No violence"]),
        ("sin violencia ni sexo", ["No violence", "No sex"]),
        ("pas de violence ni de sexe", ["No violence", "No sex"]),
        ("rien qui fasse peur", ["Not Horror"]),
        ("che non faccia paura", ["Not Horror"]),
        ("que não dê medo", ["Not Horror"]),
        ("niente di triste", ["Not Sad"]),
        ("non troppo violento", ["No violence"]),
        ("não muito violento", ["No violence"]),
    ],
)
def test_refusals_as_people_type_them(text: str, expected: list[str]) -> None:
    intent = read(text)
    assert labels(text) == expected
    assert not intent.free_text


@pytest.mark.parametrize("text", ["non troppo violento", "não muito violento", "no muy violenta"])
def test_not_too_much_of_a_content_keeps_its_age(text: str) -> None:
    assert read(text).age_max == 13


@pytest.mark.parametrize("text", ["no cheesy comedies", "no stupid romantic comedies"])
def test_of_some_of_a_genre_that_are_refused_none_are_asked_for(text: str) -> None:
    assert not read(text).genres


def test_a_topic_before_a_genre_is_refused_and_the_genre_is_asked_for() -> None:
    assert labels("no zombies comedy") == ["No zombies", "Comedy"]


@pytest.mark.parametrize(
    "text", ["not unlike Heat", "a no brainer comedy", "no nonsense comedy", "nothing special"]
)
def test_turns_of_speech_refuse_nothing(text: str) -> None:
    assert not [one for one in read(text).mentions if one.field.startswith("exclude_")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing with ghosts or that is scary", ["No ghosts", "Not Horror"]),
        ("doesn't involve romance", ["Not Romance"]),
        ("does not contain zombies", ["No zombies"]),
    ],
)
def test_what_it_must_not_be_or_have_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
