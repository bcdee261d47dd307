"""Chains whose weakest link is as strong as it can be."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from api.recommend.path.chain import TitleGraph, best_chain

_Links = Mapping[tuple[int, int], float]


def graph(
    links: _Links,
    size: int,
    *,
    forbidden: tuple[int, ...] = (),
    fame: Mapping[int, float] | None = None,
    hubness: Mapping[int, float] | None = None,
    obscurity: Mapping[int, float] | None = None,
    collection: Mapping[int, int] | None = None,
) -> TitleGraph:
    strengths = np.zeros((size, size), dtype=np.float32)
    for (one, other), strength in links.items():
        strengths[one, other] = strengths[other, one] = strength
    allowed = np.ones(size, dtype=np.bool_)
    allowed[list(forbidden)] = False
    of_fame, of_hubs, unknown = (np.zeros(size, np.float32) for _ in range(3))
    of_collection = np.zeros(size, np.int32)
    for row, value in (fame or {}).items():
        of_fame[row] = value
    for row, value in (hubness or {}).items():
        of_hubs[row] = value
    for row, value in (obscurity or {}).items():
        unknown[row] = value
    for row, number in (collection or {}).items():
        of_collection[row] = number
    links_of = sparse.csr_array(strengths)
    return TitleGraph(links_of, allowed, of_fame, of_hubs, unknown, of_collection)


# From 0 to 3: over 1 with one weak link, or over 4 and 5 with none.
_TWO_WAYS = {(0, 1): 0.9, (1, 3): 0.2, (0, 4): 0.6, (4, 5): 0.7, (5, 3): 0.6}


def test_the_weakest_link_counts_before_the_length() -> None:
    assert best_chain(graph(_TWO_WAYS, 6), 0, 3, steps=6) == [0, 4, 5, 3]
    assert best_chain(graph(_TWO_WAYS, 6), 0, 3, steps=3) == [0, 1, 3]


def test_what_hardly_anybody_knows_stands_in_no_chain_that_leads_over_others_as_well() -> None:
    ways = {(0, 1): 0.7, (1, 3): 0.7, (0, 2): 0.6, (2, 3): 0.6}
    assert best_chain(graph(ways, 4), 0, 3, steps=3) == [0, 1, 3]
    assert best_chain(graph(ways, 4, obscurity={1: 0.8}), 0, 3, steps=3) == [0, 2, 3]
    assert best_chain(graph(ways, 4, obscurity={1: 1, 2: 1}), 0, 3, steps=3) == [0, 1, 3]


def test_of_chains_as_strong_the_shortest_is_taken() -> None:
    links = {(0, 1): 0.5, (1, 3): 0.5, (0, 4): 0.5, (4, 5): 0.9, (5, 3): 0.5}
    assert best_chain(graph(links, 6), 0, 3, steps=6) == [0, 1, 3]


def test_one_title_at_least_is_between_neighbours() -> None:
    links = {(0, 1): 1.0, (0, 2): 0.3, (2, 1): 0.3}
    assert best_chain(graph(links, 3), 0, 1, steps=4) == [0, 2, 1]


def test_what_is_not_allowed_stands_nowhere_but_at_the_ends() -> None:
    assert best_chain(graph(_TWO_WAYS, 6, forbidden=(0, 3, 5)), 0, 3, steps=6) == [0, 1, 3]
    assert best_chain(graph(_TWO_WAYS, 6, forbidden=(1, 5)), 0, 3, steps=6) == []


def test_no_collection_stands_twice() -> None:
    of_one = graph(_TWO_WAYS, 6, collection={4: 7, 5: 7})
    assert best_chain(of_one, 0, 3, steps=6) == [0, 1, 3]
    of_the_end = graph(_TWO_WAYS, 6, collection={0: 7, 5: 7})
    assert best_chain(of_the_end, 0, 3, steps=6) == [0, 1, 3]


def test_of_two_ways_as_strong_the_less_famous_is_taken() -> None:
    links = {(0, 1): 0.5, (1, 3): 0.5, (0, 2): 0.5, (2, 3): 0.5}
    assert best_chain(graph(links, 4, fame={1: 1.0}), 0, 3, steps=4) == [0, 2, 3]
    assert best_chain(graph(links, 4, fame={2: 1.0}), 0, 3, steps=4) == [0, 1, 3]


def test_of_two_ways_as_strong_the_one_over_no_hub_is_taken() -> None:
    links = {(0, 1): 0.5, (1, 3): 0.5, (0, 2): 0.5, (2, 3): 0.5}
    assert best_chain(graph(links, 4, hubness={1: 1.0, 2: 0.7}), 0, 3, steps=4) == [0, 2, 3]
    assert best_chain(graph(links, 4, hubness={2: 1.0, 1: 0.7}), 0, 3, steps=4) == [0, 1, 3]


def test_seeds_lead_over_different_ways_and_the_same_one_over_the_same() -> None:
    links = {(0, between): 0.5 for between in range(2, 12)}
    links |= {(between, 1): 0.5 for between in range(2, 12)}
    over = [best_chain(graph(links, 12), 0, 1, steps=3, seed=seed)[1] for seed in range(20)]
    assert len(set(over)) > 3
    again = [best_chain(graph(links, 12), 0, 1, steps=3, seed=seed)[1] for seed in range(20)]
    assert again == over


@given(st.data())
def test_no_other_chain_of_the_length_has_a_stronger_weakest_link(data: st.DataObject) -> None:
    size = data.draw(st.integers(3, 7))
    pairs = [(one, other) for one in range(size) for other in range(one)]
    strength = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
    links = {pair: value for pair in pairs if (value := data.draw(strength)) > 0}
    steps = data.draw(st.integers(3, 5))
    found = best_chain(graph(links, size), 0, 1, steps=steps)
    best = _by_trying_all(links, size, steps)
    if not found:
        assert best == 0
        return
    assert len(set(found)) == len(found)
    assert _weakest(links, found) == best


def _weakest(links: _Links, chain: list[int]) -> float:
    return min(links.get((max(pair), min(pair)), 0.0) for pair in pairwise(chain))


def _by_trying_all(links: _Links, size: int, steps: int) -> float:
    """The weakest link of the best chain from 0 to 1, with a title between at least."""
    best, open_chains = 0.0, [[0]]
    while open_chains:
        chain = open_chains.pop()
        for row in range(size):
            if row in chain:
                continue
            if row == 1 and 1 < len(chain) < steps:
                best = max(best, _weakest(links, [*chain, 1]))
            elif row != 1 and len(chain) < steps - 1:
                open_chains.append([*chain, row])
    return best
