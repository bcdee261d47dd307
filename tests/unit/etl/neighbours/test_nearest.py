"""The nearest viewers like the same rare titles, and are other people."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import sparse

from etl.neighbours.nearest import NEAREST, Nearest, nearest_profiles


def nearest_of(*liked: Sequence[int], users: Sequence[int] | None = None) -> Nearest:
    """Of profiles that like these titles; each is another user's unless `users` says otherwise."""
    titles = max(map(max, filter(None, liked)), default=0) + 1
    implicit_ratings = np.zeros((len(liked), titles), dtype=np.float32)
    for profile, own in enumerate(liked):
        implicit_ratings[profile, list(own)] = 1.0
    return nearest_of_likings(implicit_ratings, users)


def nearest_of_likings(
    implicit_ratings: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    users: Sequence[int] | None = None,
) -> Nearest:
    owners = np.array(users if users is not None else range(len(implicit_ratings)), dtype=np.int32)
    return nearest_profiles(sparse.csr_array(implicit_ratings), owners)


def similarity(found: Nearest, profile: int, other: int) -> float:
    """0 for one that is no neighbour."""
    return float(found.similarities[profile][found.profiles[profile] == other].max(initial=0.0))


CROWD = [[9], [8], [9, 8]]  # so that titles are rarer than everybody's


def test_who_likes_the_same_is_near_both_ways() -> None:
    found = nearest_of([0, 1], [0, 1], [2, 3], *CROWD)
    assert similarity(found, 0, 1) == pytest.approx(2 / 7)  # a cosine of 1, two in common
    assert similarity(found, 1, 0) == pytest.approx(similarity(found, 0, 1))
    assert similarity(found, 0, 2) == 0


def test_a_users_own_profiles_are_no_neighbours() -> None:
    found = nearest_of([0, 1], [0, 1], [0, 1], *CROWD, users=[5, 5, 6, 7, 8, 9])
    assert similarity(found, 0, 1) == 0
    assert similarity(found, 0, 2) > 0


def test_one_title_in_common_is_a_coincidence() -> None:
    assert similarity(nearest_of([0, 1], [0, 2], *CROWD), 0, 1) == 0


def test_more_titles_in_common_are_nearer() -> None:
    found = nearest_of([0, 1, 2, 3], [0, 1, 2, 3], [4, 5], [4, 5], *CROWD)
    assert similarity(found, 0, 1) > similarity(found, 2, 3)


def test_rare_titles_in_common_say_more_than_popular_ones() -> None:
    fans_of_popular = [[2, 3]] * 5
    found = nearest_of([0, 1, 2, 3], [0, 1, 4], [2, 3, 5], *fans_of_popular, *CROWD)
    assert similarity(found, 0, 1) > similarity(found, 0, 2)


def test_dislikes_in_common_make_nobody_near() -> None:
    implicit_ratings = np.full((2, 3), -0.5, dtype=np.float32)
    assert nearest_of_likings(implicit_ratings).similarities.max() == 0


def test_the_most_similar_come_first_and_there_are_so_many() -> None:
    chance = np.random.default_rng(4)
    implicit_ratings = (chance.random((150, 40)) < 0.3).astype(np.float32)
    found = nearest_of_likings(implicit_ratings)
    assert found.profiles.shape == (150, NEAREST)
    assert (np.diff(found.similarities, axis=1) <= 0).all()
    near = found.similarities > 0
    assert near.any(axis=1).all()
    assert not (near & (found.profiles == np.arange(150)[:, np.newaxis])).any()


@pytest.mark.parametrize("block", [1, 7, 128])
def test_it_does_not_matter_how_many_are_compared_at_a_time(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    implicit_ratings = (np.random.default_rng(4).random((50, 40)) < 0.3).astype(np.float32)
    whole = nearest_of_likings(implicit_ratings)
    monkeypatch.setattr("etl.neighbours.nearest._BLOCK", block)
    assert nearest_of_likings(implicit_ratings).similarities == pytest.approx(whole.similarities)


def test_titles_that_very_many_like_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.neighbours.nearest._MOST_FANS", 2)
    found = nearest_of([0, 1, 2, 3], [0, 1], [2, 3], [2, 3], *CROWD)
    assert similarity(found, 0, 1) > 0
    assert similarity(found, 0, 2) == 0


@pytest.mark.parametrize("profiles", [0, 1])
def test_nobody_is_near_where_nobody_else_is(profiles: int) -> None:
    assert nearest_of(*[[0]] * profiles).similarities.size == 0
