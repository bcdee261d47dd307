"""The facts of every recommendable title as columns, resident in each process.

Thirty thousand titles take 2.5 MB and one boolean pass over them 20 us: cheaper than one row from
the database. Sources that need no index, scorers, filters and the ANN router read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_columns import CatalogueColumns
from api.domain.arrays import Floats, Ints, Mask, is_among

_LIKINGS_LIKE_VOTES = 2.0
# A table of rows by id takes a tenth of a binary search's time; ids with wider gaps are searched.
_MOST_IDS_PER_ROW = 16


def decades_of(years: NDArray[np.int16]) -> NDArray[np.int16]:
    """The first year of each year's decade; 0 for an unknown year."""
    return years - years % 10


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueFacts(CatalogueColumns):
    """The columns, with what follows from them and what changes from day to day."""

    audience: Floats  # in [0, 1], see audience_of
    by_audience: Ints  # rows, the most liked first
    trend: Floats  # in [0, 1], see trend_strength
    trending: Ints  # rows with a trend at all
    by_popularity: Ints  # rows, the most popular first
    popularity_percentile: Floats  # 0 the least popular, 1 the most
    # The same by votes: how many know a title for good, where popularity is this week's talk.
    fame_percentile: Floats
    read_at: datetime
    # Titles whose id moved: to the living one, from our id and from (is a show, TMDB's id).
    moved_ids: Mapping[int, int] = field(default_factory=dict)
    moved_tmdb_ids: Mapping[tuple[bool, int], int] = field(default_factory=dict)
    _row_by_id: Ints = field(init=False, repr=False)  # -1 for no row; empty where ids are sparse
    _at_tmdb: NDArray[np.int64] = field(init=False, repr=False)  # medium and id as one, ascending
    _row_at_tmdb: Ints = field(init=False, repr=False)  # of each of those
    # (m, 2) rows: one behind another one of the same title, with fewer votes or, of as many, newer.
    _behind: Ints = field(init=False, repr=False)
    # Of the day that was asked for last: every list asks for today's.
    _to_come: dict[date, Mask] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        # The last one stands for all ids beyond it, and the first, which no title has, for those
        # below it.
        ids = int(self.ids[-1]) + 2 if len(self.ids) else 0
        row_by_id = np.full(ids if ids <= _MOST_IDS_PER_ROW * len(self.ids) else 0, -1, np.int32)
        if len(row_by_id):
            row_by_id[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        object.__setattr__(self, "_row_by_id", row_by_id)
        at_tmdb = _at_tmdb(self.is_show, self.tmdb_id)
        order = np.argsort(at_tmdb).astype(np.int32)
        object.__setattr__(self, "_at_tmdb", at_tmdb[order])
        object.__setattr__(self, "_row_at_tmdb", order)
        object.__setattr__(self, "_behind", self._behind_same())

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, item_ids: Ints) -> Ints:
        """The row of each id, -1 for ids that may not be recommended."""
        if len(self.ids) == 0:
            return np.full(len(item_ids), -1, dtype=np.int32)
        if len(self._row_by_id):
            return self._row_by_id.take(item_ids, mode="clip")
        found = np.minimum(np.searchsorted(self.ids, item_ids), len(self.ids) - 1)
        return np.where(self.ids[found] == item_ids, found, -1).astype(np.int32)

    def rows_at_tmdb(self, is_show: Mask, tmdb_ids: Ints) -> Ints:
        """The row of each show or film by TMDB's id, which is not 0; -1 for those that may not be
        recommended."""
        if len(self.ids) == 0:
            return np.full(len(tmdb_ids), -1, dtype=np.int32)
        wanted = _at_tmdb(is_show, tmdb_ids)
        found = np.minimum(np.searchsorted(self._at_tmdb, wanted), len(self._at_tmdb) - 1)
        return np.where(self._at_tmdb[found] == wanted, self._row_at_tmdb[found], -1)

    def with_same_titles(self, item_ids: Ints) -> Ints:
        """The ids, ascending, with those of other rows that are the same titles."""
        if len(self.same_titles) == 0:
            return item_ids
        others = self.same_titles[is_among(self.same_titles[:, 0], item_ids), 1]
        return np.union1d(item_ids, others) if len(others) else item_ids

    def lesser_of_same(self, kept: Mask) -> Ints:
        """Of the rows kept, ascending, those behind another one of the same title: with fewer
        votes or, of as many, newer."""
        lesser, better = self._behind.T
        return np.unique(lesser[kept[lesser] & kept[better]])

    def popularity_rank(self, row: int) -> int:
        """1 for the most popular title."""
        return 1 + round(float(1 - self.popularity_percentile[row]) * (len(self) - 1))

    def is_item(self, rows: Ints | slice, item_id: int) -> Mask:
        """Which row is the title of this id or, where it moved, the living one."""
        return np.asarray(self.ids[rows] == self.moved_ids.get(item_id, item_id))

    def is_at_tmdb(self, rows: Ints | slice, reference: str) -> Mask:
        """Which rows are "movie:603" at TMDB, or "603" of either kind; where that moved, the
        living one."""
        kind, _, number = reference.rpartition(":")
        named: Mask = self.tmdb_id[rows] == int(number)
        if kind:
            named &= self.is_show[rows] == (kind == "tv")
        for is_show in (kind == "tv",) if kind else (False, True):
            if (moved := self.moved_tmdb_ids.get((is_show, int(number)))) is not None:
                named |= self.ids[rows] == moved
        return named

    def _behind_same(self) -> Ints:
        rows = self.rows_of(self.same_titles.ravel()).reshape(-1, 2)
        one, other = rows[(rows >= 0).all(axis=1)].T
        votes, is_newer = self.vote_count, one > other
        is_behind = (votes[one] < votes[other]) | ((votes[one] == votes[other]) & is_newer)
        return np.stack([one[is_behind], other[is_behind]], axis=1)

    def to_come(self, after: date) -> Mask:
        """Which rows are not out by this day, read-only; one whose day is unknown is not, where it
        shows no sign that it was ever seen."""
        if (found := self._to_come.get(after)) is None:
            # No comparison with an unknown day holds.
            found = (self.released > np.datetime64(after)) | self.not_out
            found.flags.writeable = False
            self._to_come.clear()
            self._to_come[after] = found
        return found

    def known_rows(self, item_ids: Ints) -> Ints:
        """The rows of those ids that may be recommended, order kept."""
        rows = self.rows_of(item_ids)
        return rows[rows >= 0]

    def by_id(self, rows: Mask) -> Mask:
        """(the largest id + 2): which ids are of such rows; the last is none."""
        if len(self._row_by_id):
            return np.append(rows, False)[self._row_by_id]
        found: Mask = np.zeros(int(self.ids[-1]) + 2 if len(self) else 0, dtype=np.bool_)
        found[self.ids[rows]] = True
        return found

    def are_among(self, rows: Ints | slice, item_ids: Ints) -> Mask:
        """Which of the rows have one of these ids, ascending.

        Of all rows it takes as long as the ids are many: a million rows looked up one by one take
        12 ms.
        """
        if not isinstance(rows, slice):
            return is_among(self.ids[rows], item_ids)
        found: Mask = np.zeros(len(self), dtype=np.bool_)
        found[self.known_rows(item_ids)] = True
        return found[rows]


