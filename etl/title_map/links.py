"""Which titles are linked: neighbours of each other, and what it takes to reach every title."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Ints
from etl.title_map.nearest import Nearest

_MUTUAL = 20  # of the nearest of each
_BRIDGES_AT_ONCE = 256  # islands, each compared with every title


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of rows, each once, and how strong each is; every title is reached from every other."""

    one: Ints
    other: Ints
    strength: Floats  # likeness as a share of what each of the two has with its nearest; in (0, 1]


def link_titles(similarity: ItemSimilarity, nearest: Nearest) -> Links:
    """Mutual neighbours, the spanning tree of all neighbours, and bridges between what is apart."""
    size = len(similarity)
    best = nearest.likeness[:, 0] if nearest.likeness.shape[1] else np.zeros(size, np.float32)
    own = np.repeat(np.arange(size), nearest.rows.shape[1])
    every = _matrix(size, own, nearest.rows.ravel(), nearest.likeness.ravel())
    head = nearest.rows[:, :_MUTUAL]
    near = _matrix(
        size, np.repeat(np.arange(size), head.shape[1]), head.ravel(), np.ones(head.size)
    )
    mutual = near.multiply(near.T).multiply(every)
    either = every.maximum(every.T)
    tree = minimum_spanning_tree(_negated(either)) * -1
    linked = sparse.csr_array(mutual.maximum(mutual.T)).maximum(tree.maximum(tree.T))
    linked = _bridged(similarity, sparse.csr_array(linked))
    pairs = sparse.coo_array(sparse.triu(linked, k=1))
    one, other = pairs.coords[0].astype(np.int32), pairs.coords[1].astype(np.int32)
    usual = np.sqrt(np.maximum(best[one], 1e-6) * np.maximum(best[other], 1e-6))
    strength = (pairs.data / usual).clip(1e-3, 1).astype(np.float32)
    return Links(one, other, strength)


def _matrix(
    size: int, rows: NDArray[np.intp], columns: Ints, values: NDArray[np.floating]
) -> sparse.csr_array:
    # What has nothing in common is a neighbour for want of a better one.
    there = values > 0
    return sparse.csr_array((values[there], (rows[there], columns[there])), shape=(size, size))


def _negated(likeness: sparse.csr_array) -> sparse.csr_array:
    """Smallest where titles are most alike: the minimum spanning tree has the strongest links."""
    return sparse.csr_array(likeness * -1)


def _bridged(similarity: ItemSimilarity, linked: sparse.csr_array) -> sparse.csr_array:
    """The same with every title reached: each island gets the strongest link of its first title.

    Some 256 islands become part of others in each round.
    """
    while True:
        islands, of = connected_components(linked, directed=False)
        if islands <= 1:
            return linked
        largest = int(np.argmax(np.bincount(of)))
        others = [one for one in range(islands) if one != largest][:_BRIDGES_AT_ONCE]
        firsts = [int(np.argmax(of == one)) for one in others]
        alike = similarity.to_titles(similarity.ids[firsts])
        alike[of[firsts][:, None] == of[None, :]] = -1
        found = alike.argmax(axis=1)
        values = alike[np.arange(len(firsts)), found].clip(1e-3)
        bridges = sparse.csr_array((values, (firsts, found)), shape=linked.shape)
        linked = sparse.csr_array(linked.maximum(bridges.maximum(bridges.T)))
