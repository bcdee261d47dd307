"""Titles in a text as people type them: what search understands of a name, words do too."""

from datetime import date

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_TODAY = date(2026, 11, 1)
_POTTER = "Harry Potter Collection"
_NAMES = names_of(
    TextNames.of(
        [
            TitleName(1, False, 2003, 60, 9000, "2 Fast 2 Furious"),
            TitleName(2, False, 2007, 60, 9000, "Live Free or Die Hard", ("Die Hard 4.0",)),
            TitleName(
                3,
                False,
                2001,
                90,
                20000,
                "Harry Potter and the Philosopher's Stone",
                (),
                _POTTER,
                date(2001, 11, 16),
            ),
            TitleName(
                4,
                False,
                2002,
                90,
                20000,
                "Harry Potter and the Chamber of Secrets",
                (),
                _POTTER,
                date(2002, 11, 13),
            ),
            TitleName(5, False, 2008, 90, 30000, "The Dark Knight"),
            TitleName(6, False, 1988, 1, 30, "The Dark"),
            TitleName(7, False, 1972, 90, 20000, "The Godfather"),
            TitleName(8, True, 2005, 90, 9000, "Doctor Who"),
            TitleName(9, False, 1962, 60, 3000, "Dr. No"),
            TitleName(10, False, 2019, 60, 3000, "Togo"),
            TitleName(11, True, 2009, 60, 3000, "Fairy Tail"),
            TitleName(12, False, 1986, 5, 300, "9½ Weeks"),
            TitleName(13, True, 2013, 90, 9000, "Rick and Morty"),
            TitleName(14, False, 2021, 90, 20000, "Spider-Man: No Way Home"),
            TitleName(15, False, 1998, 60, 3000, "The Way Home"),
            TitleName(16, False, 2013, 90, 16000, "Now You See Me"),
            TitleName(17, False, 2019, 90, 14000, "Once Upon a Time... in Hollywood"),
            TitleName(18, True, 2011, 60, 3000, "Once Upon a Time"),
            TitleName(
                19,
                True,
                2005,
                90,
                9000,
                "The Office",
                countries=("US",),
            ),
            TitleName(20, True, 2001, 60, 3000, "The Office", countries=("GB",)),
            TitleName(21, True, 2011, 90, 9000, "Black Mirror"),
            TitleName(22, False, 2010, 90, 30000, "Inception"),
            TitleName(
                23, False, 2014, 90, 14000, "Birdman or (The Unexpected Virtue of Ignorance)"
            ),
            TitleName(24, False, 2003, 90, 24000, "The Lord of the Rings: The Return of the King"),
            TitleName(25, False, 2009, 90, 20000, "Up"),
            TitleName(26, False, 2010, 90, 9000, "Grown Ups"),
            TitleName(27, False, 1974, 90, 9000, "Chinatown"),
            TitleName(28, True, 2017, 60, 3000, "Dark"),
            TitleName(29, False, 1983, 60, 3000, "WarGames"),
            *(TitleName(1000 + n, False, 1990, 0, 1, f"Filler Number {n}") for n in range(400)),
            TitleName(400, False, 1990, 1, 10, "A Tale of Weeks"),
        ]
    )
)


def _named(text: str) -> tuple[int, ...]:
    intent = parse(text, names=_NAMES, today=_TODAY)
    return intent.seeds if intent.named_title is None else (intent.named_title,)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("too fast too furious", 1),
        ("2fast 2furious", 1),
        ("die hard 4.0", 2),
        ("die hard 4", 2),
        ("harry potter 1", 3),
        ("harry potter 2", 4),
        ("harry potter ii", 4),
        ("the dark knigth", 5),
        ("thedarkknight", 5),
        ("teh godfather", 7),
        ("the godfater 1972", 7),
        ("9 1/2 weeks", 12),
        ("rick and mrty", 13),
        ("rickandmorty", 13),
        ("spider-man: no way home", 14),
        ("now you see me", 16),
        ("once upon a time... in hollywood", 17),
        ("once upon a time", 18),
    ],
)
def test_a_name_is_understood_as_it_is_typed(typed: str, title: int) -> None:
    assert _named(typed) == (title,)
    assert _named(f"something like {typed}") == (title,)


def test_of_names_as_near_the_best_known_is_meant() -> None:
    assert _named("something like Doctor Wo") == (8,)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the office us", 19),
        ("the office uk", 20),
        ("series like the office uk", 20),
        ("black mirror like", 21),
        ("black mirror like shows", 21),
        ("inception but funny", 22),
        ("inception pero divertida", 22),
        ("birdman", 23),
        ("like Birdman (2014)", 23),
        ("lord of the ring", 24),
        ("godfater", 7),
        ("war games", 29),
        ("wargames", 29),
    ],
)
def test_a_name_is_understood_by_what_stands_around_it(text: str, title: int) -> None:
    assert _named(text) == (title,)


@pytest.mark.parametrize(
    "text",
    [
        "they come up with the idea of a machine",
        "i like grown up films",
        "movies that feel like up there",
        "dark but funny",
    ],
)
def test_words_that_happen_to_be_a_name_are_none(text: str) -> None:
    assert not {25, 26, 28}.intersection(_named(text))


@pytest.mark.parametrize(
    "text",
    [
        "i like to go out for comedies",
        "fairy tale",
        "something like harry and potters",
        "i saw harry potter and i liked it",
    ],
)
def test_words_that_are_nearly_a_name_are_none(text: str) -> None:
    assert not {4, 10, 11}.intersection(_named(text))


def test_a_negation_within_a_name_refuses_nothing() -> None:
    intent = parse("movies like Spider-Man: No Way Home", names=_NAMES, today=_TODAY)
    assert (intent.seeds, intent.excluded_titles) == ((14,), frozenset())
    intent = parse("adventures but not The Way Home", names=_NAMES, today=_TODAY)
    assert intent.excluded_titles == {15}


def test_the_name_that_stands_there_goes_before_one_that_is_longer() -> None:
    assert _named("something like The Dark with old houses") == (6,)
    assert _named("like the dark and 9½ weeks") == (6, 12)
