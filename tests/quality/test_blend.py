"""The measures behind `python -m tests.quality.blend`."""

import pytest

from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from tests.builders import ints
from tests.quality.blend import Tally


def similarity() -> ItemSimilarity:
    """Five titles of two keywords each; 4 has one with each of 1 and 2, 5 both of 3."""
    pairs = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6), (3, 1), (3, 3), (4, 5), (4, 6)]
    keywords = Features(ints(row for row, _ in pairs), ints(number for _, number in pairs))
    nothing = Features(ints([]), ints([]))
    fields = [nothing, keywords, *[nothing] * 5]
    return similarity_of(version=1, ids=ints(range(1, 6)), features=fields)


def test_what_is_nearer_to_the_unliked_title_is_counted() -> None:
    tally = Tally()
    tally.add(similarity(), ints([1, 2, 3]), ints([3, 4]))
    assert tally.nearer_to_unliked == 1
    assert tally.worst == pytest.approx([0.6, 0.0])


def test_an_empty_list_is_counted() -> None:
    tally = Tally()
    tally.add(similarity(), ints([1, 2, 3]), ints([]))
    assert (tally.empty, tally.worst) == (1, [])
