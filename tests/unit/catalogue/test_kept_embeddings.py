"""Vectors of titles are read once, as long as those titles stay what they are."""

from collections.abc import Sequence

import numpy as np

from api.catalogue.embeddings.kept_embeddings import KeptEmbeddings
from api.domain.arrays import Floats, Ints


class _Space:
    """A space with vectors of some titles, which tells what it was asked for."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.asked: list[list[int]] = []
        self._ids = ids

    def read(self, space_id: int, ids: Ints) -> tuple[Ints, Floats]:
        self.asked.append(ids.tolist())
        found = [one for one in ids.tolist()[::-1] if one in self._ids]
        rows = [[one, space_id] for one in found]
        return np.array(found, np.int32), np.array(rows, np.float32).reshape(-1, 2)


def any_changed(_earlier: int, _later: int) -> None:
    """Nothing tells which titles changed."""


def test_places_and_vectors_are_in_the_order_of_the_ids() -> None:
    kept = KeptEmbeddings(_Space([1, 2, 3]).read, any_changed)
    places, vectors = kept.of(np.array([3, 9, 1]), space_id=7, facts_version=1)
    assert places.tolist() == [0, 2]
    assert vectors.tolist() == [[3, 7], [1, 7]]
    assert vectors.dtype == np.float32


def test_only_what_is_not_at_hand_is_read() -> None:
    space = _Space([1, 2, 3])
    kept = KeptEmbeddings(space.read, any_changed)
    kept.of(np.array([1, 2]), space_id=7, facts_version=1)
    places, vectors = kept.of(np.array([2, 3, 1]), space_id=7, facts_version=1)
    assert space.asked == [[1, 2], [3]]
    assert places.tolist() == [0, 1, 2]
    assert vectors.tolist() == [[2, 7], [3, 7], [1, 7]]
    figures = kept.cache_figures()
    assert (figures.hits, figures.misses, figures.entries) == (2, 3, 3)


def test_another_catalogue_or_space_is_read_anew() -> None:
    space = _Space([1])
    kept = KeptEmbeddings(space.read, any_changed)
    for space_id, version in ((7, 1), (7, 2), (8, 2)):
        _, vectors = kept.of(np.array([1]), space_id=space_id, facts_version=version)
        assert vectors.tolist() == [[1, space_id]]
    assert space.asked == [[1], [1], [1]]


def test_of_another_catalogue_the_titles_that_changed_are_read_anew() -> None:
    space = _Space([1, 2, 3])
    kept = KeptEmbeddings(space.read, lambda _earlier, _later: frozenset({2}))
    for version in (1, 2):
        kept.of(np.array([1, 2, 3]), space_id=7, facts_version=version)
    assert space.asked == [[1, 2, 3], [2]]


def test_without_any_vector_there_is_no_place() -> None:
    places, vectors = KeptEmbeddings(_Space([]).read, any_changed).of(
        np.array([1, 2]), space_id=7, facts_version=1
    )
    assert places.tolist() == []
    assert len(vectors) == 0
