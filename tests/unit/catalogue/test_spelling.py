"""What a mistyped word may have meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.search.spelling import Spelling

_SPELLING = Spelling(["interstellar", "matrix", "matilda", "heat", "godfather", "amelie"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("interstelar", "interstellar"),
        ("intrest", "interst"),
        ("godfater", "godfather"),
        ("matrxi", "matrix"),
        ("haet", "heat"),
    ],
)
def test_finds_the_nearest_beginning(typed: str, meant: str) -> None:
    assert meant in _SPELLING.meant(typed)


@pytest.mark.parametrize("typed", ["hat", "xx", "zzzzzzzz", ""])
def test_guesses_nothing_from_too_little(typed: str) -> None:
    assert _SPELLING.meant(typed) == []


def test_knows_beginnings() -> None:
    assert _SPELLING.is_known("mat")
    assert _SPELLING.is_known("matrix")
    assert not _SPELLING.is_known("matrixes")
    assert not _SPELLING.is_known("zz")


@given(st.text(max_size=30))
def test_whatever_it_suggests_begins_a_word(typed: str) -> None:
    assert all(_SPELLING.is_known(found) for found in _SPELLING.meant(typed))
