"""Events and ratings become likings on one scale, in the order in which they happened."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from api.storage.collaborative import Opinion, OpinionType
from etl.neighbours.histories import joined, of_profiles, of_ratings
from etl.neighbours.ratings_set import RatingsSet


def opinion(
    user: str,
    item: int,
    event_type: OpinionType = "liked",
    rating: float | None = None,
    *,
    day: int = 1,
    profile: int = 1,
    weight: float = 1.0,
) -> Opinion:
    at = datetime(2026, 1, day, tzinfo=UTC)
    return Opinion(profile, user, item, event_type, rating, weight, at)


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
    found = of_profiles([opinion("b", 3, day=2), opinion("b", 4, day=1), opinion("a", 5, day=3)])
    assert found.viewer.tolist() == [0, 1, 1]
    assert found.item_id.tolist() == [5, 4, 3]


def test_all_profiles_of_a_user_are_one_viewer() -> None:
    found = of_profiles([opinion("a", 1, profile=1), opinion("a", 2, profile=2)])
    assert found.viewers == 1


@pytest.mark.parametrize(
    ("event_type", "liking"),
    [("liked", 1.0), ("watched", 0.5), ("disliked", -0.5), ("not_interested", -0.5)],
)
def test_an_event_says_so_much(event_type: OpinionType, liking: float) -> None:
    assert of_profiles([opinion("a", 1, event_type)]).liking.tolist() == [liking]


def test_one_star_counts_against_a_title() -> None:
    found = of_profiles([opinion("a", 1, "rated", 1.0), opinion("a", 2, "rated", 9.0, day=2)])
    assert found.liking[0] < 0 < found.liking[1]


def test_ratings_are_measured_against_the_profiles_own_mean() -> None:
    generous = [opinion("a", item, "rated", 9.5) for item in range(30)]
    strict = [opinion("b", item, "rated", 4.0, profile=2) for item in range(30)]
    exception = opinion("b", 30, "rated", 6.0, profile=2)
    found = of_profiles([*generous, *strict, exception])
    assert found.liking[found.item_id == 30] > found.liking[found.viewer == 0].max()


@pytest.mark.parametrize("weight", [0.0, 1000.0])
def test_no_weight_of_a_client_leaves_the_scale(weight: float) -> None:
    found = of_profiles([opinion("a", 1, "watched", weight=weight)])
    assert 0 <= found.liking[0] <= 1


def test_a_ratings_set_says_what_the_same_ratings_here_would() -> None:
    ours = of_profiles([opinion("a", 1, "rated", 8.0, day=1), opinion("a", 2, "rated", 3.0, day=2)])
    public = of_ratings(ratings_of((0, 11, 4.0, 1), (0, 12, 1.5, 2)), {11: 1, 12: 2})
    assert public.item_id.tolist() == ours.item_id.tolist()
    assert public.liking == pytest.approx(ours.liking)


def test_films_that_the_catalogue_lacks_are_left_out_but_count_for_the_mean() -> None:
    public = of_ratings(ratings_of((0, 11, 4.0, 1), (0, 99, 5.0, 2)), {11: 1})
    alone = of_ratings(ratings_of((0, 11, 4.0, 1)), {11: 1})
    assert public.item_id.tolist() == [1]
    assert public.liking[0] < alone.liking[0]


def test_viewers_of_two_sources_stay_apart() -> None:
    one, other = of_profiles([opinion("a", 1)]), of_profiles([opinion("b", 1), opinion("c", 2)])
    assert joined(one, other).viewer.tolist() == [0, 1, 2]
