"""The measures behind `python -m tests.quality.path`."""

import numpy as np
import pytest
from scipy import sparse

from api.catalogue.title_map.resident_links import TitleLinks
from tests.builders import ints
from tests.quality.path import Tally, hubs_of, told


def _links(pairs: list[tuple[int, int]]) -> TitleLinks:
    """Five titles, 1 to 5, linked both ways."""
    one, other = (np.array(side) - 1 for side in zip(*pairs, strict=True))
    ends = np.concatenate([one, other]), np.concatenate([other, one])
    return TitleLinks(1, ints(range(1, 6)), sparse.csr_array((np.ones(len(ends[0])), ends), (5, 5)))


def test_parts_and_hubs_of_the_links_are_told() -> None:
    links = _links([(1, 2), (1, 3), (4, 5)])
    assert hubs_of(links) == {1}
    said = told(links, hubs_of(links))
    assert said.startswith("5 titles linked in 2 parts, 0.6000 of them in the largest")
    assert said.endswith("1 hubs have 0.333 of all links")
    assert "in 1 part," in told(_links([(1, 2), (2, 3), (3, 4), (4, 5)]), frozenset())


def test_what_of_the_chains_is_hubs_is_counted() -> None:
    tally = Tally(
        frozenset({1}),
        asked=1,
        reached=1,
        worst=[0.5],
        links=[0.5],
        lengths=[4],
        milliseconds=[1.0],
    )
    tally.titles.update([1, 2, 3, 1])
    assert "hubs 0.500" in tally.line("service")


def test_the_hundredth_with_the_most_links_are_hubs_and_others_as_far_as_they_have_links() -> None:
    links = _links([(1, 2), (1, 3), (1, 4), (4, 5)])
    # Of five titles 99 % have less than almost three links.
    assert links.hubness(ints([1, 4, 2, 7])).tolist() == pytest.approx([1, 2 / 2.96, 1 / 2.96, 0])
