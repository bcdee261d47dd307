"""Reads the catalogue's columns from its rows, and makes the facts of columns and trends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.asides import asides_among, read_keywords
from api.catalogue.facts.catalogue_columns import CatalogueColumns
from api.catalogue.facts.catalogue_facts import (
    CatalogueFacts,
    audience_of,
    popularity_order,
    trend_strength,
)
from api.catalogue.facts.joint_genres import read_undone, without_undone
from api.catalogue.facts.likely_ages import likely_ages, read_networks
from api.catalogue.facts.own_trend import read_reactions
from api.catalogue.facts.series import series_of
from api.catalogue.facts.telling_lists import read_lists_tell
from api.catalogue.facts.told import masks_of, read_told
from api.catalogue.facts.trend import own_trend
from api.domain.arrays import Floats, Ints, is_among
from api.domain.countries import country_bits
from api.domain.genres import genre_bits
from api.domain.languages import language_code, language_of_script
from api.platform.database import Database
from api.platform.literals import FOR_EVER
from config.ranking import Trend

# Index order of items' primary key; the whole table is read (1 s for 30k titles). A show is
# canceled after it was on air, and in production for its next season: of shows the day decides.
# The primary keys of availability and certificates are asked of undated titles without votes alone.
# What an operator has put into the catalogue is out.
_FACTS = """
SELECT id, media_type = 'tv', genre_ids, coalesce(release_year, 0), coalesce(runtime, 0),
       coalesce(collection_id, 0), popularity, vote_average, vote_count,
       coalesce(popular_rank, 0), coalesce(trending_rank, 0), coalesce(top_rated_rank, 0),
       coalesce(tmdb_id, 0), coalesce(maturity_age, -1), original_language, countries, release_date,
       coalesce(media_type = 'movie' AND status IN (
           'Rumored', 'Planned', 'In Production', 'Post Production', 'Canceled'
       ), false)
       OR CASE WHEN release_date IS NULL AND release_year IS NULL AND vote_count = 0
           AND tmdb_id IS NOT NULL
       THEN NOT (
           EXISTS (SELECT FROM availability WHERE item_id = items.id)
           OR EXISTS (SELECT FROM certificates WHERE item_id = items.id)
       ) ELSE false END, title, original_title
