"""Words of a text, and what their capitals say."""

import pytest

from api.language.vocabulary.tokens import split


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("storms like in Heat. NOT MY POST, just loved it", ["heat"]),
        ("like JOHN WICK", ["john", "wick"]),
        ("FBI, CIA or spies", ["fbi", "cia"]),
        ("LORD OF THE RINGS", ["lord", "of", "the", "rings"]),  # readers know that all are
        ("I Saw The Big Short", ["i", "saw", "the", "big", "short"]),
    ],
)
def test_capitals_of_whom_shouts_in_the_middle_are_none(text: str, capitals: list[str]) -> None:
    assert [one.word for one in split(text).tokens if one.is_capital] == capitals
