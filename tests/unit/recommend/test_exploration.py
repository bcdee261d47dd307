"""Explored places are drawn, by the slate's seed, with probabilities that are kept."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.similarity.item_similarity import Features, similarity_of
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.draw import draw
from api.recommend.select.exploration import Exploration
from api.viewers.preferences.preference import Preference
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, ids_of, query_over, ranking_of

_TAIL = range(31, 61)


def a_page(*, limit: int = 20, tail_scores: float = 0.8) -> tuple[Query, Ranking]:
    """Thirty known titles ranked before thirty relevant ones of the long tail."""
    titles = [Title(n, popularity=100 - n) for n in range(1, 31)]
    titles += [Title(n, vote_count=200) for n in _TAIL]
    titles += [Title(n, popularity=50) for n in range(100, 140)]  # not in the pool
    facts = facts_of(titles)
    scores = [0.8] * 30 + [tail_scores] * 30
    query = query_over(facts, limit=limit, taste=Taste(known_ids=ints([100])))
    return query, ranking_of(facts, range(1, 61), scores)


def explore(query: Query, ranking: Ranking, *, seed: int, **numbers: object) -> Ranking:
    exploration = Exploration(RANKING.diversify.model_copy(update=numbers))
    return exploration.select(replace(query, seed=seed), ranking)


def test_the_same_seed_draws_the_same_titles_and_another_one_others() -> None:
    query, ranking = a_page()
    first = explore(query, ranking, seed=1)
    again = explore(query, ranking, seed=1)
    assert ids_of(first) == ids_of(again)
    assert first.explored == again.explored
    assert len({tuple(ids_of(explore(query, ranking, seed=seed))[:20]) for seed in range(9)}) > 1


def test_only_the_best_of_the_tail_are_drawn_from() -> None:
    query, ranking = a_page()
    drawn: set[int] = set()
    for seed in range(60):
        page = ids_of(explore(query, ranking, seed=seed, long_tail_choices=5))[:20]
        drawn |= {item for item in page if item > 30}
    assert drawn == set(range(31, 36))


def test_what_is_less_like_the_taste_than_half_of_the_page_is_not_explored() -> None:
    query, ranking = a_page(tail_scores=0.79)
    assert explore(query, ranking, seed=1).explored == {}
    assert explore(query, ranking, seed=1, long_tail_relevance_floor=0.9).explored


def test_what_is_like_the_taste_and_of_its_kind_is_explored() -> None:
    query, ranking = a_page()
    pool = ranking.pool
    # Of the tail 31 to 40 are much like the taste, and the first five of these not of its kind.
    alike = np.where(np.isin(pool.ids, range(41, 61)), 0.2, 0.9).astype(np.float32)
    of_its_kind = np.where(np.isin(pool.ids, range(31, 36)), 0.3, 1).astype(np.float32)
    none = Features(ints([]), ints([]))
    metadata = similarity_of(version=1, ids=query.facts.ids, features=[none] * 7)
    query = replace(query, similarity=metadata)
    ranking = replace(ranking, signals={"alike": alike, "of_its_kind": of_its_kind})
    drawn = [
        set(ids_of(explore(query, ranking, seed=seed))[:20]) - set(range(1, 31))
        for seed in range(20)
    ]
    assert set().union(*drawn) == set(range(36, 41))


def test_chance_keeps_to_the_kind_of_the_page() -> None:
    query, ranking = a_page()
    # As relevant as the page, and films where all of it are shows.
    of_its_kind = np.where(ranking.pool.ids > 30, 0.9, 1).astype(np.float32)
    ranking = replace(ranking, signals={"of_its_kind": of_its_kind})
    assert max(ids_of(explore(query, ranking, seed=1))[:20]) <= 30
    some_films = np.where(np.isin(ranking.pool.ids, [3, 6, 9, 12, 15, 18]), 0.9, of_its_kind)
    wide = replace(ranking, signals={"of_its_kind": some_films.astype(np.float32)})
    assert max(ids_of(explore(query, wide, seed=1))[:20]) > 30


def test_what_voters_like_less_than_most_of_the_page_is_not_explored() -> None:
    average = {n: 7.0 + n % 4 / 2 for n in range(1, 31)} | dict.fromkeys(_TAIL, 6.9) | {40: 7.6}
    titles = [Title(n, popularity=100 - n, vote_average=average[n]) for n in range(1, 31)]
    titles += [Title(n, vote_count=200, vote_average=average[n]) for n in _TAIL]
    titles += [Title(n, popularity=50) for n in range(100, 140)]
    facts = facts_of(titles)
    ranking = ranking_of(facts, range(1, 61), [0.8] * 60)
    page = ids_of(explore(query_over(facts, limit=20), ranking, seed=1))[:20]
    assert {item for item in page if item > 30} == {40}


def test_the_probability_kept_is_the_one_that_it_was_drawn_with() -> None:
    query, ranking = a_page()
    explored = explore(query, ranking, seed=3, long_tail_choices=10)
    page = ids_of(explored)[:20]
    places = {item: place for place, item in enumerate(page)}
    kept = {
        int(explored.pool.ids[index]): propensity for index, propensity in explored.explored.items()
    }
    in_order = [kept[item] for item in sorted(kept, key=lambda item: places.get(item, 99))][:3]
    # Ten alike, then nine, then eight.
    assert in_order == pytest.approx([1 / 10, 1 / 9, 1 / 8])


@pytest.mark.parametrize("limit", [5, 20, 45])
def test_places_that_are_kept_apart_are_those_of_the_long_tail(limit: int) -> None:
    query, ranking = a_page(limit=limit)
    explored = explore(query, ranking, seed=4)
    assert {int(explored.pool.ids[index]) for index in explored.explored} <= set(_TAIL)
    assert sorted(ids_of(explored)) == sorted(ids_of(ranking))
    assert ids_of(explored)[0] == 1


def test_titles_are_drawn_as_often_as_their_weights_say() -> None:
    chance = np.random.default_rng(8)
    drawn = Counter(draw([1, 2, 0, 5], 1, chance)[0][0] for _ in range(4000))
    assert drawn[2] == 0
    assert [drawn[n] / 4000 for n in (0, 1, 3)] == pytest.approx([1 / 8, 2 / 8, 5 / 8], abs=0.03)


@given(st.lists(st.floats(-1, 1), max_size=12), st.integers(0, 6), st.integers(0, 2**128 - 1))
def test_draws_are_distinct_with_probabilities_above_zero(
    weights: list[float], count: int, seed: int
) -> None:
    drawn = draw(weights, count, np.random.default_rng(seed))
    positions = [position for position, _ in drawn]
    assert len(set(positions)) == len(positions) <= count
    assert set(positions) <= set(range(len(weights)))
    assert all(0 < propensity <= 1 for _, propensity in drawn)


@pytest.mark.parametrize(
    "title",
    [
        Title(31, vote_count=99),
        Title(31, vote_count=200, vote_average=6.4),
        Title(31, vote_count=9000, popularity=0.1),  # famous, and not talked of this week
    ],
    ids=["too few votes", "badly rated", "only not popular now"],
)
def test_what_has_nobody_to_speak_for_it_or_is_famous_is_not_explored(title: Title) -> None:
    facts = facts_of([*(Title(n, vote_count=5000, vote_average=5) for n in range(1, 31)), title])
    ranking = ranking_of(facts, range(1, 32), [0.8] * 31)
    explored = explore(query_over(facts, limit=20), ranking, seed=1)
    assert explored.explored == {}


def test_a_well_liked_little_known_title_is_explored_however_popular_it_is_now() -> None:
    talked_of = Title(31, vote_count=100, vote_average=6.5, popularity=900)
    facts = facts_of(
        [*(Title(n, vote_count=5000, vote_average=5) for n in range(1, 31)), talked_of]
    )
    ranking = ranking_of(facts, range(1, 32), [0.8] * 31)
    explored = explore(query_over(facts, limit=20), ranking, seed=1)
    assert [int(explored.pool.ids[index]) for index in explored.explored] == [31]


def test_a_first_list_is_not_explored() -> None:
    """Who has said nothing is shown what many like, and nothing that few know."""
    query, _ = a_page()
    exploration = Exploration(RANKING.diversify)
    unknown = replace(query.viewer, taste=Taste())
    assert not exploration.applies_to(replace(query, viewer=unknown))
    stated = (Preference("genre", "Crime", "prefer"),)
    assert exploration.applies_to(replace(query, viewer=replace(unknown, preferences=stated)))


@pytest.mark.parametrize(
    "request_", [{"text": "a heist"}, {"description": "a heist"}, {"limit": 4}], ids=str
)
def test_exploration_rests_for(request_: dict[str, Any]) -> None:
    query, _ = a_page()
    exploration = Exploration(RANKING.diversify)
    assert exploration.applies_to(query)
    assert not exploration.applies_to(replace(query, request=replace(query.request, **request_)))
