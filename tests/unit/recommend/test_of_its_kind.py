"""A list is of the kind that was named: films, shows, or both."""

from typing import Any

import numpy as np
import pytest

from api.recommend.of_its_kind import kind_share
from api.recommend.pool import Pool
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

FACTS = facts_of([Title(n, is_show=n > 10) for n in range(1, 21)])
FILM, SHOW = 1, 11


def shares(liked: list[int], disliked: list[int] | None = None, **request: Any) -> list[float]:
    """Of a film and of a show."""
    known = liked + (disliked or [])
    taste = Taste(
        known_ids=ints(known),
        known_weights=np.ones(len(known), np.float32),
        known_named=np.arange(len(known)) < len(liked),
    )
    pool = Pool(FACTS, FACTS.rows_of(ints([FILM, SHOW])))
    found: list[float] = kind_share(query_over(FACTS, taste=taste, **request), pool).tolist()
    return found


def test_five_shows_ask_for_shows() -> None:
    assert shares([12, 13, 14, 15, 16]) == pytest.approx([0.3, 1])


def test_five_films_ask_for_films() -> None:
    assert shares([2, 3, 4, 5, 6]) == pytest.approx([1, 0.3])


def test_one_title_tells_little() -> None:
    assert shares([12]) == pytest.approx([0.5, 1])


def test_both_kinds_ask_for_both() -> None:
    assert shares([2, 3, 12, 13]) == [1, 1]
    assert shares([2, 3, 4, 12]) == pytest.approx([1, 0.5])


def test_what_was_disliked_and_requests_in_words_ask_for_neither() -> None:
    assert shares([], disliked=[12, 13, 14]) == [1, 1]
    assert shares([12, 13, 14, 15], text="a heist") == [1, 1]


def test_five_titles_of_a_rare_language_ask_for_it_and_five_of_the_usual_one_for_nothing() -> None:
    titles = [Title(n, language="ko" if n <= 6 else "en") for n in range(1, 21)]
    facts = facts_of(titles)
    korean, english = 6, 20

    def left(liked: list[int]) -> list[float]:
        taste = Taste(
            known_ids=ints(liked),
            known_weights=np.ones(len(liked), np.float32),
            known_named=np.ones(len(liked), np.bool_),
        )
        pool = Pool(facts, facts.rows_of(ints([korean, english])))
        found: list[float] = kind_share(query_over(facts, taste=taste), pool).tolist()
        return found

    assert left([1, 2, 3, 4, 5]) == pytest.approx([1, 0.3])
    assert left([10, 11, 12, 13, 14]) == [1, 1]
    assert left([1, 2, 12, 13]) == [1, 1]
