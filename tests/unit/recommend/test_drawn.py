"""Chance where a request asks for it."""

from dataclasses import replace

import pytest

from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.select.drawn import Drawn
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_FACTS = facts_of([Title(number) for number in range(1, 41)])


def query(temperature: float, seed: int = 1) -> Query:
    return replace(query_over(_FACTS, temperature=temperature), seed=seed)


def ranking() -> Ranking:
    return ranking_of(_FACTS, range(1, 41))


def test_without_a_temperature_nothing_is_drawn() -> None:
    assert not Drawn(head=5).applies_to(query(0.0))
    assert Drawn(head=5).applies_to(query(0.5))


def test_the_same_seed_draws_the_same_and_another_seed_another_list() -> None:
    lists = [ids_of(Drawn(head=5).select(query(2.0, seed), ranking())) for seed in (1, 1, 2)]
    assert lists[0] == lists[1] != lists[2]


def test_nobody_is_lost_and_the_odds_of_each_draw_are_kept() -> None:
    drawn = Drawn(head=5).select(query(2.0), ranking())
    assert sorted(ids_of(drawn)) == list(range(1, 41))
    assert len(drawn.drawn) == 5
    assert set(drawn.drawn) == set(drawn.order[:5].tolist())
    assert all(0 < odds <= 1 for odds in drawn.drawn.values())


def test_a_cold_draw_keeps_the_order_nearly_and_titles_far_behind_stay_there() -> None:
    cold = ids_of(Drawn(head=5).select(query(0.001), ranking()))
    assert cold == list(range(1, 41))
    hot = ids_of(Drawn(head=5).select(query(5.0), ranking()))
    assert max(hot[:5]) <= 15


def test_a_single_title_is_drawn_as_it_stands() -> None:
    alone = ranking_of(_FACTS, [3])
    assert Drawn(head=5).select(query(1.0), alone) is alone


@pytest.mark.parametrize("temperature", [0.1, 1.0, 5.0])
def test_better_titles_are_drawn_more_often(temperature: float) -> None:
    first = [
        ids_of(Drawn(head=1).select(query(temperature, seed), ranking_of(_FACTS, [1, 2, 3])))[0]
        for seed in range(200)
    ]
    assert first.count(1) > first.count(3)
