"""Words that are a title by themselves, and in the request part of a longer name, or no name."""

from collections.abc import Sequence

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import PEOPLE, SERVICES, TODAY

_TITLES = (
    "Heat",
    "The Mountain",
    "The Mexican",
    "Don",
    "Here",
    "Dark",
    "I Am",
    "Mr. Robot",
    "Stranger Things",
    "The Wire",
    "Akira",
    "Se7en",
    "Zodiac",
    "The Founder",
    "Scream: The TV Series",
    "Moana",
    "Frozen",
    "Top Gun: Maverick",
    "Top Gun",
    "Maverick",
)
_NAMES = names_of(
    TextNames.of(
        [
            TitleName(number, False, 2000, 100, 20000, title)
            for number, title in enumerate(_TITLES, 1)
        ],
        PEOPLE,
        SERVICES,
        (),
        (),
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=TODAY)


def _seeds(text: str) -> list[str]:
    return [_TITLES[row - 1] for row in _read(text).seeds]


@pytest.mark.parametrize(
    "text",
    [
        "a movie that feels like Mountain Dew in the evening",
        "movies that feel like Don't Talk by a band",
        "films with the same vibe as Here's Where It Ends",
        "films that feel like a Mexican bolero",
        "horror please. i love dark, dreary settings so much",
        "TV Series in the highlands",
        "movies that feel like The Founding Angel of a painter",
        "something funny, and I am tired",
    ],
)
def test_a_part_of_another_name_is_no_title(text: str) -> None:
    assert _seeds(text) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("like Heat Netflix please", ["Heat"]),
        ("like Heat Al Pacino please", ["Heat"]),
        ("like Heat's ending", ["Heat"]),
        ("movies like Mountain", ["The Mountain"]),
        ("my kids love frozen, moana and more", ["Frozen", "Moana"]),
        ("i love dark", ["Dark"]),
        ("I just watched Heat and I am sad", ["Heat"]),
        ("a film like Seven, with Al Pacino", ["Se7en"]),
        ("films like Seven and Zodiac", ["Se7en", "Zodiac"]),
    ],
)
def test_a_whole_name_is_one(text: str, titles: Sequence[str]) -> None:
    assert _seeds(text) == titles


def test_the_dot_of_an_abbreviation_ends_no_sentence() -> None:
    assert _seeds("titles with an aura! Mr. Robot is one of these") == ["Mr. Robot"]
    assert _read(". Heat").named_title == 1


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Heat, Moana, Zodiac. I just love how they look", ["Heat", "Moana", "Zodiac"]),
        ("rainy films? Akira, Zodiac and Heat. Anything slow", ["Akira", "Zodiac", "Heat"]),
        (
            "I have already seen: Heat, Zodiac, Akira. What else is slow?",
            ["Heat", "Zodiac", "Akira"],
        ),
        ("some have an aura: Top Gun: Maverick is one", ["Top Gun: Maverick"]),
        (
            "what I know: Stranger Things Akira The Wire and so on",
            ["Stranger Things", "Akira", "The Wire"],
        ),
    ],
)
def test_a_sentence_or_joined_lines_may_list_titles(text: str, titles: Sequence[str]) -> None:
    assert _seeds(text) == titles
