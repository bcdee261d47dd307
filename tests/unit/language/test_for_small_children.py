"""Lists that begin with what was made for children."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "a comedy for children, no horror",
        "eine Komödie für Kinder",
        "for my 6 year old",
        "películas para niños",
        "we are four adults and two kids",
    ],
)
def test_of_small_children_it_does(text: str) -> None:
    assert read(text).is_for_small_children


@pytest.mark.parametrize(
    "text", ["comedies", "a comedy for teenagers", "a comedy about children", "no violence please"]
)
def test_of_others_it_does_not(text: str) -> None:
    assert not read(text).is_for_small_children
