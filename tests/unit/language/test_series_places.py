"""A text that is a place in a series."""

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY

_SERIES = "Terminator Collection"
_TITLES = (
    TitleName(1, False, 1984, 70, 14000, "The Terminator", (), _SERIES),
    TitleName(2, False, 1991, 70, 14000, "Terminator 2: Judgment Day", (), _SERIES),
    TitleName(3, False, 2003, 50, 7000, "Terminator 3: Rise of the Machines", (), _SERIES),
    TitleName(4, False, 1995, 60, 7000, "Heat"),
)
_NAMES = names_of(TextNames.of(_TITLES, (), (), (), ()))


def read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "2nd terminator film",
        "the second terminator",
        "der zweite film terminator",
        "deuxième film terminator",
        "la segunda película terminator",
    ],
)
def test_an_ordinal_before_a_series_names_the_title(text: str) -> None:
    assert read(text).named_title == 2


@pytest.mark.parametrize("text", ["the second film", "my third horror movie", "second heat"])
def test_an_ordinal_before_other_words_names_none(text: str) -> None:
    assert read(text).named_title is None
