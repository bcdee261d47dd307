"""Vectors of titles in eight bits find what the vectors themselves do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import numpy as np
import pytest

from api.catalogue.embeddings import title_vectors
from api.catalogue.embeddings.title_vectors import TitleVectors
from api.domain.arrays import Floats

_TITLES, _DIMENSION = 3_000, 32
_IDS = np.arange(10, 10 + 3 * _TITLES, 3, dtype=np.int32)


def unit_vectors(count: int, seed: int) -> Floats:
    drawn = np.random.default_rng(seed).normal(size=(count, _DIMENSION)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


_VECTORS = unit_vectors(_TITLES, 1)
_HELD = TitleVectors.of(7, 3, _IDS, _VECTORS)


@pytest.mark.parametrize("share", [1.0, 0.7, 0.1, 0.01, 0.0])
@pytest.mark.parametrize("wanted", [1, 2])
def test_the_nearest_are_found_among_those_allowed(share: float, wanted: int) -> None:
    among = np.random.default_rng(2).random(_TITLES) < share
    texts = unit_vectors(wanted, 3)
    ids, cosines = _HELD.nearest(tuple(texts), k=50, among=among)
    exact = texts @ _VECTORS.T
    best_of_each = [np.flatnonzero(among)[np.argsort(-one[among])[:50]] for one in exact]
    nearest = np.unique(np.concatenate(best_of_each))
    assert len(np.intersect1d(ids, _IDS[nearest])) >= 0.95 * len(nearest)
    assert np.isin(ids, _IDS[among]).all()
    assert len(np.unique(ids)) == len(ids)
    assert (np.diff(cosines) <= 0).all()
    own = exact.max(axis=0)[np.searchsorted(_IDS, ids)]
    np.testing.assert_allclose(cosines, own, atol=0.005)


def told_by_few(count: int, seed: int) -> Floats:
    """Unit vectors in a turned space, whose numbers there fall as those of stories do."""
    falling = unit_vectors(count, seed) * np.geomspace(1, 0.03, _DIMENSION).astype(np.float32)
    turned = falling @ np.linalg.qr(unit_vectors(_DIMENSION, 9)).Q
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def in_two_parts(monkeypatch: pytest.MonkeyPatch) -> tuple[TitleVectors, Floats]:
    """Titles that are so many that the likeliest alone are compared by all of their numbers."""
    monkeypatch.setattr(title_vectors, "_KEPT_WHOLE", 800)
    monkeypatch.setattr(title_vectors, "_COMPARED_WHOLE", 800)
    monkeypatch.setattr(title_vectors, "_FIRST_IN_STEPS_OF", 4)
    vectors = told_by_few(_TITLES, 1)
    return TitleVectors.of(7, 3, _IDS, vectors), vectors


@pytest.mark.parametrize("share", [1.0, 0.7, 0.3, 0.1, 0.001, 0.0])
@pytest.mark.parametrize("wanted", [1, 3])
def test_of_many_titles_the_nearest_are_found_by_their_first_numbers(
    in_two_parts: tuple[TitleVectors, Floats], share: float, wanted: int
) -> None:
    held, vectors = in_two_parts
    assert 0 < held.first.codes.shape[1] < _DIMENSION
    among = np.random.default_rng(2).random(_TITLES) < share
    texts = told_by_few(wanted, 3)
    ids, cosines = held.nearest(tuple(texts), k=40, among=among)
    exact = texts @ vectors.T
    nearest = {int(at) for one in exact for at in np.argsort(-np.where(among, one, -2))[:40]}
    nearest &= set(np.flatnonzero(among).tolist())
    found = np.searchsorted(_IDS, ids)
    assert len(nearest & set(found.tolist())) >= 0.97 * len(nearest)
    assert among[found].all()
    np.testing.assert_allclose(cosines, exact.max(axis=0)[found], atol=0.005)


def test_where_few_numbers_tell_little_the_first_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors by chance: no direction has more of them than another."""
    monkeypatch.setattr(title_vectors, "_KEPT_WHOLE", 800)
    held = TitleVectors.of(7, 3, _IDS, _VECTORS)
    among = np.ones(_TITLES, dtype=np.bool_)
    assert held.first.codes.shape[1] == _DIMENSION
    ids, _ = held.nearest((_VECTORS[5],), k=9, among=among)
    assert ids.tolist() == _HELD.nearest((_VECTORS[5],), k=9, among=among)[0].tolist()


def test_titles_that_are_as_near_come_by_id() -> None:
    same = TitleVectors.of(1, 1, _IDS[:4], np.repeat(unit_vectors(1, 4), 4, axis=0))
    ids, _ = same.nearest((unit_vectors(1, 5)[0],), k=4, among=np.ones(4, dtype=np.bool_))
    assert ids.tolist() == _IDS[:4].tolist()


def test_they_are_the_same_over_arrays_that_cannot_be_written() -> None:
    arrays = _HELD.arrays()
    for array in arrays.values():
        array.flags.writeable = False
    again = TitleVectors.of_arrays(7, arrays)
    assert (again.version, again.space_id) == (7, 3)
    for share in (1.0, 0.1):
        among = np.random.default_rng(6).random(_TITLES) < share
        found, before = (
            one.nearest(tuple(_VECTORS[:2]), k=9, among=among) for one in (again, _HELD)
        )
        np.testing.assert_array_equal(found[0], before[0])
        np.testing.assert_array_equal(found[1], before[1])
    assert TitleVectors.of_arrays(7, TitleVectors.none(7).arrays()).space_id is None


@contextmanager
def with_a_busy_thread() -> Iterator[ThreadPoolExecutor]:
    """Threads of which none is free before the block ends."""
    leave = Event()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(leave.wait)
        try:
            yield threads
        finally:
            leave.set()


@pytest.mark.parametrize("is_busy", [False, True], ids=["free", "busy"])
@pytest.mark.parametrize("share", [1.0, 0.1])
@pytest.mark.parametrize("wanted", [1, 2])
def test_two_threads_find_what_one_does(
    monkeypatch: pytest.MonkeyPatch, wanted: int, share: float, is_busy: bool
) -> None:
    among = np.random.default_rng(7).random(_TITLES) < share
    texts = tuple(unit_vectors(wanted, 8))
    alone = _HELD.nearest(texts, k=70, among=among)
    monkeypatch.setattr(title_vectors, "_WORTH_ANOTHER_THREAD", 100)
    with with_a_busy_thread() if is_busy else ThreadPoolExecutor(1) as threads:
        monkeypatch.setattr(title_vectors, "BESIDE", threads)
        both = _HELD.nearest(texts, k=70, among=among)
    np.testing.assert_array_equal(both[0], alone[0])
    np.testing.assert_array_equal(both[1], alone[1])
