"""Regions of a map: parts that lie together, named by what is common there and rare elsewhere.

Most titles have few keywords or none, and shows least of all. So keywords name a region where those
of its titles have them that people know: a name is read beside those.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.cluster.vq import kmeans2

from api.domain.arrays import Floats, Ints

_MOST, _TITLES_EACH = 40, 60
_GENRES, _KEYWORDS = 2, 3  # of a name
_COMMON = 0.3  # share of a region's titles that have a genre by which it is named
# The titles of a region with the most votes, and the share of them that has a keyword of its name.
_BEST_KNOWN, _OF_BEST_KNOWN = 30, 0.2


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the map; which title is in it is kept with the title."""

    x: float
    y: float
    titles: int
    genres: list[str]
    keywords: list[str]


def divide(places: Floats, before: Sequence[tuple[float, float]]) -> Ints:
    """(n) the region of each place, from 0; about sixty titles each and at most forty regions.

    Centres of the map before are where it begins, so that regions stay what they were.
    """
    count = int(np.clip(len(places) // _TITLES_EACH, 1, _MOST))
    begin = np.array(before, dtype=np.float64).reshape(-1, 2)
    if len(begin) == count:
        _, found = kmeans2(places.astype(np.float64), begin, minit="matrix", missing="warn")
    else:
        _, found = kmeans2(places.astype(np.float64), count, minit="++", seed=0, missing="warn")
    return np.unique(found, return_inverse=True)[1].astype(np.int32)


def name_regions(
    places: Floats,
    of: Ints,
    *,
    votes: Ints,
    genres: sparse.csr_array,
    genre_names: Sequence[str],
    keywords: sparse.csr_array,
    keyword_names: Sequence[str],
) -> list[Region]:
    """The regions by number; the matrices are (n, names), 1 for what a title has."""
    regions = int(of.max(initial=-1)) + 1
    member = sparse.csr_array((np.ones(len(of)), (of, np.arange(len(of)))), (regions, len(of)))
    sizes = np.bincount(of, minlength=regions).astype(np.int32)
    of_genres = _telling(member, genres, sizes, fewest=_COMMON * sizes)
    known = _best_known(of, votes)
    member_known, of_known = member[:, known], np.minimum(sizes, _BEST_KNOWN)
    fewest = np.maximum(_OF_BEST_KNOWN * of_known, 2)
    of_keywords = _telling(member_known, keywords[known], of_known, fewest=fewest)
    found = []
    for number in range(regions):
        x, y = np.median(places[of == number], axis=0).tolist()
        best = of_genres[number][:_GENRES], of_keywords[number][:_KEYWORDS]
        named = [genre_names[one] for one in best[0]], [keyword_names[one] for one in best[1]]
        found.append(Region(x, y, int(sizes[number]), *named))
    return found


def _best_known(of: Ints, votes: Ints) -> Ints:
    """The rows of each region's titles with the most votes."""
    order = np.lexsort((-votes, of))
    starts = np.searchsorted(of[order], np.arange(int(of.max(initial=-1)) + 1))
    place_in_region = np.arange(len(of)) - starts[of[order]]
    return np.sort(order[place_in_region < _BEST_KNOWN]).astype(np.int32)


def _telling(
    member: sparse.csr_array, having: sparse.csr_array, sizes: Ints, *, fewest: Floats
) -> list[list[int]]:
    """Of each region the columns that tell it best, by share x log(share / share of all)."""
    if having.shape[1] == 0:
        return [[] for _ in sizes]
    counts = (member @ having).toarray()
    shares = counts / np.maximum(sizes[:, None], 1)
    usual = np.maximum(np.asarray(having.sum(axis=0)).ravel() / having.shape[0], 1e-9)
    tells = shares * np.log(np.maximum(shares, 1e-9) / usual)
    tells[counts < np.maximum(fewest, 1)[:, None]] = 0
    order = np.argsort(-tells, axis=1, kind="stable")
    return [
        [int(one) for one in order[row][:_KEYWORDS] if tells[row, one] > 0]
        for row in range(len(sizes))
    ]
