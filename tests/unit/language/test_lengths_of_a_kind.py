"""How long it may be, beside what it is: "short comedy shows", "comedia corta"."""

import pytest

from tests.names_builder import labels

_SHORT, _LONG = "At most 95 minutes", "At least 150 minutes"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("short comedy shows", _SHORT),
        ("short funny movies", _SHORT),
        ("short comedies about love", _SHORT),
        ("kurze lustige Filme", _SHORT),
        ("comedia corta", _SHORT),
        ("séries de comédia curtas", _SHORT),
        ("long dramas", _LONG),
        ("a long horror movie", _LONG),
        ("no long dramas", "At most 120 minutes"),
    ],
)
def test_a_length_beside_a_genre_is_asked_for(text: str, label: str) -> None:
    assert label in labels(text)


@pytest.mark.parametrize(
    "text", ["a long dark night in the city", "the long goodbye", "a short circuit comedy"]
)
def test_what_else_is_long_or_short_is_no_length(text: str) -> None:
    assert {_SHORT, _LONG}.isdisjoint(labels(text))