FROM items WHERE retired_at IS NULL ORDER BY id
"""

_LIKINGS = """
SELECT item_id, likings FROM item_neighbours
JOIN collaborative_models ON collaborative_models.id = model_id AND active
"""

# By ix_items_imdb_id and ix_items_moved_to; both are few.
_SAME_TITLES = """
SELECT one.id, other.id FROM items AS one JOIN items AS other USING (imdb_id)
WHERE one.id <> other.id AND one.retired_at IS NULL AND other.retired_at IS NULL
ORDER BY one.id, other.id
"""
_MOVED = "SELECT id, media_type = 'tv', tmdb_id, moved_to FROM items WHERE moved_to IS NOT NULL"

# Own trends fade without a write of the catalogue.
FADED_AFTER = timedelta(minutes=5)

_VERSION = "SELECT catalogue_version FROM service_state"


def load_facts(
    database: Database, now: datetime, *, trend: Trend, until: datetime = FOR_EVER
) -> CatalogueFacts:
    """Every title that may be recommended, by the rows; empty columns for an empty catalogue.

    Our own trends are those of `now`, of the feedback that had arrived `until` then.
    """
    columns = read_columns(database)
    with database.patiently() as cursor:
        changing = read_changing(cursor, now, trend, until=until)
    return facts_by(columns, changing, now, trend=trend)


class FactsOfColumns:
    """Reads what changes from day to day and puts it on the newest columns there are."""

    def __init__(
        self,
        columns: Callable[[], CatalogueColumns],
        database: Database,
        clock: Callable[[], datetime],
        trend: Trend,
    ) -> None:
        self._columns = columns
        self._database = database
        self._clock = clock
        self._trend = trend
        self._last: tuple[Changing, CatalogueFacts] | None = None

    def __call__(self) -> CatalogueFacts:
        """The facts as of now; those of before where nothing moved, so that what was made of them
        is not made again."""
        now, columns = self._clock(), self._columns()
        with self._database.patiently() as cursor:
            changing = read_changing(cursor, now, self._trend)
        if self._last is not None:
            before, facts = self._last
            is_same = facts.version == columns.version and before.is_as(changing)
            if is_same and now - facts.read_at < FADED_AFTER:
                return facts
        facts = facts_by(columns, changing, now, trend=self._trend)
        self._last = changing, facts
        return facts


@dataclass(frozen=True, slots=True, eq=False)
class Changing:
    """What must not wait for columns to be published: who moved, and what is liked these days."""

    moved: Sequence[tuple[int, bool, int, int]]  # id, whether a show, TMDB's id, the living id
    reacted_to: Ints  # ids, ascending
    reactions: Floats

    def is_as(self, other: "Changing") -> bool:
        """Whether both say the same, but for how far the reactions have faded."""
        is_same = np.array_equal(self.reacted_to, other.reacted_to)
        return is_same and list(self.moved) == list(other.moved)


def read_changing(
    cursor: Cursor[Any], now: datetime, trend: Trend, *, until: datetime = FOR_EVER
) -> Changing:
    """As of now; both are few."""
    moved = cursor.execute(_MOVED).fetchall()
    return Changing(moved, *read_reactions(cursor, now, trend, until=until))


def read_columns(database: Database) -> CatalogueColumns:
    """What the rows say of every title that may be recommended."""
    with database.patiently() as cursor:
        # The version first: a change while the rows are read must lead to another load.
        version = _scalar(cursor.execute(_VERSION).fetchone())
        rows = cursor.execute(_FACTS).fetchall()
        implicit_ratings = dict(cursor.execute(_LIKINGS).fetchall())
        keywords = read_keywords(cursor)
        undone = read_undone(cursor)
        networks = read_networks(cursor)
        told = read_told(cursor)
        same_titles = cursor.execute(_SAME_TITLES).fetchall()
        lists_tell = read_lists_tell(cursor)
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * 20
    ids = np.asarray(columns[0], dtype=np.int32)
    is_show = np.asarray(columns[1], dtype=np.bool_)
    listed_genres = np.fromiter(map(genre_bits, columns[2]), dtype=np.uint32, count=len(ids))
    genres = without_undone(listed_genres, ids, undone)
    year = np.asarray(columns[3], dtype=np.int16)
    released = np.asarray(columns[16], dtype="datetime64[D]")
    runtime = np.asarray(columns[4], dtype=np.int16)
    age = np.asarray(columns[13], dtype=np.int8)
    collection = np.asarray(columns[5], dtype=np.int32)
    language = np.fromiter(map(language_code, columns[14]), dtype=np.int16, count=len(ids))
    likely_language = language.copy()
    for row in np.flatnonzero(language == 0).tolist():
        likely_language[row] = language_code(language_of_script(columns[19][row] or ""))
    series = series_of(
        titles=columns[18],
        is_show=is_show,
        genres=genres,
        collection=collection,
        released=released,
        year=year,
        language=likely_language,
        votes=np.asarray(columns[8], dtype=np.int32),
    )
    return CatalogueColumns(
        version=version,
        ids=ids,
        tmdb_id=np.asarray(columns[12], dtype=np.int32),
        is_show=is_show,
        genres=genres,
        listed_genres=listed_genres,
        year=year,
        released=released,
        not_out=np.asarray(columns[17], dtype=np.bool_),
        aside=asides_among(
            ids=ids,
            titles=columns[18],
            is_show=is_show,
            genres=genres,
            runtime=runtime,
            keywords=keywords,
        ),
        runtime=runtime,
        age=age,
        likely_age=likely_ages(ids, is_show, age, networks),
        language=language,
        likely_language=likely_language,
        countries=np.fromiter(map(country_bits, columns[15]), dtype=np.uint64, count=len(ids)),
        **masks_of(told, ids),
        collection=collection,
        series=series,
        popularity=np.asarray(columns[6], dtype=np.float32),
        vote_average=np.asarray(columns[7], dtype=np.float32),
        vote_count=np.asarray(columns[8], dtype=np.int32),
        popular_rank=np.asarray(columns[9], dtype=np.int32),
        trending_rank=np.asarray(columns[10], dtype=np.int32),
        top_rated_rank=np.asarray(columns[11], dtype=np.int32),
        likings=np.asarray(
            [implicit_ratings.get(item_id, 0.0) for item_id in columns[0]], dtype=np.float32
        ),
        same_titles=np.array(same_titles, dtype=np.int32).reshape(-1, 2),
        lists_tell=lists_tell,
    )


def facts_by(
    columns: CatalogueColumns, changing: Changing, now: datetime, *, trend: Trend
) -> CatalogueFacts:
    """The facts of these columns and of what changed since; 30,000 titles take 15 ms."""
    ids = columns.ids
    own = np.zeros(len(ids), dtype=np.float32)
    reacted_to, strength = changing.reacted_to, own_trend(changing.reactions, trend)
    own[is_among(ids, reacted_to)] = strength[is_among(reacted_to, ids)]
    strength = trend_strength(columns.trending_rank, own)
    audience = audience_of(columns.likings, columns.vote_count)
    by_popularity, percentile = popularity_order(columns.popularity, ids)
    same = {one.name: getattr(columns, one.name) for one in fields(columns)}
    return CatalogueFacts(
        **same,
        audience=audience,
        by_audience=popularity_order(audience, ids)[0],
        trend=strength,
        trending=np.flatnonzero(strength).astype(np.int32),
        by_popularity=by_popularity,
        popularity_percentile=percentile,
        fame_percentile=popularity_order(columns.vote_count.astype(np.float32), ids)[1],
        read_at=now,
        moved_ids={item_id: new for item_id, _, _, new in changing.moved},
        moved_tmdb_ids={(is_show, tmdb_id): new for _, is_show, tmdb_id, new in changing.moved},
    )


def _scalar(row: tuple[int, ...] | None) -> int:
    return 0 if row is None else row[0]
