"""The chain of titles whose weakest link is as strong as it can be, and of those the shortest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from api.domain.arrays import Floats, Ints, Mask

_FAME = 0.15  # share of a link's strength that the most famous title loses
# What a hub loses: a title that is linked with much is a little like everything. Of 200 chains hubs
# were .023 of the titles between the ends, and are .009; the worst link stayed (.967).
_HUB = 0.05
# And what hardly anybody knows: who follows a chain from one known title to another looks for the
# next to watch. Of 16 chains .72 of the titles between had fewer than 300 votes, and .10 have.
_LITTLE_KNOWN = 0.6
_CHANCE = 0.25  # and at most for chance, where a seed asks for another chain
_TRIES = 12  # chains with two titles of one collection that are tried again without the second


@dataclass(frozen=True, slots=True, eq=False)
class TitleGraph:
    """What chains may be made of: n titles and their links."""

    strengths: sparse.csr_array  # (n, n) symmetrical
    allowed: Mask  # (n) which titles may stand between the two
    fame: Floats  # (n) in [0, 1]
    hubness: Floats  # (n) in [0, 1]
    obscurity: Floats  # (n) in [0, 1], 1 for what nobody knows
    collection: Ints  # (n) 0 for none


def best_chain(
    graph: TitleGraph, start: int, goal: int, *, steps: int, seed: int | None = None
) -> list[int]:
    """Rows from `start` to `goal`, 3 to `steps` of them, no two of one collection.

    Empty where no such chain is allowed. Titles may lie next to each other: one at least is put
    between them all the same. 8 steps among 30,000 titles take 20 ms.
    """
    allowed, tried = graph.allowed.copy(), 0
    of_ends = graph.collection[[start, goal]]
    allowed &= ~np.isin(graph.collection, of_ends[of_ends > 0])
    factors = _factors(graph, seed)
    while tried < _TRIES:
        chain = _strongest(graph, factors, allowed, start, goal, links=steps - 1)
        twice = _second_of_a_collection(graph.collection, chain)
        if twice is None:
            return chain
        allowed[twice] = False
        tried += 1
    return []


def _factors(graph: TitleGraph, seed: int | None) -> Floats:
    """(n) of each title's links: less for fame, hubs and what few know, and by chance where that is
    asked for."""
    factors = (1 - _FAME * graph.fame**4) * (1 - _HUB * graph.hubness**16)
    factors = factors * (1 - _LITTLE_KNOWN * graph.obscurity)
    if seed is not None:
        chance = np.random.default_rng(seed).random(len(factors), dtype=np.float32)
        factors = factors * (1 - _CHANCE * chance)
    return np.asarray(factors, dtype=np.float32)


def _strongest(
    graph: TitleGraph, factors: Floats, allowed: Mask, start: int, goal: int, *, links: int
) -> list[int]:
    """Widest paths by the number of their links (Pollack 1960), one more at a time."""
    strengths = graph.strengths
    size = strengths.shape[0]
    into = np.repeat(np.arange(size), np.diff(strengths.indptr))
    source = strengths.indices
    may_pass = allowed | (np.arange(size) == goal)
    weights = np.where(may_pass[into], strengths.data * factors[into] * factors[source], 0)
    weights[(source == start) & (into == goal)] = 0
    weights[source == goal] = 0
    reached = np.zeros((links + 1, size), dtype=np.float32)
    reached[0, start] = 1
    linked = np.flatnonzero(np.diff(strengths.indptr))
    for count in range(1, links + 1):
        through = np.minimum(reached[count - 1][source], weights)
        reached[count][linked] = np.maximum.reduceat(through, strengths.indptr[linked])
        reached[count][start] = 0
    best = reached[:, goal]
    if not best.any():
        return []
    return _walk_back(reached, strengths, weights, goal, int(best.argmax()))


def _walk_back(
    reached: Floats, strengths: sparse.csr_array, weights: Floats, goal: int, count: int
) -> list[int]:
    """From the goal over the strongest of the links that are as good as the weakest one."""
    least, chain = reached[count, goal], [goal]
    while count > 0:
        own = slice(strengths.indptr[chain[-1]], strengths.indptr[chain[-1] + 1])
        before, link = strengths.indices[own], weights[own]
        good = np.minimum(reached[count - 1][before], link) >= least
        chain.append(int(before[np.where(good, link, -1).argmax()]))
        count -= 1
    return chain[::-1]


def _second_of_a_collection(collection: Ints, chain: list[int]) -> int | None:
    """A title between the two ends whose collection stands before it already."""
    found: NDArray[np.int32] = collection[chain]
    for place in range(1, len(chain) - 1):
        if found[place] and found[place] in found[:place]:
            return chain[place]
    return None
