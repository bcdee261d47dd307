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


@pytest.mark.parametrize(
    "text",
    [
        "etwas, das meiner Frau gefällt",
        "was uns beiden gefallen könnte",
        "ein Film, den wir beide mögen",
        "something we both love",
        "a film that my husband and I would both enjoy",
        "una película que nos guste a los dos",
        "algo que le gustaría a mi abuela",
        "un film qui plairait à ma femme",
        "qualcosa che piaccia a mia moglie",
        "um filme que a minha avó goste",
    ],
)
def test_that_they_like_a_title_is_nothing_to_search_for(text: str) -> None:
    intent = read(text)
    assert [part.text for part in intent.interpreted() if part.status == "not_understood"] == []
    assert intent.free_text == ""
    assert intent.age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("ein Film den meine Tochter (8) und ich mögen", 8),
        ("una película que le guste a mi hija de 8 años", 8),
        ("un film que mes enfants aimeront", 8),
        ("um filme que meus filhos gostem", 8),
    ],
)
def test_a_title_that_children_like_is_still_for_them(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text", ["ich mag keine Horrorfilme", "no me gusta el terror", "non mi piace l'horror"]
)
def test_what_is_not_liked_is_still_refused(text: str) -> None:
    assert read(text).excluded_genres == {_HORROR}
