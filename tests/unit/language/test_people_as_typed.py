"""People as they are typed: by last names alone, as a family, with slips, by nicknames."""

from datetime import date

import pytest

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_DIRECTS, _PLAYS = ("director",), ("cast",)
_PEOPLE = (
    PersonName(1, "Martin Scorsese", 130, _DIRECTS),
    PersonName(2, "Robert De Niro", 170, _PLAYS),
    PersonName(3, "Al Pacino", 90, _PLAYS),
    PersonName(4, "Joel Coen", 76, _DIRECTS),
    PersonName(5, "Ethan Coen", 72, _DIRECTS),
    PersonName(6, "Lana Wachowski", 26, _DIRECTS),
    PersonName(7, "Lilly Wachowski", 20, _DIRECTS),
    PersonName(8, "Rene Russo", 36, _PLAYS),
    PersonName(9, "Anthony Russo", 35, _DIRECTS),
    PersonName(10, "Joe Russo", 30, _DIRECTS),
    PersonName(11, "Dwayne Johnson", 86, _PLAYS),
    PersonName(12, "Arnold Schwarzenegger", 73, _PLAYS),
    PersonName(13, "Quentin Tarantino", 66, _DIRECTS),
    PersonName(14, "John C. Reilly", 60, _PLAYS),
    PersonName(15, "Samuel L. Jackson", 120, _PLAYS),
    PersonName(16, "Xavier Samuel", 14, _PLAYS),
    PersonName(17, "James Woods", 35, _PLAYS),
    PersonName(18, "Natalie Woods", 30, _PLAYS),
    PersonName(19, "Brad Bird", 30, _DIRECTS),
    PersonName(20, "Tzi Ma", 20, _PLAYS),
    PersonName(21, "Tom Cruise", 100, _PLAYS),
)
_NAMES = names_of(
    TextNames.of(
        [TitleName(1, False, 2012, 60, 9000, "The Cabin in the Woods")],
        _PEOPLE,
        (),
        (),
        [Keyword(name, 20) for name in ("brother", "rock", "black and white", "bird", "horror")],
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


def _people(text: str) -> list[set[int]]:
    return [set(part.people) for part in _read(text).parts]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("scorsese deniro", [{1}, {2}]),
        ("de niro pacino", [{2}, {3}]),
        ("scorsese and de niro movies", [{1}, {2}]),
        ("tom cruise scorsese", [{21}, {1}]),
        ("coen brothers", [{4, 5}]),
        ("films by the wachowskis", [{6, 7}]),
        ("russo brothers thriller", [{9, 10}]),
        ("the rock movies", [{11}]),
        ("comedies with the rock", [{11}]),
        ("arnold schwarzeneger", [{12}]),
        ("tarentino", [{13}]),
        ("tarentino films", [{13}]),
        ("john c reilley comedies", [{14}]),
        ("john reilly", [{14}]),
        ("robert deniro", [{2}]),
        ("samuel jackson action", [{15}]),
    ],
)
def test_people_are_understood_as_they_are_typed(text: str, people: list[set[int]]) -> None:
    assert _people(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "brothers who rob a bank",
        "horror in the woods",
        "if you are a bird i am a bird too",
        "rock music documentary",
        "no rock",
        "ma is a horror",
        "a scorsese sort of tarentino thing that nobody else in this town would ever want to see",
    ],
)
def test_words_that_are_also_somebodys_name_are_nobody(text: str) -> None:
    assert _people(text) == []


def test_a_family_is_told_with_everybody_who_is_meant() -> None:
    (mention,) = _read("coen brothers").mentions
    assert mention.label == "Joel Coen or Ethan Coen"


def test_what_is_new_of_somebody_leans_to_recent_years() -> None:
    intent = _read("new tom cruise")
    assert intent.years == ((2025, 2100),)
    assert "year" in intent.preferred


def test_a_topic_behind_a_preposition_is_refused_and_nobody_of_that_name() -> None:
    intent = _read("not in black and white")
    assert intent.excluded_parts == ()
    assert intent.topics == ()
    assert intent.excluded_words


def test_who_likes_one_thing_and_asks_for_somebody_asks_for_that() -> None:
    intent = _read("i like comedies. something with tom cruise")
    assert {"genre"} <= intent.preferred
    assert "person" not in intent.preferred


@pytest.mark.parametrize("text", ["TV-MA shows", "a TV-MA drama", "TV-MA series", "no TV-MA films"])
def test_what_ends_a_certificate_is_nobodys_last_name(text: str) -> None:
    read = _read(text)
    assert not read.parts
    assert "maturity" in {one.field for one in read.interpreted()}


def test_a_last_name_in_capitals_is_somebodys_all_the_same() -> None:
    assert _people("Ma films") == [{20}]
