"""Histories: who made what of which title, in the order in which they came to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain import liking
from api.storage.collaborative import Opinion
from etl.neighbours.ratings_set import RatingsSet

_POINTS_PER_STAR = 2


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Rows ordered by viewer, then time; the columns have one length.

    A viewer is a user with all profiles: what two profiles of one household share says nothing.
    """

    viewer: NDArray[np.int32]  # dense from 0
    item_id: NDArray[np.int32]
    liking: NDArray[np.float32]  # in [-0.5, 1], see api.domain.liking

    def __len__(self) -> int:
        return len(self.viewer)

    @property
    def viewers(self) -> int:
        """How many viewers there are."""
        return int(self.viewer[-1]) + 1 if len(self) else 0

    def of_items(self, item_ids: NDArray[np.int32]) -> "Histories":
        """Only the rows of these items; the viewers keep their numbers."""
        kept = np.isin(self.item_id, item_ids)
        return Histories(self.viewer[kept], self.item_id[kept], self.liking[kept])


def of_profiles(opinions: Sequence[Opinion]) -> Histories:
    """The instance's own viewers."""
    means = _rating_means(opinions)
    users = {user: number for number, user in enumerate(sorted({one.user_id for one in opinions}))}
    viewer = np.array([users[one.user_id] for one in opinions], dtype=np.int32)
    at = np.array([one.occurred_at.timestamp() for one in opinions], dtype=np.float64)
    likings = np.array([_liking(one, means) for one in opinions], dtype=np.float32)
    item_id = np.array([one.item_id for one in opinions], dtype=np.int32)
    # Of what two profiles of a user made of a title the newest counts.
    order = np.lexsort((at, item_id, viewer))
    newest = np.append((np.diff(viewer[order]) != 0) | (np.diff(item_id[order]) != 0), True)
    order = order[newest[: len(order)]]
    order = order[np.lexsort((item_id[order], at[order], viewer[order]))]
    return Histories(viewer[order], item_id[order], likings[order])


def of_ratings(ratings: RatingsSet, item_ids: Mapping[int, int]) -> Histories:
    """A ratings set's viewers; `item_ids` by TMDB's ids, films without one are left out."""
    known = np.array(sorted(item_ids), dtype=np.int32)
    ours = np.array([item_ids[tmdb_id] for tmdb_id in known.tolist()], dtype=np.int32)
    kept = np.isin(ratings.tmdb_id, known)
    points = ratings.rating * np.float32(_POINTS_PER_STAR)
    totals = np.bincount(ratings.viewer, weights=points)
    counts = np.bincount(ratings.viewer)
    means = np.array(
        [liking.mean_rating(total, count) for total, count in zip(totals, counts, strict=True)],
        dtype=np.float32,
    )
    viewer = ratings.viewer[kept]
    return Histories(
        viewer=viewer,
        item_id=ours[np.searchsorted(known, ratings.tmdb_id[kept])],
        liking=liking.of_ratings(points[kept], means[viewer]),
    )


def joined(one: Histories, other: Histories) -> Histories:
    """The viewers of both, as different people."""
    return Histories(
        np.concatenate([one.viewer, other.viewer + np.int32(one.viewers)]),
        np.concatenate([one.item_id, other.item_id]),
        np.concatenate([one.liking, other.liking]),
    )


def _liking(opinion: Opinion, means: Mapping[int, float]) -> float:
    if opinion.rating is not None:
        mean = np.array([means[opinion.profile_id]])
        value = float(liking.of_ratings(np.array([opinion.rating]), mean)[0])
    else:
        value = liking.OF_EVENT[opinion.event_type]
    return liking.weighted(value, opinion.weight)


def _rating_means(opinions: Sequence[Opinion]) -> dict[int, float]:
    totals: dict[int, float] = {}
    counts: dict[int, int] = {}
    for one in opinions:
        if one.rating is not None:
            totals[one.profile_id] = totals.get(one.profile_id, 0.0) + one.rating
            counts[one.profile_id] = counts.get(one.profile_id, 0) + 1
    return {profile: liking.mean_rating(totals[profile], counts[profile]) for profile in totals}
