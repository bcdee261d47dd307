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
