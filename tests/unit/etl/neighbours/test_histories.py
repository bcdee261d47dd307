"""Events and ratings become likings on one scale, in the order in which they happened."""

import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from api.viewers.taste.implicit_rating import of_kinds
from etl.neighbours.histories import joined, of_profiles, of_ratings
from etl.neighbours.model_writes import Opinions
from etl.neighbours.ratings_set import RatingsSet


class Opinion(NamedTuple):
    user: int
    item: int
    event_type: str = "liked"
    rating: float = math.nan
    day: int = 1
    profile: int = 1
    weight: float = 1.0


def opinions(*each: Opinion) -> Opinions:
    users, items, kinds, ratings, days, profiles, weights = zip(*each, strict=True)
    return Opinions(
        profile_id=np.array(profiles, np.int32),
        user=np.array(users, np.int32),
        item_id=np.array(items, np.int32),
        by_kind=of_kinds(kinds, [0] * len(kinds)),
        rating=np.array(ratings, np.float32),
        weight=np.array(weights, np.float32),
        at=np.array(days, np.float64),
    )


def ratings_of(*rows: tuple[int, int, float, int]) -> RatingsSet:
    viewer, tmdb_id, rating, rated_at = zip(*rows, strict=True)
    return RatingsSet(
        Path("set").name,
        np.array(viewer, np.int32),
        np.array(tmdb_id, np.int32),
        np.array(rating, np.float32),
        np.array(rated_at, np.int64),
        len(rows),
        {},
    )


def test_rows_come_by_viewer_and_time() -> None:
    found = of_profiles(opinions(Opinion(2, 3, day=2), Opinion(2, 4, day=1), Opinion(1, 5, day=3)))
    assert found.viewer.tolist() == [0, 1, 1]
    assert found.item_id.tolist() == [5, 4, 3]


def test_all_profiles_of_a_user_are_one_viewer() -> None:
    found = of_profiles(opinions(Opinion(1, 1, profile=1), Opinion(1, 2, profile=2)))
    assert found.viewers == 1


@pytest.mark.parametrize(
    ("event_type", "implicit_rating"),
    [("liked", 1.0), ("watched", 0.5), ("disliked", -0.5), ("not_interested", -0.5)],
)
def test_an_event_says_so_much(event_type: str, implicit_rating: float) -> None:
    assert of_profiles(opinions(Opinion(1, 1, event_type))).implicit_ratings.tolist() == [
        implicit_rating
    ]


def test_one_star_counts_against_a_title() -> None:
    found = of_profiles(opinions(Opinion(1, 1, "rated", 1.0), Opinion(1, 2, "rated", 9.0, day=2)))
    assert found.implicit_ratings[0] < 0 < found.implicit_ratings[1]


def test_ratings_are_measured_against_the_profiles_own_mean() -> None:
    generous = [Opinion(1, item, "rated", 9.5) for item in range(30)]
    strict = [Opinion(2, item, "rated", 4.0, profile=2) for item in range(30)]
    exception = Opinion(2, 30, "rated", 6.0, profile=2)
    found = of_profiles(opinions(*generous, *strict, exception))
    assert (
        found.implicit_ratings[found.item_id == 30]
        > found.implicit_ratings[found.viewer == 0].max()
    )


@pytest.mark.parametrize("weight", [0.0, 1000.0])
def test_no_weight_of_a_client_leaves_the_scale(weight: float) -> None:
    found = of_profiles(opinions(Opinion(1, 1, "watched", weight=weight)))
    assert 0 <= found.implicit_ratings[0] <= 1


def test_a_ratings_set_says_what_the_same_ratings_here_would() -> None:
    ours = of_profiles(
        opinions(Opinion(1, 1, "rated", 8.0, day=1), Opinion(1, 2, "rated", 3.0, day=2))
    )
    public = of_ratings(ratings_of((0, 11, 4.0, 1), (0, 12, 1.5, 2)), {11: 1, 12: 2})
    assert public.item_id.tolist() == ours.item_id.tolist()
    assert public.implicit_ratings == pytest.approx(ours.implicit_ratings)


def test_films_that_the_catalogue_lacks_are_left_out_but_count_for_the_mean() -> None:
    public = of_ratings(ratings_of((0, 11, 4.0, 1), (0, 99, 5.0, 2)), {11: 1})
    alone = of_ratings(ratings_of((0, 11, 4.0, 1)), {11: 1})
    assert public.item_id.tolist() == [1]
    assert public.implicit_ratings[0] < alone.implicit_ratings[0]


def test_viewers_of_two_sources_stay_apart() -> None:
    one = of_profiles(opinions(Opinion(1, 1)))
    assert joined(one, of_profiles(opinions(Opinion(2, 1), Opinion(3, 2)))).viewer.tolist() == [
        0,
        1,
        2,
    ]
