"""How like all named titles together, by what they are and who likes them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from api.domain.arrays import Floats
from api.recommend.likeness.likeness import (
    away_from,
    likeness_of,
    mixed,
    nearer_to,
    soft_minimum,
)
from api.recommend.rank.mixer import WeightedMixer
from api.recommend.select.exploration import Exploration
from api.recommend.select.mmr import Mmr
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, ids_of, query_over, ranking_of


def floats(*rows: list[float]) -> Floats:
    return np.array(rows, dtype=np.float32)


def test_one_named_title_is_all_there_is_to_be_like() -> None:
    to_each = floats([0.1, 0.5])
    assert likeness_of((7,), to_each).scores.tolist() == to_each[0].tolist()


def test_a_title_that_is_like_one_of_two_alone_is_behind_one_that_is_like_both() -> None:
    # The first two are the named titles themselves, the mean of the last two is the same.
    to_each = floats([1, 0, 0.8, 0.4], [0, 1, 0.0, 0.4])
    scores = likeness_of((1, 2), to_each).scores
    assert scores[3] > scores[2]


def test_each_named_title_counts_on_its_own_scale() -> None:
    # All is a little like the first, which has few facts, and much less like the second.
    to_each = floats([1, 0.2, 0.6, 0.5], [0.0, 1, 0.1, 0.2])
    scores = likeness_of((1, 2), to_each).scores
    assert scores[3] > scores[2]


@given(arrays(np.float32, (3, 6), elements=st.floats(0, 1, width=32)))
def test_a_soft_minimum_lies_between_the_least_and_the_mean(values: Floats) -> None:
    found = soft_minimum(values)
    assert (found >= values.min(axis=0) - 1e-5).all()
    assert (found <= values.mean(axis=0) + 1e-5).all()


def test_metadata_leads_and_co_liking_decides_between_equals() -> None:
    metadata, co_liking = floats([0.3, 0.3, 0.5]), floats([0, 1, 0])
    first, second, third = mixed(metadata, co_liking, "mix")[0]
    assert third > second > first
    assert mixed(metadata, co_liking, "story")[0].tolist() == metadata[0].tolist()
    first, second, third = mixed(metadata, co_liking, "audience")[0]
    assert second > third > first


def test_an_unknown_title_loses_nothing_where_titles_are_named() -> None:
    facts = facts_of([Title(1, popularity=0.1, vote_count=1), Title(2, popularity=500)])
    query = replace(
        query_over(facts, like=(9,)),
        weights={"likeness": 1.0},
        likeness=likeness_of((9,), floats([0.5, 0.5])),
    )
    signals = {"likeness": np.full(2, 0.5, dtype=np.float32)}
    pool = ranking_of(facts, [1, 2]).pool
    ranker = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame)
    assert ranker.rank(query, pool, signals).scores.tolist() == [0.5, 0.5]
    in_words = replace(query, request=replace(query.request, like=(), text="like that one"))
    famous_first = ranker.rank(in_words, pool, signals)
    assert ids_of(famous_first) == [2, 1]


@pytest.mark.parametrize(
    "selector", [Mmr(lambda_=0.7, pool=9, head=9), Exploration(RANKING.diversify)]
)
def test_who_asks_for_alike_titles_is_given_no_variety(selector: Mmr | Exploration) -> None:
    facts, taste = facts_of([Title(1)]), Taste(known_ids=ints([1]))
    assert selector.applies_to(query_over(facts, taste=taste))
    assert not selector.applies_to(query_over(facts, taste=taste, like=(9,)))


def test_what_is_nearer_to_an_unliked_title_comes_behind_everything_else() -> None:
    likeness = likeness_of((1,), floats([0.9, 0.5, 0.1]))
    found = away_from(likeness, floats([0.95, 0.0, 0.0]))
    assert found.scores.argsort().tolist() == [0, 2, 1]
    assert found.scores[0] > 0
    assert nearer_to(likeness, floats([0.95, 0.0, 0.0])).tolist() == [True, False, False]


def test_what_is_near_to_an_unliked_title_loses_some_of_its_score() -> None:
    likeness = likeness_of((1,), floats([0.5, 0.5]))
    near, far = away_from(likeness, floats([0.4, 0.0])).scores
    assert far == pytest.approx(0.5, abs=0.01)
    assert near < far


@pytest.mark.parametrize("left", [0.0, 1e-4, 0.3])
def test_however_little_is_left_of_a_title_it_comes_before_what_is_set_back(left: float) -> None:
    likeness = likeness_of((1,), floats([0.9, 0.5]))
    shared = replace(likeness, scores=likeness.scores * floats([1.0, left])[0])
    set_back, other = away_from(shared, floats([0.95, 0.4])).scores
    assert 0 < set_back < other


def test_nearer_to_one_of_two_liked_titles_is_not_enough() -> None:
    likeness = likeness_of((1, 2), floats([0.9], [0.2]))
    assert nearer_to(likeness, floats([0.3])).tolist() == [True]


def test_nearness_to_unliked_titles_goes_by_metadata_whoever_likes_what() -> None:
    likeness = likeness_of((1,), floats([0.9]), floats([0.4]))
    assert nearer_to(likeness, floats([0.5])).tolist() == [True]
