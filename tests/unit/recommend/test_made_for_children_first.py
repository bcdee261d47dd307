"""What is made for children leads a young child's list, and hardly an older one's."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.limits import NO_LIMITS, Limits, strictest
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.made_for_children_first import MadeForChildrenFirst, share_for_children
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_SELECT = MadeForChildrenFirst()
_MADE = range(21, 41)  # behind twenty that are not


def _of(age: int | None, *others: Limits) -> tuple[Query, Ranking]:
    facts = facts_of([Title(number) for number in range(1, 41)])
    grades = np.array([2 if number in _MADE else 0 for number in range(1, 41)], dtype=np.int8)
    query = query_over(facts)
    limits = strictest([Limits(age, is_child=True), *others])
    versions = replace(query.versions, limits=limits)
    return replace(query, versions=versions, children_first=grades), ranking_of(
        facts, range(1, 41), [1.0] * 40
    )


def _made_in(age: int | None, first: int, *others: Limits) -> int:
    query, ranking = _of(age, *others)
    if not _SELECT.applies_to(query):
        return sum(item in _MADE for item in ids_of(ranking)[:first])
    return sum(item in _MADE for item in ids_of(_SELECT.select(query, ranking))[:first])


@pytest.mark.parametrize(
    ("age", "made"), [(None, 20), (3, 20), (8, 20), (9, 20), (10, 15), (11, 10), (12, 5), (13, 0)]
)
def test_the_older_the_less(age: int | None, made: int) -> None:
    assert _made_in(age, 20) == made


@pytest.mark.parametrize("age", [13, 14, 16])
def test_from_thirteen_on_nothing_leads(age: int) -> None:
    assert not _SELECT.applies_to(_of(age)[0])


def test_the_youngest_who_watches_decides() -> None:
    assert _made_in(13, 20, Limits(6, is_child=True)) == 20
    assert _made_in(6, 20, NO_LIMITS) == 20


def test_nobody_who_watches_is_a_child() -> None:
    query, _ = _of(6)
    assert share_for_children(replace(query, children_first=None)) == 0


def test_titles_of_one_grade_keep_their_order() -> None:
    query, ranking = _of(11)
    order = ids_of(_SELECT.select(query, ranking))
    assert [item for item in order if item in _MADE] == list(_MADE)
    assert [item for item in order if item not in _MADE] == list(range(1, 21))


@given(st.lists(st.booleans(), max_size=60), st.integers(10, 12))
def test_every_beginning_has_its_share_and_nothing_is_lost(is_made: list[bool], age: int) -> None:
    query, _ = _of(age)
    facts = facts_of([Title(number) for number in range(1, len(is_made) + 1)])
    grades = np.array([2 * made for made in is_made], dtype=np.int8)
    query = replace(query, facts=facts, children_first=grades)
    ids = range(1, len(is_made) + 1)
    order = ids_of(_SELECT.select(query, ranking_of(facts, ids, [1.0] * len(is_made))))
    assert sorted(order) == list(ids)
    made = [is_made[item - 1] for item in order]
    for first in range(1, len(order) + 1):
        assert sum(made[:first]) >= min(share_for_children(query) * first // 1, sum(is_made))
