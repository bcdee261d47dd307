"""Whoever watches too says what is not wanted, and is nothing to search for."""

import pytest

from tests.names_builder import read

_HORROR, _WAR = 27, 10752


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("something to watch with my girlfriend who hates horror", _HORROR),
        ("my wife hates war movies", _WAR),
        ("a movie for my parents, my mom can't stand horror", _HORROR),
        ("mein Mann hasst Horrorfilme", _HORROR),
        ("mi novia odia el terror", _HORROR),
        ("ma copine déteste l'horreur", _HORROR),
        ("mia moglie odia i film horror", _HORROR),
        ("minha namorada odeia terror", _HORROR),
    ],
)
def test_what_they_hate_is_refused(text: str, genre: int) -> None:
    intent = read(text)
    assert intent.excluded_genres == {genre}
    assert intent.topics == ()
    assert intent.free_text == ""


def test_what_they_fear_is_refused_as_a_word() -> None:
    intent = read("the kids are scared of monsters, something funny")
    assert "monsters" in intent.excluded_words
    assert intent.topics == ()


def test_whoever_hates_something_in_a_plot_refuses_nothing() -> None:
    assert read("a girl who hates war").excluded_genres == frozenset()
    assert read("about a wife who hates horror").excluded_genres == frozenset()


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my kids hate horror", 8),
        ("the kids are scared of monsters, something funny", 8),
        ("our toddlers hate dogs", 0),
        ("meine Kinder hassen Horrorfilme", 8),
        ("mis niños odian el terror", 8),
    ],
)
def test_children_who_hate_something_are_shown_what_is_for_them(text: str, age: int) -> None:
    assert read(text).age_max == age


def test_a_companion_of_any_age_limits_nothing() -> None:
    assert read("my wife hates horror").age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "Almodóvar and I are looking for a comedy",
        "hi, Almodóvar and me want a comedy",
        "Almodóvar und ich suchen eine Komödie",
    ],
)
def test_who_is_named_beside_who_asks_watches_too(text: str) -> None:
    assert not read(text).parts


def test_who_is_asked_for_before_a_liking_is_meant() -> None:
    assert read("something with Tom Hanks, and I like comedies").parts
