"""Names of titles that begin with a negation, and refusals that happen to begin as one does."""

from datetime import date

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_NAMES = names_of(
    TextNames.of(
        [
            TitleName(1, False, 2005, 90, 9000, "Sin City"),
            TitleName(2, False, 2016, 90, 8000, "Don't Breathe"),
            TitleName(3, False, 2023, 60, 2700, "No Hard Feelings"),
            TitleName(4, False, 1994, 60, 2600, "No Escape"),
            TitleName(5, False, 2007, 90, 12000, "No Country for Old Men"),
            *(TitleName(1000 + n, False, 1990, 0, 1, f"Filler Number {n}") for n in range(400)),
        ],
        [],
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("sin city", 1),
        ("Sin City", 1),
        ("like sin city", 1),
        ("movies like Sin City", 1),
        ("Don't Breathe", 2),
        ("something like don't breathe", 2),
        ("no hard feelings", 3),
        ("No Escape", 4),
        ("no country for old men", 5),
    ],
)
def test_a_name_that_begins_with_a_negation_refuses_nothing(text: str, title: int) -> None:
    intent = _read(text)
    assert (intent.named_title or intent.seeds[0]) == title
    assert not any(one.field.startswith("exclude") for one in intent.interpreted())


@pytest.mark.parametrize(
    "text",
    [
        "no escape rooms",
        "a thriller with no escape",
        "thriller, no escape",
        "no kids",
        "sin ciudades",
    ],
)
def test_a_refusal_that_begins_as_a_name_does_stays_one(text: str) -> None:
    intent = _read(text)
    assert intent.named_title is None
    assert intent.seeds == ()
    assert any(one.field.startswith("exclude") for one in intent.interpreted())


@pytest.mark.parametrize(
    "text",
    [
        "a movie that isn't cheesy",
        "good date movie that isn't cheesy",
        "something that's not cheesy",
        "comedy, not cheesy",
        "films not by ghibli",
        "horror not from blumhouse",
    ],
)
def test_what_nothing_can_be_left_out_by_is_not_searched_for(text: str) -> None:
    intent = _read(text)
    chip = next(one for one in intent.interpreted() if one.field == "exclude_content")
    assert chip.status == "unsupported"
    assert chip.label.split()[-1] not in intent.free_text
