"""For an evening: the best title, and two others of another kind."""

from dataclasses import replace

import numpy as np

from api.recommend.select.one_and_two_others import OneAndTwoOthers
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_SELECT = OneAndTwoOthers()


def _order(titles: list[Title]) -> list[int]:
    facts = facts_of(titles)
    ranking = ranking_of(facts, [title.id for title in titles])
    return ids_of(_SELECT.select(query_over(facts, evening="2026-03-01"), ranking))


def test_the_best_stays_first_and_others_differ_in_genres_and_length() -> None:
    order = _order(
        [
            Title(1, genres=("Crime",), runtime=120),
            Title(2, genres=("Crime",), runtime=60),
            Title(3, genres=("Comedy",), runtime=118),
            Title(4, genres=("Comedy",), runtime=90),
            Title(5, genres=("Music",), runtime=60),
        ]
    )
    assert order == [1, 4, 5, 2, 3]


def test_other_genres_come_before_another_length() -> None:
    order = _order(
        [
            Title(1, genres=("Crime",), runtime=120),
            Title(2, genres=("Crime",), runtime=60),
            Title(3, genres=("Comedy",), runtime=120),
        ]
    )
    assert order == [1, 3, 2]


def test_few_titles_are_all_there_are() -> None:
    assert _order([Title(1)]) == [1]
    assert _order([]) == []


def test_lists_for_no_evening_are_left_alone() -> None:
    assert not _SELECT.applies_to(query_over(facts_of([Title(1)])))


def test_a_childs_evening_has_what_is_made_for_children_before_what_differs() -> None:
    titles = [
        Title(1, genres=("Family",), runtime=90),
        Title(2, genres=("Drama",), runtime=120),
        Title(3, genres=("Family",), runtime=91),
        Title(4, genres=("Family",), runtime=110),
    ]
    facts = facts_of(titles)
    grades = np.array([2, 0, 2, 2], dtype=np.int8)
    query = replace(query_over(facts, evening="2026-03-01"), made_for_children=grades)
    order = ids_of(_SELECT.select(query, ranking_of(facts, [1, 2, 3, 4])))
    assert order == [1, 4, 3, 2]
