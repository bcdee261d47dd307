"""Ratings in points of ten out of profiles and a ratings set, for what predictions go by."""

from collections.abc import Iterator, Mapping

import numpy as np
from sqlalchemy import Connection

from etl.neighbours.model_writes import ItemLevel, Opinions, read_votes
from etl.neighbours.rating_levels import PointRatings
from etl.neighbours.ratings_fit import MOST_RATINGS, FittedRatings, Titles
from etl.neighbours.ratings_set import RatingsSet

_POINTS_PER_STAR = 2


def points_of(
    connection: Connection,
    opinions: Opinions,
    ratings: RatingsSet | None,
    item_ids: Mapping[int, int],
) -> tuple[PointRatings, Titles]:
    """By viewer and time; a viewer is a profile, or one of the set's.

    `item_ids` are those of the set's films that the catalogue has, by TMDB's ids.
    """
    rated = ~np.isnan(opinions.rating)
    order = np.flatnonzero(rated)[np.lexsort((opinions.at[rated], opinions.profile_id[rated]))]
    viewer = np.unique(opinions.profile_id[order], return_inverse=True)[1]
    item, points = opinions.item_id[order], opinions.rating[order]
    if ratings is not None and item_ids:
        kept, ours = _known(ratings, item_ids)
        others = np.unique(ratings.viewer[kept], return_inverse=True)[1]
        viewer = np.append(viewer, others + int(viewer.max(initial=-1)) + 1)
        item = np.append(item, ours)
        points = np.append(points, ratings.rating[kept] * np.float32(_POINTS_PER_STAR))
    ids, title = np.unique(item, return_inverse=True)
    titles = Titles(ids.astype(np.int32), *read_votes(connection, ids.astype(np.int32)))
    columns = PointRatings(viewer.astype(np.int32), title.astype(np.int32), points.astype(float))
    return columns, titles


def _known(
    ratings: RatingsSet, item_ids: Mapping[int, int]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    known = np.array(sorted(item_ids), dtype=np.int32)
    ours = np.array([item_ids[tmdb_id] for tmdb_id in known.tolist()], dtype=np.int32)
    # Of a large set the ratings of some viewers, drawn: all columns of 25 million take 1 GB.
    drawn = np.random.default_rng(0).random(ratings.viewers) < MOST_RATINGS / len(ratings)
    kept = np.flatnonzero(np.isin(ratings.tmdb_id, known) & drawn[ratings.viewer])
    return kept, ours[np.searchsorted(known, ratings.tmdb_id[kept])]


def rows_of(fitted: FittedRatings, titles: Titles) -> Iterator[ItemLevel]:
    """What is stored of each title."""
    for row, item_id in enumerate(titles.ids.tolist()):
        yield ItemLevel(
            item_id,
            int(fitted.ratings[row]),
            float(fitted.levels[row]),
            fitted.factors[row].tolist(),
        )