def _at_tmdb(is_show: Mask, tmdb_ids: Ints) -> NDArray[np.int64]:
    return 2 * tmdb_ids.astype(np.int64) + is_show


def trend_strength(trending_rank: Ints, own_trend: Floats) -> Floats:
    """In [0, 1]: the better of the list's rank (1 for the first, falling as 1/log2) and our own."""
    ranked = np.where(trending_rank > 0, 1 / np.log2(np.maximum(trending_rank, 1) + 1.0), 0)
    return np.maximum(ranked, own_trend).astype(np.float32)


def audience_of(implicit_ratings: Floats, vote_count: Ints) -> Floats:
    """How many like each title, on a log scale: in [0, 1], 1 for the most liked.

    `likings` are summed over the viewers of the collaborative model. The fewer those are, the more
    TMDB's votes stand in for them: by half where two viewers like the most liked title.
    """
    most = float(implicit_ratings.max(initial=0.0))
    share = most / (most + _LIKINGS_LIKE_VOTES)
    return (share * _log_scale(implicit_ratings) + (1 - share) * _log_scale(vote_count)).astype(
        np.float32
    )


def fame_of(facts: CatalogueFacts, rows: Ints) -> Floats:
    """Votes on a log scale: 1 for the title with the most."""
    most = np.log1p(np.float32(facts.vote_count.max(initial=1)))
    fame: Floats = np.log1p(facts.vote_count[rows].astype(np.float32)) / most
    return fame


def _log_scale(counts: Floats | Ints) -> NDArray[np.float64]:
    top = float(counts.max(initial=0.0))
    return np.asarray(np.log1p(counts.astype(np.float64)) / max(np.log1p(top), 1e-6))


def popularity_order(popularity: Floats, ids: Ints) -> tuple[Ints, Floats]:
    """Rows by popularity (ties by id), and each row's percentile in [0, 1]."""
    order = np.lexsort((ids, -popularity)).astype(np.int32)
    percentile = np.empty(len(ids), dtype=np.float32)
    percentile[order] = np.linspace(1, 0, num=len(ids), dtype=np.float32)
    return order, percentile
