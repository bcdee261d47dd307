"""How like the titles that a request names every title is."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Mask

# By what titles are like each other: everything, their stories, or who likes them.
LikenessBy = Literal["mix", "story", "audience"]

# Share of co-liking; metadata has the rest. By `python -m tests.quality.similar` metadata alone has
# an AUC of .932 and a recall of .054, with .09 of co-liking .940 and .131; with .23 it was .916 and
# .222: metadata tells what is alike, viewers tell which of it. With `audience`, what nobody here
# likes together still has an order.
_OF_CO_LIKING: dict[LikenessBy, np.float32] = {
    "mix": np.float32(0.09),
    "story": np.float32(0),
    "audience": np.float32(0.95),
}
# What is left of a film where a show is named, and of a show where films are.
OF_OTHER_MEDIUM = np.float32(0.7)
# Smaller is nearer to the least of them, larger to the mean.
_SOFTNESS = np.float32(0.1)
# Share of its score that a title loses for being as like an unliked one as any is.
_PUSH = np.float32(0.5)
# At most so much is left of what is set back, and everything else has more.
_BEHIND = np.float32(0.01)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Of every title to each that was named, in [0, 1]: (named titles, rows of the facts)."""

    ids: tuple[int, ...]  # of the named titles; 0 for words that stand for one
    to_each: Floats
    by_metadata: Floats  # the same without co-liking
    scores: Floats  # of every title to all of them together
    # What viewers like beside each, 1 for what they like most, where that is what was asked for.
    beside: Floats | None = None
    similarity: ItemSimilarity | None = None  # by which two of them are compared for a reason


def likeness_of(
    ids: tuple[int, ...],
    to_each: Floats,
    by_metadata: Floats | None = None,
    *,
    similarity: ItemSimilarity | None = None,
) -> Likeness:
    """The likeness to all: each named title counts, so it is a soft minimum and not the mean.

    `by_metadata` is needed where `to_each` has co-liking in it.
    """
    metadata = to_each if by_metadata is None else by_metadata
    scores = soft_minimum(_on_one_scale(to_each))
    return Likeness(ids, to_each, metadata, scores, similarity=similarity)


def mixed(metadata: Floats, co_liking: Floats, by: LikenessBy) -> Floats:
    """Both in [0, 1]; `co_liking` 1 for what is liked most beside a title."""
    of_co_liking = _OF_CO_LIKING[by]
    return of_co_liking * co_liking + (1 - of_co_liking) * metadata


def nearer_to(likeness: Likeness, to_unliked: Floats) -> Mask:
    """Which titles are nearer to an unliked one than to one of the liked ones, by metadata."""
    nearest = to_unliked.max(axis=0, initial=0)
    return np.asarray(nearest > likeness.by_metadata.min(axis=0, initial=1))


def away_from(likeness: Likeness, to_unliked: Floats) -> Likeness:
    """The likeness with less for what is near to an unliked title.

    What is nearer to one than to a liked title comes behind everything else, and is still there.
    """
    scores = likeness.scores * (1 - _PUSH * _on_one_scale(to_unliked).max(axis=0, initial=0))
    back = nearer_to(likeness, to_unliked)
    scores = np.where(back, _BEHIND * scores, _BEHIND + (1 - _BEHIND) * scores)
    return replace(likeness, scores=scores.astype(np.float32))


def soft_minimum(values: Floats) -> Floats:
    """Of each column; one row stays as it is."""
    if len(values) == 1:
        only: Floats = values[0]
        return only
    least = values.min(axis=0)
    above = np.exp((least - values) / _SOFTNESS).mean(axis=0)
    return np.asarray((least - _SOFTNESS * np.log(above)).clip(0, 1), dtype=np.float32)


def _on_one_scale(to_each: Floats) -> Floats:
    """A title with few facts is like many to a high degree: each row by its best but itself."""
    if len(to_each) < 2 or to_each.shape[1] < 2:
        return to_each
    best = np.partition(to_each, -2, axis=1)[:, -2:-1]
    return np.asarray(np.minimum(to_each / np.maximum(best, 1e-6), 1), dtype=np.float32)
