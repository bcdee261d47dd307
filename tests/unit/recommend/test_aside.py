"""Shorts, concerts and stand-up stand behind films, unless they are asked for."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.runtime import LongestRuntime
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.rank.aside import aside_share
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

FACTS = facts_of([Title(n, aside=n % 2 == 0) for n in range(1, 21)])


def shares(query: Query) -> list[float]:
    """Of a film and of a concert."""
    found: list[float] = aside_share(query, Pool(FACTS, FACTS.rows_of(ints([1, 2]))), 0.7).tolist()
    return found


def test_they_lose_their_share() -> None:
    assert shares(query_over(FACTS)) == pytest.approx([1, 0.3])


@pytest.mark.parametrize("asked", [{"text": "a concert"}, {"genres": (99,)}, {"genres": (10402,)}])
def test_words_and_genres_ask_for_them(asked: dict[str, Any]) -> None:
    assert shares(query_over(FACTS, **asked)) == [1, 1]


def test_what_is_like_one_of_them_is_asked_for_and_what_is_like_a_film_is_not() -> None:
    assert shares(query_over(FACTS, like=(4,))) == [1, 1]
    assert shares(query_over(FACTS, like=(3,)))[1] == pytest.approx(0.3)


def test_a_short_evening_asks_for_shorts() -> None:
    for minutes, kept in ((30, 1.0), (120, 0.3)):
        limit = Constraints((LongestRuntime("parameter", minutes),))
        query = replace(query_over(FACTS), constraints=limit)
        assert shares(query)[1] == pytest.approx(kept)


def test_who_watches_them_is_shown_them() -> None:
    for history, kept in (([1, 3, 5, 7], 0.3), ([1, 3, 5, 2], 1.0)):
        taste = Taste(known_ids=ints(history), known_weights=np.ones(len(history), np.float32))
        assert shares(query_over(FACTS, taste=taste))[1] == pytest.approx(kept)
