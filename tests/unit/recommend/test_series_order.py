"""Parts of a series come in their order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.series_order import SeriesOrder
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

# Five parts of a series, 1 to 5, and five films, 6 to 10.
FACTS = facts_of(
    [Title(n, collection=7 if n <= 5 else 0, released=date(1990 + n, 1, 1)) for n in range(1, 11)]
)


def ordered(
    listed: Sequence[int], *, seen: Sequence[int] = (), query: Query | None = None
) -> list[int]:
    """The list after the selector."""
    asked = query or allowed_but(seen)
    ranking = ranking_of(FACTS, listed)
    return ids_of(SeriesOrder().select(asked, ranking))


def allowed_but(seen: Sequence[int]) -> Query:
    query = query_over(FACTS, excluded=seen)
    return replace(query, allowed=~np.isin(FACTS.ids, seen))


def test_parts_wait_for_those_before_them() -> None:
    assert ordered([3, 6, 1, 7, 2, 8]) == [6, 1, 7, 2, 3, 8]
    assert ordered([1, 6, 2, 7, 3]) == [1, 6, 2, 7, 3]


def test_after_a_part_that_is_known_the_next_one_comes_first() -> None:
    assert ordered([4, 6, 2, 3, 7], seen=[1]) == [6, 2, 3, 4, 7]


def test_parts_before_one_that_is_known_wait_for_nothing() -> None:
    assert ordered([3, 6, 1, 4, 7], seen=[2, 5]) == [3, 6, 1, 4, 7]
    assert ordered([5, 2, 6, 1, 4], seen=[3]) == [2, 6, 1, 4, 5]


def test_a_part_whose_predecessor_is_not_in_the_list_goes_to_the_end() -> None:
    assert ordered([3, 6, 7]) == [6, 7, 3]


def test_a_predecessor_that_may_not_be_shown_is_not_waited_for() -> None:
    query = query_over(FACTS)
    query = replace(query, allowed=~np.isin(FACTS.ids, [1, 2]))
    assert ordered([3, 6, 7], query=query) == [3, 6, 7]


@pytest.mark.parametrize("asked", [{"text": "the third part"}, {"temperature": 0.5}])
def test_what_is_asked_for_by_name_or_left_to_chance_stays_in_its_place(
    asked: dict[str, Any],
) -> None:
    assert not SeriesOrder().applies_to(query_over(FACTS, **asked))
    assert SeriesOrder().applies_to(query_over(FACTS))


@given(
    st.lists(st.integers(1, 10), min_size=1, unique=True),
    st.sets(st.integers(1, 10), max_size=5),
)
def test_no_part_behind_the_last_known_one_stands_before_an_earlier_one(
    listed: list[int], seen: set[int]
) -> None:
    listed = [one for one in listed if one not in seen]
    found = ordered(listed, seen=sorted(seen)) if listed else []
    assert sorted(found) == sorted(listed)
    last = max((one for one in seen if one <= 5), default=0)
    waiting = [one for one in found if last < one <= 5]
    assert waiting == sorted(waiting)
    free = [one for one in found if one not in waiting]
    assert free == [one for one in listed if one in free]


def test_scores_move_with_their_titles() -> None:
    ranking = ranking_of(FACTS, [3, 6, 1])
    score_of = dict(zip(ids_of(ranking), ranking.scores.tolist(), strict=True))
    selected: Ranking = SeriesOrder().select(allowed_but(()), ranking)
    assert [score_of[one] for one in ids_of(selected)] == selected.scores.tolist()


def test_a_part_whose_beginning_the_catalogue_lacks_goes_to_the_end() -> None:
    facts = facts_of([Title(1, "Rebellion: Part III"), Title(2), Title(3)])
    for excluded, expected in (((), [2, 3, 1]), ((2,), [3, 1])):
        query = replace(query_over(facts), allowed=~np.isin(facts.ids, excluded))
        ranking = ranking_of(facts, [one for one in (1, 2, 3) if one not in excluded])
        assert ids_of(SeriesOrder().select(query, ranking)) == expected
