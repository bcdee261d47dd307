"""Well-known titles behind "like" by their first words: nobody writes all of a long name."""

from datetime import date

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_FAMOUS = 20_000  # votes
_LONG_NAMES = (
    TitleName(1, False, 2004, 90, _FAMOUS, "Eternal Sunshine of the Spotless Mind"),
    TitleName(2, False, 2000, 90, _FAMOUS, "Crouching Tiger, Hidden Dragon"),
    TitleName(3, False, 1994, 90, _FAMOUS, "The Shawshank Redemption"),
    TitleName(4, False, 2006, 90, _FAMOUS, "Little Miss Sunshine"),
    TitleName(5, True, 2011, 90, _FAMOUS, "Black Mirror"),
    TitleName(6, False, 2007, 90, _FAMOUS, "Juno"),
    TitleName(7, False, 2019, 90, _FAMOUS, "Knives Out"),
)
_SHORT_NAMES = (
    TitleName(11, False, 2016, 1, 40, "Eternal"),
    TitleName(12, False, 2011, 1, 40, "Black Mirror"),
    TitleName(13, False, 2012, 1, 40, "Crouching Tigers at the Gate"),
)
_OTHERS = tuple(
    TitleName(100 + number, False, 2000, 1, 10, f"Unknown Story {number}") for number in range(50)
)
_NAMES = names_of(
    TextNames.of(
        [*_LONG_NAMES, *_SHORT_NAMES, *_OTHERS],
        keywords=[Keyword("tiger", 30), Keyword("knife", 9)],
    )
)


def read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("films like eternal sunshine", (1,)),
        ("films like eternal sunshine but less sad", (1,)),
        ("films like Eternal Sunshine from the 2010s", (1,)),
        ("Filme wie eternal sunshine", (1,)),
        ("movies like crouching tiger", (2,)),
        ("movies like the shawshank", (3,)),
        ("movies like little miss and juno", (4, 6)),
    ],
)
def test_first_words_up_to_the_end_of_a_clause_name_a_well_known_title(
    text: str, seeds: tuple[int, ...]
) -> None:
    intent = read(text)
    assert intent.seeds == seeds
    assert not intent.free_text


@pytest.mark.parametrize(
    "text",
    [
        "movies like knives",  # one word, which means something else
        "movies like the eternal",
        "films like eternal sunshine holidays",  # no name goes on so
        "an eternal sunshine over the sea",
    ],
)
def test_other_words_are_no_beginning_of_a_name(text: str) -> None:
    assert {1, 2, 7}.isdisjoint(read(text).seeds)


def test_a_medium_that_is_asked_for_is_not_that_of_an_unknown_namesake() -> None:
    intent = read("movies like Black Mirror")
    assert intent.seeds == (5,)
    assert intent.media_types == frozenset({"movie"})
