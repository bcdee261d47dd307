"""Which rows a page has: those that show the most relevance not shown yet, one after another.

Attention falls off to the right (1 / log2(place + 1), as in NDCG), and rows further down have what
those above left, so that choosing greedily is choosing for both.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints
from api.recommend.shelves.candidate_rows import CandidateRow

_LONGEST = 30  # titles of a row
_SHORTEST = 4
_SEEN_AT_ONCE = 8
_ATTENTION = (1 / np.log2(np.arange(_SEEN_AT_ONCE) + 2)).astype(np.float32)
# What a row of a kind that the page has already is worth, for each row of it.
_OF_THE_SAME_KIND = 0.75
# What viewers say they mean to watch counts for more than what is worked out.
_STATED = {"on_watchlist": 3.0}
# What holds for this share of a list's relevance tells nothing that the first row does not: such a
# row has what all others leave.
_NEARLY_ALL, _OF_NEARLY_ALL = 0.9, 0.1
_FOR_ALL = 12  # the first row leaves the rest of the list to others
# A title of less than this share of what the first row has on average only fills the list: behind
# the documentaries of who watches those come the films that everybody knows.
_LEAST = 0.05


def chosen_rows(
    candidates: Sequence[CandidateRow], scores: Floats, *, rows: int
) -> list[tuple[CandidateRow, Ints]]:
    """At most so many rows with their places of the list, no place in two of them.

    `candidates` begin with the row that holds for all, which comes first. `scores` fall.
    """
    if not candidates:
        return []
    first, *others = candidates
    is_relevant = scores >= _LEAST * np.mean(scores[:_FOR_ALL]) if len(scores) else scores > 0
    others = [
        one if one.code in _STATED else replace(one, holds=one.holds & is_relevant)
        for one in others
    ]
    relevance = float(scores[is_relevant].sum())
    says = [_says(one, scores, relevance) for one in others]
    left = np.ones(len(scores), dtype=np.bool_)
    chosen = [(first, _take(first, left, most=_FOR_ALL))]
    kinds: Counter[str] = Counter()
    # What a row is worth only falls as others take places, so that what it was worth before bounds
    # it, and only what leads needs to be looked at again.
    bounds = np.array(
        [_worth(one, left, scores, kinds) * much for one, much in zip(others, says, strict=True)]
    )
    while len(chosen) < rows and len(others):
        best = int(np.argmax(bounds))
        if bounds[best] <= 0:
            break
        row = others[best]
        if (worth := _worth(row, left, scores, kinds) * says[best]) < bounds[best]:
            bounds[best] = worth
            continue
        bounds[best] = 0
        kinds[row.code] += 1
        chosen.append((row, _take(row, left, most=_LONGEST)))
    return [(row, places) for row, places in chosen if len(places)]


def _places(row: CandidateRow, left: NDArray[np.bool_], most: int) -> Ints:
    return np.flatnonzero(row.holds & left)[:most].astype(np.int32)


def _worth(
    row: CandidateRow, left: NDArray[np.bool_], scores: Floats, kinds: Counter[str]
) -> float:
    """What it shows of the list that no row above it shows, beside those of its kind."""
    places = _places(row, left, _LONGEST)
    if len(places) < _SHORTEST:
        return 0.0
    shown = scores[places[:_SEEN_AT_ONCE]]
    worth = float(shown @ _ATTENTION[: len(shown)])
    return worth * _OF_THE_SAME_KIND ** kinds[row.code]


def _says(row: CandidateRow, scores: Floats, relevance: float) -> float:
    """How much its claim counts for, beside 1 for one that tells some of the list from the rest."""
    if row.code in _STATED:
        return _STATED[row.code]
    return _OF_NEARLY_ALL if scores[row.holds].sum() > _NEARLY_ALL * relevance else 1.0


def _take(row: CandidateRow, left: NDArray[np.bool_], *, most: int) -> Ints:
    places = _places(row, left, most)
    left[places] = False
    return places
