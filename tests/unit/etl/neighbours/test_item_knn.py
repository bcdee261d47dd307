"""Likeness comes from viewers who like the same things, and from nothing else."""

from collections.abc import Iterable

import numpy as np
import pytest
from etl.neighbours.item_knn import nearest_items
from etl.neighbours.opinions import opinion_matrix

from api.storage.collaborative import Neighbour, Opinion, OpinionType


def opinion(
    viewer: str,
    item: int,
    event_type: OpinionType = "liked",
    rating: float | None = None,
    *,
    profile: int | None = None,
) -> Opinion:
    profile_id = profile if profile is not None else sum(map(ord, viewer))
    return Opinion(profile_id, viewer, item, event_type, rating, 1.0)


def neighbours(opinions: Iterable[Opinion]) -> dict[tuple[int, int], Neighbour]:
    found = nearest_items(opinion_matrix(list(opinions)))
    return {(one.item_id, one.neighbour_id): one for one in found}


def test_two_viewers_who_like_both_make_neighbours() -> None:
    found = neighbours(opinion(viewer, item) for viewer in "ab" for item in (1, 2))
    assert set(found) == {(1, 2), (2, 1)}
    assert found[1, 2].support == 2


def test_one_viewer_is_a_coincidence() -> None:
    assert neighbours(opinion("a", item) for item in (1, 2)) == {}


def test_profiles_of_one_user_do_not_support_each_other() -> None:
    same_user = [opinion("a", item, profile=profile) for profile in (1, 2) for item in (1, 2)]
    assert neighbours(same_user) == {}


def test_a_shared_dislike_is_no_likeness() -> None:
    found = neighbours(opinion(viewer, item, "disliked") for viewer in "abc" for item in (1, 2))
    assert found == {}


def test_liking_one_and_disliking_the_other_pushes_them_apart() -> None:
    agreeing = [opinion(viewer, item) for viewer in "ab" for item in (1, 2)]
    torn = [opinion("c", 1), opinion("c", 2, "disliked")]
    assert neighbours([*agreeing, *torn])[1, 2].weight < neighbours(agreeing)[1, 2].weight


def test_more_support_makes_a_likeness_stronger() -> None:
    few = neighbours(opinion(viewer, item) for viewer in "ab" for item in (1, 2))
    many = neighbours(opinion(viewer, item) for viewer in "abcdefgh" for item in (1, 2))
    assert many[1, 2].weight > few[1, 2].weight


def test_the_less_popular_of_two_equal_neighbours_is_worth_more() -> None:
    pairs = [opinion(viewer, item) for viewer in "ab" for item in (1, 2, 3)]
    crowd = [opinion(viewer, 3) for viewer in "cdefgh"]
    found = neighbours([*pairs, *crowd])
    assert found[1, 2].weight > found[1, 3].weight


def test_one_star_counts_against_a_title() -> None:
    rated = [opinion("a", 1, "rated", 1.0), opinion("a", 2, "rated", 9.0)]
    values = opinion_matrix(rated).values.toarray()
    assert values[0, 0] < 0 < values[0, 1]


def test_ratings_are_measured_against_the_profiles_own_mean() -> None:
    generous = [opinion("a", item, "rated", 9.5) for item in range(30)]
    strict = [opinion("b", item, "rated", 4.0) for item in range(29)]
    matrix = opinion_matrix([*generous, *strict, opinion("b", 29, "rated", 6.0)])
    assert matrix.values[1, 29] > matrix.values[0, 29]


@pytest.mark.parametrize("weight", [0.0, 1000.0])
def test_no_weight_of_a_client_leaves_the_scale(weight: float) -> None:
    values = opinion_matrix([Opinion(1, "a", 1, "watched", None, weight)]).values.toarray()
    assert np.all(np.abs(values) <= 1)


def test_the_nearest_fifty_are_kept() -> None:
    found = neighbours(opinion(viewer, item) for viewer in "ab" for item in range(80))
    assert sum(item == 0 for item, _ in found) == 50
