"""Histories: who made what of which title, in the order in which they came to it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.viewers.taste import implicit_rating
from etl.neighbours.model_writes import Opinions
from etl.neighbours.ratings_set import RatingsSet

_POINTS_PER_STAR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Rows ordered by viewer, then time; the columns have one length.

    A viewer is a user with all profiles: what two profiles of one household share is no evidence.
    """

    viewer: NDArray[np.int32]  # dense from 0
    item_id: NDArray[np.int32]
    implicit_ratings: NDArray[np.float32]  # in [-0.5, 1], see api.viewers.taste.implicit_rating

    def __len__(self) -> int:
        return len(self.viewer)

    @property
    def viewers(self) -> int:
        """How many viewers there are."""
        return int(self.viewer[-1]) + 1 if len(self) else 0

    def of_items(self, item_ids: NDArray[np.int32]) -> "Histories":
        """Only the rows of these items; the viewers keep their numbers."""
        kept = np.isin(self.item_id, item_ids)
        return Histories(self.viewer[kept], self.item_id[kept], self.implicit_ratings[kept])


def of_profiles(opinions: Opinions) -> Histories:
    """The instance's own viewers."""
    viewer = np.unique(opinions.user, return_inverse=True)[1].astype(np.int32)
    implicit_ratings = implicit_ratings_of(opinions)
    # Of what two profiles of a user made of a title the newest counts.
    order = np.lexsort((opinions.at, opinions.item_id, viewer))
    newest = np.append(
        (np.diff(viewer[order]) != 0) | (np.diff(opinions.item_id[order]) != 0), True
    )
    order = order[newest[: len(order)]]
    order = order[np.lexsort((opinions.item_id[order], opinions.at[order], viewer[order]))]
    return Histories(viewer[order], opinions.item_id[order], implicit_ratings[order])


def implicit_ratings_of(opinions: Opinions) -> Floats:
    """Each opinion on the scale of implicit_rating.py, by the mean rating of its profile."""
    profile = np.unique(opinions.profile_id, return_inverse=True)[1]
    rated = ~np.isnan(opinions.rating)
    totals = np.bincount(
        profile[rated], opinions.rating[rated], minlength=profile.max(initial=-1) + 1
    )
    counts = np.bincount(profile[rated], minlength=len(totals))
    means = implicit_rating.mean_ratings(totals, counts).astype(np.float32)
    return implicit_rating.of_events(
        opinions.by_kind, opinions.rating, means[profile], opinions.weight
    )


def of_ratings(ratings: RatingsSet, item_ids: Mapping[int, int]) -> Histories:
    """A ratings set's viewers; `item_ids` by TMDB's ids, films without one are left out."""
    known = np.array(sorted(item_ids), dtype=np.int32)
    ours = np.array([item_ids[tmdb_id] for tmdb_id in known.tolist()], dtype=np.int32)
    kept = np.isin(ratings.tmdb_id, known)
    points = ratings.rating * np.float32(_POINTS_PER_STAR)
    totals = np.bincount(ratings.viewer, weights=points)
    counts = np.bincount(ratings.viewer)
    means = implicit_rating.mean_ratings(totals, counts).astype(np.float32)
    viewer = ratings.viewer[kept]
    return Histories(
        viewer=viewer,
        item_id=ours[np.searchsorted(known, ratings.tmdb_id[kept])],
        implicit_ratings=implicit_rating.of_ratings(points[kept], means[viewer]),
    )


def joined(one: Histories, other: Histories) -> Histories:
    """The viewers of both, as different people."""
    return Histories(
        np.concatenate([one.viewer, other.viewer + np.int32(one.viewers)]),
        np.concatenate([one.item_id, other.item_id]),
        np.concatenate([one.implicit_ratings, other.implicit_ratings]),
    )
