"""For an evening: the best title, and two others of another kind."""

from dataclasses import replace

import numpy as np

from api.language.intent import Intent
from api.language.vocabulary.moods import MOODS
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.moods import Moods
from api.recommend.query import Query
from api.recommend.select.one_and_two_others import OneAndTwoOthers
from api.viewers.taste.taste import Taste
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_SELECT = OneAndTwoOthers()
_EVENING = "2026-03-01"


def _order(
    titles: list[Title], scores: list[float] | None = None, query: Query | None = None
) -> list[int]:
    """Of titles that are all as relevant, if nothing else is said."""
    facts = facts_of(titles)
    ranking = ranking_of(facts, [title.id for title in titles], scores or [1.0] * len(titles))
    return ids_of(_SELECT.select(query or query_over(facts, evening=_EVENING), ranking))


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
    query = replace(query_over(facts, evening=_EVENING), made_for_children=grades)
    order = ids_of(_SELECT.select(query, ranking_of(facts, [1, 2, 3, 4], [1.0] * 4)))
    assert order == [1, 4, 3, 2]


def test_what_is_less_relevant_than_the_middle_of_a_page_stands_in_for_nothing() -> None:
    titles = [
        Title(1, genres=("Family",), runtime=90),
        Title(2, genres=("Family", "Comedy"), runtime=90),
        Title(3, genres=("Family", "Fantasy"), runtime=90),
        Title(4, genres=("Horror",), runtime=150),
    ]
    assert _order(titles, [0.9, 0.8, 0.8, 0.1]) == [1, 2, 3, 4]
    assert _order(titles, [0.9, 0.8, 0.8, 0.7])[:2] == [1, 4]


def test_a_mood_holds_for_all_three() -> None:
    light = MOODS["light"]
    titles = [
        Title(1, genres=("Horror",), runtime=90),
        Title(2, genres=("Comedy",), runtime=90),
        Title(3, genres=("Crime", "Thriller"), runtime=120),
        Title(4, genres=("Comedy", "Music"), runtime=90),
        Title(5, genres=("Animation",), runtime=90),
    ]
    query = query_over(facts_of(titles), evening=_EVENING)
    mood = Moods("words", (light.wanted,), light.unwanted)
    query = replace(query, intent=Intent("light", moods=(light,)), preferred=Constraints((mood,)))
    assert _order(titles, query=query)[:3] == [2, 5, 4]


def test_where_too_few_are_of_the_mood_others_fill_up() -> None:
    light = MOODS["light"]
    titles = [Title(1, genres=("Horror",)), Title(2, genres=("Comedy",)), Title(3)]
    mood = Moods("words", (light.wanted,), light.unwanted)
    query = query_over(facts_of(titles), evening=_EVENING)
    query = replace(query, preferred=Constraints((mood,)))
    assert sorted(_order(titles, query=query)[1:]) == [1, 3]
    assert _order(titles, query=query)[0] == 2


def test_who_likes_nothing_for_adults_gets_nothing_for_adults() -> None:
    liked = [Title(id, age=8) for id in range(11, 16)]
    titles = [
        Title(1, genres=("Animation",), age=17),
        Title(2, genres=("Animation",), age=8),
        Title(3, genres=("Horror",), age=17),
        Title(4, genres=("Adventure",), age=13),
        Title(5, genres=("Thriller",)),
        Title(6, genres=("Animation",), age=8),
    ]
    facts = facts_of([*titles, *liked])
    ranking = ranking_of(facts, [1, 2, 3, 4, 5, 6], [1.0] * 6)

    def first_three(liked_ids: list[int]) -> list[int]:
        taste = Taste(liked_ids=np.array(liked_ids, dtype=np.int32))
        query = query_over(facts, evening=_EVENING, taste=taste)
        return ids_of(_SELECT.select(query, ranking))[:3]

    assert first_three([11, 12, 13, 14, 15]) == [2, 4, 6]
    assert first_three([3, 11, 12, 13, 14]) == [1, 3, 4]


def test_genres_that_are_asked_for_make_no_other_kind() -> None:
    titles = [
        Title(1, genres=("Comedy", "Drama")),
        Title(2, genres=("Comedy", "Drama")),
        Title(3, genres=("Comedy", "Crime")),
        Title(4, genres=("Comedy", "Family")),
    ]
    comedy = MOODS["light"].wanted & frozenset({35})
    query = query_over(facts_of(titles), evening=_EVENING)
    query = replace(query, constraints=Constraints((Genres("words", (comedy,)),)))
    assert _order(titles, query=query) == [1, 3, 4, 2]
