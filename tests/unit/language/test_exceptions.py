"""Exceptions to what is refused, and what may be: neither refused nor asked for."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    "text",
    [
        "no horror except zombies",
        "no horror, except zombies",
        "no horror except for zombies or vampires",
        "no horror, except Hitchcock",
        "no horror other than Alien",
        "no horror apart from Star Wars",
        "no horror but Tom Hanks is fine",
        "no horror but zombies are ok",
        "kein Horror außer Zombies",
        "sin terror excepto zombis",
        "pas d'horreur sauf les zombies",
        "niente horror tranne gli zombie",
        "sem terror exceto zumbis",
    ],
)
def test_what_is_taken_out_of_a_refusal_is_neither_refused_nor_asked_for(text: str) -> None:
    assert labels(text) == ["Not Horror"]
    assert not read(text).free_text.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anything except horror", ["Not Horror"]),
        ("comedies except with Tom Cruise", ["Comedy", "Not Tom Cruise"]),
        ("horror except zombies", ["Horror", "No zombies"]),
        ("everything except horror and westerns", ["Not Horror", "Not Western"]),
        ("tom hanks is fine", ["Tom Hanks"]),
    ],
)
def test_an_exception_to_what_is_wanted_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a comedy, may be scary",
        "a comedy but it can be scary",
        "a comedy, can be sad",
        "eine Komödie, darf gruselig sein",
        "a comedy, black and white is fine",
    ],
)
def test_what_may_be_is_not_asked_for(text: str) -> None:
    assert labels(text) == ["Comedy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a film that can be funny", ["Films", "Comedy"]),
        ("can be a comedy or a drama", ["Comedy", "Drama"]),
        ("darf nicht gruselig sein", ["Not Horror"]),
        ("for my kids, may be scary", ["For ages up to 8"]),
        ("no horror for my 6 year old except zombies", ["Not Horror", "For ages up to 6"]),
    ],
)
def test_what_can_be_among_others_is_asked_for_and_limits_stay(
    text: str, expected: list[str]
) -> None:
    assert sorted(labels(text)) == sorted(expected)
