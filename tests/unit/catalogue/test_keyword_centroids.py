"""Keywords by where their titles' stories lie."""

import numpy as np
import pytest

from api.catalogue.embeddings.keyword_centroids import KeywordCentroids, centroids_of
from api.domain.arrays import Ints

_SPACE = 4
# Two keywords beside what all stories have in common, which is the third direction.
_ROWS = [([1.0, 0.0, 1.0], [2, 4, 6]), ([0.0, 1.0, 1.0], [4, 8, 9, 10])]


def centroids() -> KeywordCentroids:
    return centroids_of(7, _SPACE, [0.0, 0.0, 1.0], 100, _ROWS)


def ids(*wanted: int) -> Ints:
    return np.array(wanted, dtype=np.int32)


def test_titles_of_the_nearest_keyword_come_first() -> None:
    near = centroids().of_titles(np.array([1, 0, 0], dtype=np.float32), ids(2, 8))
    assert near[0] > 0.9
    assert near[1] < 0.01


def test_a_title_of_both_keywords_has_more_than_a_title_of_one() -> None:
    between = np.array([0.7, 0.7, 0], dtype=np.float32)
    one, both, other = centroids().of_titles(between, ids(2, 4, 9))
    assert both == pytest.approx(1)
    assert one < both
    assert other < one  # its keyword is the less rare one


def test_titles_without_a_keyword_have_nothing() -> None:
    found = centroids().of_titles(np.array([1, 0, 0], dtype=np.float32), ids(1, 5, 11))
    assert found.tolist() == [0, 0, 0]


def test_a_catalogue_without_keywords_says_nothing() -> None:
    nothing = centroids_of(1, None, None, 0, [])
    assert nothing.of_titles(np.ones(3, dtype=np.float32), ids(1, 2)).tolist() == [0, 0]
