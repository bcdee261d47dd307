"""A public ratings set in MovieLens format, which the operator brings, as columns of numbers.

Every rating that cannot be used is counted with its reason.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from api.platform.errors import UnusableRatings
from etl.neighbours.ratings_rows import MOVIE, RATING, TIME, USER, Rows, usable_rows

# MovieLens has 32 million. 25 million took 1.6 GB at the peak and 73 s of a core.
MOST_RATINGS = 50_000_000
# The pairs that a model is made of grow with the square of a history.
MOST_PER_VIEWER = 5_000
_ORDERED_AT_ONCE = 1_000_000  # rows, and those of one viewer more: small enough to be sorted fast

Number = TypeVar("Number", np.int32, np.int64, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class RatingsSet:
    """Ratings ordered by viewer, then time; the columns have one length."""

    name: str  # of the folder or archive
    viewer: NDArray[np.int32]  # dense from 0, in the order of the set's own ids
    tmdb_id: NDArray[np.int32]  # of a film
    rating: NDArray[np.float32]  # 0.5 to 5 in halves
    rated_at: NDArray[np.int64]  # epoch seconds
    read: int
    rejected: Mapping[str, int]  # by reason; with the ratings that are kept they make `read`

    def __len__(self) -> int:
        return len(self.viewer)

    @property
    def viewers(self) -> int:
        """How many viewers have a rating."""
        return int(self.viewer[-1]) + 1 if len(self) else 0


def read_ratings(
    path: Path,
    *,
    most_ratings: int = MOST_RATINGS,
    most_per_viewer: int = MOST_PER_VIEWER,
    stop_if_cancelled: Callable[[], None] = lambda: None,
) -> RatingsSet:
    """The set in a folder or zip archive; `stop_if_cancelled` is called now and then and may raise.

    Of several ratings of a film by one viewer the newest counts, and of a viewer's ratings the
    newest `most_per_viewer`. Raises UnusableRatings, with a sentence on what is wrong, for a set
    that is missing, damaged or too large, or that has fewer than two viewers or two films.
    """
    counts: Counter[str] = Counter()
    kept = _Columns()
    for rows in usable_rows(path, counts):
        stop_if_cancelled()
        kept.add(rows)
        if len(kept) > most_ratings:
            raise UnusableRatings(f"{path.name} has more than {most_ratings:,} ratings.")
    read = len(kept) + counts.total()
    viewer, tmdb_id, rating, rated_at = kept.in_order(most_per_viewer, counts)
    ratings = RatingsSet(
        name=path.name,
        viewer=viewer,
        tmdb_id=tmdb_id,
        rating=rating,
        rated_at=rated_at,
        read=read,
        rejected=dict(+counts),
    )
    _refuse_unless_enough(ratings)
    return ratings


def _refuse_unless_enough(ratings: RatingsSet) -> None:
    if not len(ratings):
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in ratings.rejected.items())
        raise UnusableRatings(
            f"{ratings.name} has no rating that can be used ({reasons or 'it is empty'})."
        )
    if ratings.viewers < 2:
        raise UnusableRatings(f"All ratings of {ratings.name} are one viewer's: nothing to learn.")
    if (ratings.tmdb_id == ratings.tmdb_id[0]).all():
        raise UnusableRatings(f"All ratings of {ratings.name} are of one film: nothing to learn.")


class _Columns:
    """Collects rows as columns of 20 bytes a rating."""

    def __init__(self) -> None:
        self._count = 0
        self._viewers: dict[int, int] = {}  # the set's ids, in the order in which they came
        self._viewer: list[NDArray[np.int32]] = []
        self._tmdb_id: list[NDArray[np.int32]] = []
        self._rating: list[NDArray[np.float32]] = []
        self._rated_at: list[NDArray[np.int64]] = []

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Rows) -> None:
        """Takes rows whose movies are TMDB's ids."""
        self._count += len(rows)
        users, places = np.unique(rows[:, USER].astype(np.int64), return_inverse=True)
        numbers = [self._viewers.setdefault(user, len(self._viewers)) for user in users.tolist()]
        self._viewer.append(np.array(numbers, dtype=np.int32)[places])
        self._tmdb_id.append(rows[:, MOVIE].astype(np.int32))
        self._rating.append(rows[:, RATING].astype(np.float32))
        self._rated_at.append(rows[:, TIME].astype(np.int64))

    def in_order(
        self, most_per_viewer: int, counts: Counter[str]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
        """The columns by viewer and time, and within a second by film; empties this."""
        by_id = np.argsort(np.fromiter(self._viewers, dtype=np.int64, count=len(self._viewers)))
        rank = np.empty(len(by_id), dtype=np.int32)
        rank[by_id] = np.arange(len(by_id), dtype=np.int32)
        viewer = rank[_joined(self._viewer, np.int32)]
        tmdb_id = _joined(self._tmdb_id, np.int32)
        rated_at = _joined(self._rated_at, np.int64)
        kept = [
            _kept_of(some, viewer, tmdb_id, rated_at, most_per_viewer, counts)
            for some in _by_viewers(viewer)
        ]
        order = _joined(kept, np.int64)
        # One after the other, so that one column at most is there twice.
        viewer = viewer[order]
        tmdb_id = tmdb_id[order]
        rated_at = rated_at[order]
        return viewer, tmdb_id, _joined(self._rating, np.float32)[order], rated_at


def _joined(parts: list[NDArray[Number]], kind: type[Number]) -> NDArray[Number]:
    """One array of all the parts, which are given up."""
    whole = np.concatenate(parts) if parts else np.empty(0, dtype=kind)
    parts.clear()
    return whole


def _by_viewers(viewer: NDArray[np.int32]) -> Iterator[NDArray[np.int64]]:
    """All rows of some viewers at a time, in the order of viewers, then as they were read."""
    order = np.argsort(viewer, kind="stable")  # nearly free where a set comes by viewer
    ends = np.cumsum(np.bincount(viewer)) if len(viewer) else np.empty(0, dtype=np.int64)
    start = 0
    while start < len(order):
        stop = int(ends[np.searchsorted(ends, min(start + _ORDERED_AT_ONCE, len(order)))])
        yield order[start:stop]
        start = stop


def _kept_of(
    rows: NDArray[np.int64],
    viewer: NDArray[np.int32],
    tmdb_id: NDArray[np.int32],
    rated_at: NDArray[np.int64],
    most_per_viewer: int,
    counts: Counter[str],
) -> NDArray[np.int64]:
    """Of all rows of some viewers those that count, by viewer, time and film."""
    rows = rows[np.lexsort((rated_at[rows], tmdb_id[rows], viewer[rows]))]
    newest = np.ones(len(rows), dtype=np.bool_)  # of a film; of equal times the last read
    newest[:-1] = (np.diff(viewer[rows]) != 0) | (np.diff(tmdb_id[rows]) != 0)
    counts["older rating of the same film"] += int(np.count_nonzero(~newest))
    rows = rows[newest]
    rows = rows[np.lexsort((rated_at[rows], viewer[rows]))]
    recent = np.ones(len(rows), dtype=np.bool_)
    recent[:-most_per_viewer] = viewer[rows[:-most_per_viewer]] != viewer[rows[most_per_viewer:]]
    cut = f"beyond the newest {most_per_viewer:,} of a viewer"
    counts[cut] += int(np.count_nonzero(~recent))
    return rows[recent]
