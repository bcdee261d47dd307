"""People whom a request compares with, and not asks for: "in the style of", "like something by"."""

from datetime import date

import pytest

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_DIRECTS, _PLAYS = ("director",), ("cast",)
_NAMES = names_of(
    TextNames.of(
        [
            TitleName(1, False, 1995, 60, 9000, "Heat"),
            TitleName(2, False, 2012, 9, 900, "Hitchcock"),
            *(TitleName(10 + n, False, 2000, 70, 9000 + n, f"Known {n}") for n in range(60)),
        ],
        [
            PersonName(1, "Clive Barker", 20, _DIRECTS),
            PersonName(2, "Alfred Hitchcock", 136, _DIRECTS),
            PersonName(3, "Wes Anderson", 60, _DIRECTS),
            PersonName(4, "Michael Mann", 50, _DIRECTS),
            PersonName(5, "Jim Carrey", 90, _PLAYS),
            PersonName(6, "Jim Carter", 12, _PLAYS),
            PersonName(7, "Mariah Carey", 15, _PLAYS),
            PersonName(8, "Will Ferrell", 80, _PLAYS),
            PersonName(9, "Taylor Kitsch", 22, _PLAYS),
            PersonName(10, "Leonardo DiCaprio", 90, _PLAYS),
            PersonName(11, "Quentin Tarantino", 66, _DIRECTS),
            PersonName(12, "Andrei Tarkovsky", 25, _DIRECTS),
        ],
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


def _people(text: str) -> set[int]:
    return {person for part in _read(text).parts for person in part.people}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("feels like something done by Clive Barker", 1),
        ("something in the style of wes anderson", 3),
        ("movies reminiscent of hitchcock", 2),
        ("movies like Hitchcock", 2),
        ("like tarkovsky", 12),
        ("wie von Tarantino", 11),
        ("im Stil von Wes Anderson", 3),
        ("films dans le style de Wes Anderson", 3),
        ("películas al estilo de Wes Anderson", 3),
        ("film nello stile di Wes Anderson", 3),
        ("filmes no estilo de Wes Anderson", 3),
    ],
)
def test_who_is_compared_with_is_a_taste_and_no_filter(text: str, person: int) -> None:
    intent = _read(text)
    assert _people(text) == {person}
    assert intent.likens_people
    assert "person" in intent.preferred
    assert intent.free_text == ""


@pytest.mark.parametrize(
    "text", ["films by Clive Barker", "wes anderson movies", "something like Heat by Michael Mann"]
)
def test_who_is_asked_for_stays_a_filter(text: str) -> None:
    intent = _read(text)
    assert not intent.likens_people
    assert "person" not in intent.preferred
    assert _people(text)


def test_a_title_in_quotes_is_the_title_whoever_has_the_name() -> None:
    assert _read('movies like "Hitchcock"').seeds == (2,)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("jim carey", {5}),
        ("movie with jim carey", {5}),
        ("comedy with will farrell", {8}),
        ("movies with dicaprio and no romance", {10}),
        ("best of tarentino", {11}),
        ("jim carter", {6}),
        ("mariah carey", {7}),
    ],
)
def test_names_nearly_written_are_those_that_nearly_all_know(text: str, people: set[int]) -> None:
    assert _people(text) == people


def test_a_word_in_small_letters_refuses_nobody_whom_few_know() -> None:
    intent = _read("lustiger film ohne kitsch")
    assert intent.excluded_parts == ()
    assert [one.status for one in intent.interpreted() if one.text == "kitsch"] == ["unsupported"]


@pytest.mark.parametrize(
    ("text", "is_likened"),
    [
        ("slow cinema like tarkovsky", True),
        ("films like tarkovsky but funny", True),
        ("best of tarkovsky", False),
        ("tarkovsky but not too slow", False),
        ("tarkovsky", False),
    ],
)
def test_a_last_name_that_is_no_other_word_says_who_is_meant(text: str, is_likened: bool) -> None:
    assert _people(text) == {12}
    assert _read(text).likens_people == is_likened


@pytest.mark.parametrize("text", ["movies about tarkovsky", "my neighbour tarkovsky moves in"])
def test_within_a_story_a_last_name_is_nobody(text: str) -> None:
    assert _people(text) == set()
