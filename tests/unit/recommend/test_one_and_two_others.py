"""For an evening: the best title, and two others of another kind."""

from dataclasses import replace

import numpy as np
import pytest

from api.domain.limits import Limits, strictest
from api.language.intent import Intent
from api.language.vocabulary.moods import MOODS
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.moods import Moods
from api.recommend.constraints.runtime import LongestRuntime
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
    query = replace(
        query_over(facts, evening=_EVENING), made_for_children=grades, children_first=grades
    )
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
    assert _order(titles, query=query)[:3] == [2, 4, 5]


@pytest.mark.parametrize("mood", ["light", "cosy", "family night"])
@pytest.mark.parametrize(
    "harsher",
    [
        Title(1, genres=("Comedy", "Animation", "Family"), runtime=90, age=17),
        Title(1, genres=("Animation", "Science Fiction"), runtime=90, age=13),
    ],
    ids=["for adults alone", "only drawn"],
)
def test_a_gentle_mood_comes_before_what_is_for_adults_or_only_drawn(
    mood: str, harsher: Title
) -> None:
    meant = MOODS[mood]
    gentle = Title(2, genres=("Comedy", "Family"), runtime=90, age=8)
    query = query_over(facts_of([harsher, gentle]), evening=_EVENING)
    one = Moods("words", (meant.wanted,), meant.unwanted, meant.oldest)
    assert _order([harsher, gentle], query=replace(query, preferred=Constraints((one,)))) == [2, 1]
    assert _order([harsher, gentle]) == [1, 2]


def test_a_dark_mood_may_be_for_adults() -> None:
    meant = MOODS["dark"]
    titles = [Title(1, genres=("Thriller",), age=17), Title(2, genres=("Thriller",), age=13)]
    one = Moods("words", (meant.wanted,), meant.unwanted)
    query = query_over(facts_of(titles), evening=_EVENING)
    assert _order(titles, query=replace(query, preferred=Constraints((one,)))) == [1, 2]


_PRESCHOOL = Title(1, is_show=True, genres=("Animation", "Family"), runtime=24, age=0)
_SHORT = Title(2, is_show=True, genres=("Fantasy", "Family"), runtime=5, age=0)
_UNKNOWN = Title(3, is_show=True, genres=("Fantasy", "Family"), age=0)
_SITCOM = Title(4, is_show=True, genres=("Fantasy", "Comedy", "Family"), runtime=23, age=0)
_FILM = Title(5, genres=("Family",), runtime=98, age=0)
_SHORT_FILM = Title(6, genres=("Family",), runtime=30, age=0)
_PARENT, _SIX, _SEVEN, _TEEN = (Limits(max_age=age) for age in (None, 6, 7, 13))


def _evening_of(*limits: Limits, minutes: int | None = None, least: int = 1) -> list[int]:
    titles = [_PRESCHOOL, _SHORT, _UNKNOWN, _SITCOM, _FILM, _SHORT_FILM]
    query = query_over(facts_of(titles), evening=_EVENING)
    query = replace(query, versions=replace(query.versions, limits=strictest(limits)))
    if minutes is not None:
        query = replace(query, constraints=Constraints((LongestRuntime("parameter", minutes),)))
    return _order(titles, query=query)[:least]


@pytest.mark.parametrize(
    "limits", [(_PARENT, _SIX), (_SIX, _PARENT), (_TEEN, _SIX), (_PARENT, _PARENT, _TEEN, _SIX)]
)
def test_an_evening_of_old_and_young_is_for_more_than_the_youngest(
    limits: tuple[Limits, ...],
) -> None:
    assert sorted(_evening_of(*limits, least=2)) == [4, 5]


@pytest.mark.parametrize("limits", [(_SIX,), (_SIX, _SEVEN)])
def test_what_is_for_the_youngest_is_for_them_alone_if_it_is_long_enough(
    limits: tuple[Limits, ...],
) -> None:
    assert _evening_of(*limits) == [1]
    assert 2 not in _evening_of(*limits, least=3)


@pytest.mark.parametrize("limits", [(_PARENT,), (_PARENT, _TEEN)])
def test_nobody_young_makes_no_difference_but_the_length_does(limits: tuple[Limits, ...]) -> None:
    assert _evening_of(*limits) == [1]
    assert not {2, 6} & {*_evening_of(*limits, least=3)}


def test_of_little_time_half_is_enough() -> None:
    titles = [_SHORT, _SHORT_FILM]
    facts = facts_of(titles)
    query = query_over(facts, evening=_EVENING)
    for minutes, order in ((10, [2, 6]), (40, [6, 2]), (100, [2, 6])):
        asked = Constraints((LongestRuntime("parameter", minutes),))
        assert _order(titles, query=replace(query, constraints=asked)) == order


def test_of_those_about_as_good_as_the_best_one_that_many_like_comes_first() -> None:
    titles = [Title(1, vote_count=40), Title(2, vote_count=900, vote_average=7.2)]
    assert _order(titles, [1.0, 0.95])[0] == 2
    assert _order(titles, [1.0, 0.8])[0] == 1
    disliked = [titles[0], Title(2, vote_count=900, vote_average=5.9)]
    assert _order(disliked, [1.0, 0.95])[0] == 1


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
