"""Which parameters become a request without asking anybody: such a request is read once."""

from typing import Any

import pytest

from api.recommend.request_reader import RequestReader
from api.recommend.schemas import RecommendParams


@pytest.mark.parametrize(
    "query", [{}, {"limit": 5}, {"query": "heist"}, {"country": "US"}, {"mixer_vote_weight": 2}]
)
def test_words_and_numbers_ask_nothing(query: dict[str, Any]) -> None:
    assert RequestReader.asks_nothing(RecommendParams(user_id="dana", **query))


@pytest.mark.parametrize(
    "query",
    [
        {"services": "netflix"},
        {"people": "Ida Lupino"},
        {"exclude_ids": "movie:949"},
        {"library": "only"},
        {"household_seen": "exclude"},
    ],
)
def test_names_and_what_viewers_have_are_asked_for(query: dict[str, Any]) -> None:
    assert not RequestReader.asks_nothing(RecommendParams(user_id="dana", **query))
