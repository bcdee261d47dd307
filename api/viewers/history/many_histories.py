"""Histories of many viewers from one table: what somebody moves to this service with.

Read and written in batches, each in a transaction of its own; again, it changes nothing, so that a
run that was killed is simply started anew.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, get_args

from psycopg import Cursor

from api.catalogue.items.item_references import ITEM_ID
from api.domain.items import ItemRef
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.retried import retried
from api.platform.wire.storable import UNNAMED, is_user_id
from api.viewers.events import CLOCK_SKEW, EventType

COLUMNS = ("user_id", "profile", "item", "event_type", "rating", "watched_at")
_NEEDED = frozenset({"user_id", "item"})
_BATCH = 25_000
_EVENT_TYPES = frozenset(get_args(EventType)) - {"not_now"}  # a snooze ends before it is moved
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_HALVES = 2
_TOP = 10

_STAGE = """
    CREATE TEMPORARY TABLE told (
        position integer, user_id text, profile text, id integer, media_type text, tmdb_id integer,
        imdb_id text, source text, source_id text, event_type text, rating float8,
        watched_at timestamptz
    ) ON COMMIT DROP
"""
_COPY = "COPY told FROM STDIN"
# In a household with a child a profile that nobody made is a mistake, as everywhere.
_CREATE_PROFILES = """
    INSERT INTO profiles (user_id, profile)
    SELECT DISTINCT user_id, profile FROM told WHERE NOT EXISTS (
        SELECT FROM profiles WHERE profiles.user_id = told.user_id AND viewer_kind = 'child'
    )
    ORDER BY user_id, profile
    ON CONFLICT DO NOTHING
"""
# As in interactions.record: the profiles first, by id. An event that is known changes nothing.
_STORE = f"""
    WITH viewer AS (
        SELECT DISTINCT user_id, profile FROM told
    ), held AS MATERIALIZED (
        SELECT profiles.id AS profile_id, viewer.user_id, viewer.profile
        FROM viewer JOIN profiles ON profiles.user_id = viewer.user_id
            AND profiles.profile IS NOT DISTINCT FROM viewer.profile
        ORDER BY profiles.id FOR NO KEY UPDATE OF profiles
    ), resolved AS MATERIALIZED (
        SELECT given.*, {ITEM_ID} AS item_id, profile_id
        FROM told AS given LEFT JOIN held ON held.user_id = given.user_id
            AND held.profile IS NOT DISTINCT FROM given.profile
    ), stored AS (
        INSERT INTO interactions AS known (
            profile_id, item_id, event_type, rating, watched_at, occurred_at, recorded_at
        )
        SELECT DISTINCT ON (profile_id, item_id, event_type, watched_at)
            profile_id, item_id, event_type, rating, watched_at,
            coalesce(watched_at, %(now)s) + position * interval '1 microsecond', %(now)s
        FROM resolved WHERE item_id IS NOT NULL AND profile_id IS NOT NULL
        ORDER BY profile_id, item_id, event_type, watched_at, position DESC
        ON CONFLICT (profile_id, item_id, event_type, watched_at) DO UPDATE
        SET rating = excluded.rating, recorded_at = excluded.recorded_at, scale = NULL,
            import_id = NULL, source = NULL
        WHERE known.rating IS DISTINCT FROM excluded.rating
        RETURNING profile_id
    ), moved AS (
        UPDATE profiles SET version = version + 1
        WHERE id IN (SELECT profile_id FROM stored)
    )
    SELECT (SELECT count(*) FROM stored),
        (SELECT count(*) FROM resolved WHERE profile_id IS NULL),
        (SELECT count(*) FROM resolved WHERE profile_id IS NOT NULL AND item_id IS NULL)
