"""How much an event says that a title was liked: the one scale that everything learns on.

1 is liked, 0.5 seen without more, 0 what was worse than usual, -0.5 turned down. A show of which
ten episodes were watched is as good as liked, one that was left after two less than seen. A rating
counts by its distance from the viewer's own mean, so a generous rater's 6 is no liking. The newest
opinion of a title counts, because viewers change their mind, and only without any that it was
watched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints, Mask

SEEN = 0.5
_TRIED = 0.25
LIKED = 1.0
TURNED_DOWN = -0.5
# The mean of a viewer with few ratings leans on what people give on average.
_PRIOR_MEAN, _PRIOR_RATINGS = 6.5, 5
_LARGEST_WEIGHT = 3.0
_POINTS_FROM_SEEN_TO_LIKED = 1.0  # of ten
_OF_KIND = {
    "watched": SEEN,
    "liked": LIKED,
    "disliked": TURNED_DOWN,
    "not_interested": TURNED_DOWN,
}

_FEW_EPISODES, _MANY_EPISODES = 2, 10

# In SQL how many episodes a window of viewings called `alike` tells of, 0 where it tells of one
# viewing or two: of a film that is usual, and of a show it may be said of the whole. What a date
# alone dates and what is dated to the second may be one viewing told by two sources, so only the
# more numerous of both count.
_TO_THE_SECOND = "(event_type = 'watched' AND watched_at <> date_trunc('day', watched_at, 'UTC'))"
_VIEWINGS = f"""greatest(
    count(*) FILTER (WHERE {_TO_THE_SECOND}) OVER alike,
    count(*) FILTER (WHERE event_type = 'watched' AND NOT {_TO_THE_SECOND}) OVER alike
)"""
EPISODES = f"""CAST(greatest(
    max(episodes) OVER alike, CASE WHEN {_VIEWINGS} > 2 THEN {_VIEWINGS} END, 0
) AS int)"""

# In SQL the order of a title's events by which the first is the one that counts.
THE_ONE_THAT_COUNTS_FIRST = "event_type = 'watched', occurred_at DESC, interactions.id DESC"

Number = TypeVar("Number", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Event:
    """One interaction, as far as taste is concerned."""

    item_id: int
    event_type: str
    rating: float | None  # 0 to 10
    weight: float
    occurred_at: datetime
    episodes: int = 0  # of a show that were watched, as far as that is told


@dataclass(frozen=True, slots=True, eq=False)
class TitleRatings:
    """What a viewer made of each title, those of the newest events first; columns of one length."""

    ids: Ints
    ratings: Floats  # in [-0.5, 1]
    # How much each says for (positive) or against the taste for what is like it: a number of the
    # viewer's own by its distance from their mean, however far. Bounded as `ratings` are,
    # favourites drowned in what was merely good: Recall@20 fell from .185 to .180.
    weights: Floats
    is_opinion: Mask  # not only watched
    at: NDArray[np.float64]  # of the newest event, epoch seconds

    def of_newest(self, count: int) -> "TitleRatings":
        """Those of the titles whose events are the newest."""
        return TitleRatings(
            self.ids[:count],
            self.ratings[:count],
            self.weights[:count],
            self.is_opinion[:count],
            self.at[:count],
        )

    @property
    def praised(self) -> Ints:
        """The titles that were liked or rated better than usual, ascending."""
        return np.sort(self.ids[self.is_opinion & (self.ratings > SEEN)])


def title_ratings(events: Sequence[Event]) -> TitleRatings:
    """What a viewer's events, the newest first, make of each title."""
    newest: dict[int, int] = {}  # by title the place of its newest event
    counted: dict[int, Event] = {}
    for place, event in enumerate(events):
        newest.setdefault(event.item_id, place)
        known = counted.setdefault(event.item_id, event)
        if known.event_type == "watched" != event.event_type:
            counted[event.item_id] = event
    opinions = [counted[item_id] for item_id in newest]
    ratings = np.array(
        [np.nan if one.rating is None else one.rating for one in opinions], np.float32
    )
    rated = ~np.isnan(ratings)
    mean = mean_ratings(ratings[rated].sum(keepdims=True), rated.sum(keepdims=True))
    stated = np.array([one.weight for one in opinions], dtype=np.float32)
    by_kind = of_kinds([one.event_type for one in opinions], [one.episodes for one in opinions])
    liked = _unbounded(by_kind, ratings, mean.astype(np.float32))
    from_usual = np.where(rated | (by_kind < 0), liked - np.float32(SEEN), liked)
    return TitleRatings(
        ids=np.fromiter(newest, dtype=np.int32, count=len(newest)),
        ratings=_bounded(liked * _as_allowed(stated)),
        weights=from_usual * _as_allowed(stated),
        is_opinion=np.array([one.event_type != "watched" for one in opinions], dtype=np.bool_),
        at=np.array([events[place].occurred_at.timestamp() for place in newest.values()]),
    )


def of_kinds(event_types: Sequence[str], episodes: Sequence[int]) -> Floats:
    """What events tell by their kind alone, and by how many episodes were watched."""
    ratings = np.array([_OF_KIND.get(kind, SEEN) for kind in event_types], dtype=np.float32)
    is_viewing = np.array([kind == "watched" for kind in event_types], dtype=np.bool_)
    return np.where(is_viewing, _of_episodes(np.array(episodes, dtype=np.float32)), ratings)


def _of_episodes(episodes: Floats) -> Floats:
    """0 episodes: nothing is told of how many there were."""
    through = (episodes - _FEW_EPISODES) / (_MANY_EPISODES - _FEW_EPISODES)
    watched = np.where(episodes <= _FEW_EPISODES, _TRIED, SEEN + (LIKED - SEEN) * through)
    ratings: Floats = np.where(episodes == 0, SEEN, watched.clip(_TRIED, LIKED)).astype(np.float32)
    return ratings


def mean_ratings(totals: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.float64]:
    """Each viewer's mean rating, 0 to 10, of `counts` ratings that add up to `totals`."""
    return np.asarray(
        (totals + _PRIOR_MEAN * _PRIOR_RATINGS) / (counts + _PRIOR_RATINGS), dtype=np.float64
    )


def of_ratings(ratings: NDArray[Number], means: NDArray[Number]) -> NDArray[Number]:
    """The liking of each rating, 0 to 10, by the mean of who gave it; in [-0.5, 1]."""
    return _bounded(_from_mean(ratings, means))


def of_events(
    by_kind: NDArray[Number],
    ratings: NDArray[Number],
    means: NDArray[Number],
    weights: NDArray[Number],
) -> NDArray[Number]:
    """The liking of each event: of its rating, or `by_kind` where that is NaN.

    No weight makes it more than a liking.
    """
    return _bounded(_unbounded(by_kind, ratings, means) * _as_allowed(weights))


def _unbounded(
    by_kind: NDArray[Number], ratings: NDArray[Number], means: NDArray[Number]
) -> NDArray[Number]:
    return np.where(np.isnan(ratings), by_kind, _from_mean(ratings, means))


def _from_mean(ratings: NDArray[Number], means: NDArray[Number]) -> NDArray[Number]:
    return SEEN + (ratings - means) / (2 * _POINTS_FROM_SEEN_TO_LIKED)


def _as_allowed(weights: NDArray[Number]) -> NDArray[Number]:
    return weights.clip(0.0, _LARGEST_WEIGHT)


def _bounded(liked: NDArray[Number]) -> NDArray[Number]:
    bounded: NDArray[Number] = np.clip(liked, TURNED_DOWN, LIKED)
    return bounded
