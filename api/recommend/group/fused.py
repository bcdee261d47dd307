"""One order out of several viewers' own.

`fair` is the mean of 1 / log2(place + 1) and of how well a title fits. In simulated groups places
alone were ahead of fits for two and level with them for four, both together ahead or level in all;
the least of fits was behind both: `python -m tests.quality.group`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Bits, Floats, Ints, Mask
from api.recommend.pool import Pool
from api.recommend.ranking import Ranking
from api.recommend.request import Fairness

# A title high up in a viewer's own list is one for them, where it also suits a little: in a short
# list everything is among the first hundred.
_HIGH_UP = 100
_SUITS = 0.25  # of the best one's score, as `fit` tells it


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """The order for all, and what every candidate is to each: (members, pool).

    Fits are NaN for a member whose taste nothing is known of.
    """

    ranking: Ranking
    fits: Floats


def fused(
    rankings: Sequence[Ranking], fairness: Fairness, weights: Floats, *, known: Mask
) -> Fused:
    """Candidates of any of the rankings, all of the same facts; `weights` are the members', sum 1.

    What one of them does not rank stands behind the end of their list, and fits them by 0. Who is
    not among the `known` wants what is popular, as far as the order goes.
    """
    rows = np.unique(np.concatenate([one.pool.rows[one.order] for one in rankings]))
    places, fits = _places(rankings, rows), _fits(rankings, rows)
    scores = joint_scores(places, fits, fairness, weights)
    pool = Pool(rankings[0].pool.facts, rows, _retrieved(rankings, rows), _words(rankings, rows))
    # The mean decides among those whom a title fits least alike.
    order = np.lexsort((pool.ids, -(weights @ fits), -scores))
    told = np.where(known[:, None], fits, np.float32(np.nan))
    is_high_up = (places <= _HIGH_UP) & (told >= _SUITS)
    high_up = is_high_up.mean(axis=0, dtype=np.float32)
    ranking = Ranking(pool, order.astype(np.int32), scores[order], {"together": high_up})
    return Fused(ranking, told)


def joint_scores(places: Ints, fits: Floats, fairness: Fairness, weights: Floats) -> Floats:
    """One score in [0, 1] for each candidate; `places` count from 1, both (members, n)."""
    if fairness == "average":
        return np.asarray(weights @ fits, dtype=np.float32)
    if fairness == "least_misery":
        return np.asarray(fits.min(axis=0), dtype=np.float32)
    return np.asarray(weights @ (1 / np.log2(places + 1) + fits) / 2, dtype=np.float32)


def _places(rankings: Sequence[Ranking], rows: Ints) -> Ints:
    places = np.full((len(rankings), len(rows)), len(rows) + 1, dtype=np.int32)
    for own, ranking in zip(places, rankings, strict=True):
        at = np.searchsorted(rows, ranking.pool.rows[ranking.order])
        own[at] = np.arange(1, len(at) + 1)
    return places


def _fits(rankings: Sequence[Ranking], rows: Ints) -> Floats:
    fits = np.zeros((len(rankings), len(rows)), dtype=np.float32)
    for own, ranking in zip(fits, rankings, strict=True):
        scores = np.where(np.isfinite(ranking.scores), ranking.scores, 0).clip(0)
        at = np.searchsorted(rows, ranking.pool.rows[ranking.order])
        own[at] = scores / max(float(scores.max(initial=0)), 1e-6)
    return fits


def _retrieved(rankings: Sequence[Ranking], rows: Ints) -> dict[str, Floats]:
    """Who proposed what to any of them, with the highest score."""
    found: dict[str, Floats] = {}
    for ranking in rankings:
        own = ranking.pool.keep(np.isin(ranking.pool.rows, rows))
        at = np.searchsorted(rows, own.rows)
        for name, scores in own.retrieved.items():
            best = found.setdefault(name, np.full(len(rows), np.nan, dtype=np.float32))
            best[at] = np.fmax(best[at], scores)
    return found


def _words(rankings: Sequence[Ranking], rows: Ints) -> Bits:
    """The words by which any of them found each."""
    found = np.zeros(len(rows), dtype=np.uint64)
    for ranking in rankings:
        own = ranking.pool.keep(np.isin(ranking.pool.rows, rows))
        if own.words is not None:
            found[np.searchsorted(rows, own.rows)] |= own.words
    return found