"""  # noqa: S608 - no value is part of the text

_NO_ITEM = "no title of the catalogue"
_NO_PROFILE = "no such profile in a household with a child"


@dataclass(slots=True)
class Tally:
    """What became of the rows; `skipped` counts reasons."""

    read: int = 0
    recorded: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def unchanged(self) -> int:
        """Rows whose event was known, or stood in the table twice."""
        return self.read - self.recorded - self.skipped.total()


_Told = tuple[str, str | None, ItemRef, str, float | None, datetime | None]


def record_many(
    database: Database,
    lines: Iterable[str],
    *,
    now: datetime,
    after_batch: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Records a table with the columns `COLUMNS`, of which user_id and item are needed.

    Raises InvalidInput for a table without them. A row that cannot be recorded is counted by its
    reason, and the rest is recorded.
    """
    tally = Tally()
    told = _read(csv.reader(lines), tally, now)
    while batch := list(islice(told, _BATCH)):

        def write(batch: list[_Told] = batch) -> tuple[int, int, int]:
            with database.transaction() as cursor:
                return _store(cursor, batch, now)

        stored, without_profile, without_item = retried(write)
        tally.recorded += stored
        tally.skipped += Counter({_NO_PROFILE: without_profile, _NO_ITEM: without_item})
        after_batch(tally)
    return tally


def _read(rows: Iterator[list[str]], tally: Tally, now: datetime) -> Iterator[_Told]:
    header = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
    if not set(header) <= set(COLUMNS) or not set(header) >= _NEEDED:
        raise InvalidInput(f"The columns are {', '.join(COLUMNS)}; user_id and item are needed.")
    places = [header.index(name) if name in header else -1 for name in COLUMNS]
    latest = now + CLOCK_SKEW
    for row in rows:
        tally.read += 1
        if len(row) != len(header):
            tally.skipped["has not as many cells as the header"] += 1
            continue
        cells = [row[place].strip() if place >= 0 else "" for place in places]
        try:
            yield _told(cells, latest)
        except ValueError as error:
            tally.skipped[str(error)] += 1


def _told(cells: list[str], latest: datetime) -> _Told:
    """Raises ValueError with the reason, which is the same for all rows that share it."""
    user_id, profile, item, event_type, rating, watched_at = cells
    profile = "" if profile == UNNAMED else profile
    if not is_user_id(user_id) or (profile and not is_user_id(profile)):
        raise ValueError("no user or profile can be called that")
    reference = ItemRef.parse(item)
    if reference is None:
        raise ValueError(_NO_ITEM)
    event_type = event_type or ("rated" if rating else "watched")
    if event_type not in _EVENT_TYPES:
        raise ValueError(f"event_type is one of {', '.join(sorted(_EVENT_TYPES))}")
    if (event_type == "rated") != bool(rating):
        raise ValueError("a rating belongs to an event of type rated, and to no other")
    return (
        user_id,
        profile or None,
        reference,
        event_type,
        _rating(rating) if rating else None,
        _moment(watched_at, latest) if watched_at else None,
    )


def _rating(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= _TOP:
        raise ValueError("a rating is a number from 0 to 10")
    return int(value * _HALVES + 0.5) / _HALVES


def _moment(text: str, latest: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("watched_at is not ISO 8601") from None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    if not _EARLIEST <= moment <= latest:
        raise ValueError("watched_at is in the future, or before 1900")
    return moment


def _store(cursor: Cursor[Any], batch: list[_Told], now: datetime) -> tuple[int, int, int]:
    cursor.execute(_STAGE)
    with cursor.copy(_COPY) as copy:
        for position, (user_id, profile, item, *event) in enumerate(batch):
            media_type, tmdb_id = item.tmdb or (None, None)
            named = (item.id, media_type, tmdb_id, item.imdb, *(item.external or (None, None)))
            copy.write_row((position, user_id, profile, *named, *event))
    cursor.execute("ANALYZE told")
    cursor.execute(_CREATE_PROFILES)
    row = cursor.execute(_STORE, {"now": now}).fetchone()
    return row or (0, 0, 0)
