"""Taste is learned from signed, dated events."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.arrays import Floats
from api.viewers.events import EventType
from api.viewers.taste.implicit_rating import Event, title_ratings
from api.viewers.taste.taste import (
    affinities,
    commonness,
    interests,
    marking,
    related_scores,
    vectors,
)
from tests.facts_builder import NOW, RANKING

NUMBERS = RANKING.profile


def event(
    item_id: int = 1, kind: EventType = "watched", rating: float | None = None, days: int = 0
) -> Event:
    return Event(item_id, kind, rating, 1.0, NOW - timedelta(days=days))


def unit(*components: float) -> Floats:
    vector = np.array(components, dtype=np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def weighed(*events: Event) -> tuple[Any, Any, Any]:
    said = title_ratings(events)
    return said.ids, said.weights, said.at


def test_dislikes_alone_make_no_taste() -> None:
    ids, weights, times = weighed(event(1, "disliked"), event(2, "rated", 0.0))
    assert len(ids) == 2
    short, long = vectors(weights, times, np.eye(2, dtype=np.float32), now=NOW, numbers=NUMBERS)
    assert short is None
    assert long is None


def test_recent_titles_pull_the_short_vector_more_than_the_long_one() -> None:
    old_first = [event(1), *(event(n, days=400) for n in range(2, 40))]
    _, weights, times = weighed(*old_first)
    embeddings = np.array([unit(1, 0)] + [unit(0, 1)] * 38, dtype=np.float32)
    short, long = vectors(weights, times, embeddings, now=NOW, numbers=NUMBERS)
    assert short is not None
    assert long is not None
    assert short[0] > long[0]
    assert np.linalg.norm(short) == pytest.approx(1, abs=1e-5)


def test_disliked_title_pushes_the_vector_away() -> None:
    liked, disliked = unit(1, 1, 0), unit(0, 1, 0)
    _, weights, times = weighed(event(1, "liked"), event(2, "disliked"))
    short, _ = vectors(weights, times, np.stack([liked, disliked]), now=NOW, numbers=NUMBERS)
    assert short is not None
    assert short @ disliked < liked @ disliked


def test_wide_taste_has_a_centroid_per_interest() -> None:
    rng = np.random.default_rng(1)
    axes = np.eye(8, dtype=np.float32)
    points = np.concatenate([axes[i] + rng.normal(0, 0.05, (10, 8)) for i in (0, 3, 6)])
    points = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    found = interests(np.ones(30, dtype=np.float32), points, NUMBERS)
    assert len(found) == 3
    assert {int(np.argmax(centroid)) for centroid in found} == {0, 3, 6}


def listed(place: int, *, recommended: bool = True, weight: float = 1.0) -> float:
    (said,) = related_scores(
        np.array([place], dtype=np.int32),
        np.array([recommended]),
        np.array([weight], dtype=np.float32),
        similar_share=0.5,
    )
    return float(said)


def test_lists_say_less_from_place_to_place_and_for_what_is_only_similar() -> None:
    assert listed(1) == 1
    assert [listed(place) > listed(place + 1) > 0 for place in range(1, 40)] == [True] * 39
    assert listed(3, recommended=False) == pytest.approx(listed(3) / 2)
    assert listed(3, weight=2.0) == pytest.approx(listed(3) * 2)


def test_narrow_history_has_no_centroids() -> None:
    few = NUMBERS.interests_from - 1
    assert interests(np.ones(few, np.float32), np.eye(few, dtype=np.float32), NUMBERS) == ()


@given(
    st.lists(
        st.tuples(
            st.integers(1, 5),
            st.sampled_from(["watched", "liked", "disliked", "not_interested"]),
            st.integers(0, 3000),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_vectors_are_unit_length_or_absent(listed: list[tuple[int, EventType, int]]) -> None:
    ids, weights, times = weighed(*(event(i, kind, days=days) for i, kind, days in listed))
    embeddings = np.eye(6, dtype=np.float32)[ids]
    for vector in vectors(weights, times, embeddings, now=NOW, numbers=NUMBERS):
        assert vector is None or np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_a_common_language_is_liked_no_more_than_a_rare_one_is_by_one_title() -> None:
    catalogue = np.array([1] * 90 + [2] * 10 + [0] * 50, dtype=np.int16)
    as_common = affinities(
        np.array([1] * 9 + [2], dtype=np.int16), np.ones(10, "f4"), commonness(catalogue)
    )
    assert as_common == pytest.approx({1: 0.5, 2: 0.5})
    rare = affinities(
        np.array([2, 2, 2, 1], dtype=np.int16), np.ones(4, "f4"), commonness(catalogue)
    )
    assert rare[2] > 0.7 > 0.5 > rare[1]


def test_few_likings_lean_less_than_many() -> None:
    catalogue = np.array([1] * 90 + [2] * 10, dtype=np.int16)
    few, many = (
        affinities(np.full(count, 2, dtype=np.int16), np.ones(count, "f4"), commonness(catalogue))
        for count in (1, 20)
    )
    assert 0.5 < few[2] < many[2] < 1


def test_titles_without_a_language_lean_to_nothing() -> None:
    catalogue = np.array([0, 1], dtype=np.int16)
    assert affinities(np.zeros(3, dtype=np.int16), np.ones(3, "f4"), commonness(catalogue)) == {}


def test_nothing_is_common_in_an_empty_catalogue_and_nothing_leans_to_it() -> None:
    nothing = np.empty(0, dtype=np.int16)
    common = commonness(nothing)
    assert len(common.groups) == len(common.shares) == 0
    assert affinities(nothing, np.empty(0, "f4"), common) == {}


_CATALOGUE = np.array([1] * 60 + [2] * 5 + [3] * 30 + [0] * 5, dtype=np.int16)


@pytest.mark.parametrize(
    ("liked", "marks"),
    [
        ([2, 2, 2], {2: 3}),
        ([2, 2, 2, 1, 1, 1, 1, 0, 0], {2: 3}),
        ([2, 2], {}),  # no rule yet
        ([2, 2, 2] + [1] * 10, {}),  # less than a quarter
        ([1] * 9, {}),  # what most titles are marks nobody
        ([3] * 9 + [1], {}),  # hardly three times as often as it is common
        ([0] * 9, {}),
        ([], {}),
    ],
)
def test_a_language_marks_a_taste_that_has_far_more_of_it_than_the_catalogue(
    liked: list[int], marks: dict[int, int]
) -> None:
    assert marking(np.array(liked, dtype=np.int16), commonness(_CATALOGUE)) == marks


def test_english_marks_a_taste_in_a_catalogue_that_hardly_has_any() -> None:
    catalogue = np.array([1] * 2 + [2] * 98, dtype=np.int16)
    assert marking(np.ones(4, dtype=np.int16), commonness(catalogue)) == {1: 4}
