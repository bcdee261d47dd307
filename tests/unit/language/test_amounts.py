"""Genres asked for in amounts: words that are as often part of a story."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import read

_ACTION = (
    "lots of action",
    "a series with tons of action",
    "full of action and jokes",
    "filme mit viel action",
    "pelis con mucha acción",
    "un film avec beaucoup d'action",
    "un film pieno di azione",
    "filmes com muita ação",
)


@pytest.mark.parametrize("text", _ACTION)
def test_an_amount_asks_for_a_genre(text: str) -> None:
    assert frozenset({genre_id("Action")}) in read(text).genres


@pytest.mark.parametrize("text", ["lots of action", "filme mit viel action", "pieno di azione"])
def test_the_amount_is_nothing_to_search_for(text: str) -> None:
    assert not [one for one in read(text).interpreted() if one.status == "not_understood"]


def test_no_amount_refuses_it() -> None:
    assert genre_id("Action") in read("not too much action").excluded_genres
