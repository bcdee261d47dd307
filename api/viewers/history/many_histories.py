"""Histories of many viewers from one table: what somebody moves to this service with.

Read and written in batches, each in a transaction of its own; again, it changes nothing, so that a
run that was killed is simply started anew. Two lanes write side by side while the next batches are
read, each its own users' rows in their order: most of the time is the server's, for references.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, get_args
from zlib import crc32

from psycopg import Cursor

from api.access.households import LIMITED
from api.catalogue.items.item_references import resolve
from api.domain.items import ItemRef
from api.domain.profile_version import MOVE_VERSIONS
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.retried import retried
from api.platform.wire.storable import UNNAMED, is_user_id
from api.viewers.events import CLOCK_SKEW, EventType

COLUMNS = ("user_id", "profile", "item", "event_type", "rating", "watched_at")
_NEEDED = frozenset({"user_id", "item"})
_BATCH = 25_000
_LANES = 2
_EVENT_TYPES = frozenset(get_args(EventType)) - {"not_now"}  # a snooze ends before it is moved
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_HALVES = 2
_TOP = 10
_REMEMBERED = 50_000  # of what one batch repeats

# A batch beside other work takes longer than a request may.
_PATIENCE = "SET LOCAL statement_timeout = '120s'"
_STAGE = """
    CREATE TEMPORARY TABLE incoming (
        position integer, profile_id bigint, item_id integer, event_type text, rating float8,
        watched_at timestamptz
    ) ON COMMIT DROP
"""
_COPY = "COPY incoming FROM STDIN (FORMAT binary)"  # a seventh of the client's time for text
_TYPES = ("int4", "int8", "int4", "text", "float8", "timestamptz")
_VIEWERS = """
    unnest(%(users)s::text[], %(profiles)s::text[])
        WITH ORDINALITY AS viewer(user_id, profile, position)
"""
# In a household with limits a profile that nobody made is a mistake, as everywhere.
_CREATE_PROFILES = f"""
    INSERT INTO profiles (user_id, profile)
    SELECT user_id, profile FROM {_VIEWERS} WHERE NOT EXISTS (
        SELECT FROM profiles
        WHERE profiles.user_id = viewer.user_id AND {LIMITED}
    )
    ORDER BY user_id, profile
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - no value is part of the text
# By uq_profiles_user_id_profile. As in interactions.record: the profiles first, by id.
_HOLD_PROFILES = f"""
    SELECT viewer.position, profiles.id
    FROM {_VIEWERS} JOIN profiles ON profiles.user_id = viewer.user_id
        AND profiles.profile IS NOT DISTINCT FROM viewer.profile
    ORDER BY profiles.id FOR NO KEY UPDATE OF profiles
"""  # noqa: S608 - no value is part of the text
# By uq_interactions_profile_id_item_id_event_type_watched_at. An event that is known changes
# nothing.
_STORE = f"""
    WITH stored AS (
        INSERT INTO interactions AS known (
            profile_id, item_id, event_type, rating, watched_at, occurred_at, recorded_at
        )
        SELECT DISTINCT ON (profile_id, item_id, event_type, watched_at)
            profile_id, item_id, event_type, rating, watched_at,
            coalesce(watched_at, %(now)s) + position * interval '1 microsecond', %(now)s
        FROM incoming
        ORDER BY profile_id, item_id, event_type, watched_at, position DESC
        ON CONFLICT (profile_id, item_id, event_type, watched_at) DO UPDATE
        SET rating = excluded.rating, recorded_at = excluded.recorded_at, scale = NULL,
            import_id = NULL, source = NULL
        WHERE known.rating IS DISTINCT FROM excluded.rating
        RETURNING profile_id
    ), moved AS (
        {MOVE_VERSIONS} WHERE id IN (SELECT profile_id FROM stored)
    )
    SELECT count(*) FROM stored
"""  # noqa: S608 - no value is part of the text

_NO_ITEM = "no title of the catalogue"
_NO_PROFILE = "no such profile in a household with limits"


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


_Viewer = tuple[str, str | None]
_Event = tuple[_Viewer, ItemRef, str, float | None, datetime | None]


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
    with ExitStack() as lanes:
        opened = [lanes.enter_context(_Lane.opened(database, now)) for _ in range(_LANES)]
        for event in _read(csv.reader(lines), tally, now):
            lane = opened[crc32(event[0][0].encode()) % _LANES]
            if lane.is_full_with(event):
                lane.write(tally)
                after_batch(tally)
        for lane in opened:
            lane.write(tally)
        for lane in opened:
            lane.wait(tally)
            after_batch(tally)
    return tally


@dataclass(slots=True)
class _Lane:
    """Batches of some of the users, written one after the other by a thread of its own."""

    database: Database
    now: datetime
    thread: ThreadPoolExecutor
    batch: list[_Event] = field(default_factory=list)
    writing: "Future[tuple[int, Counter[str]]] | None" = None

    @classmethod
    @contextmanager
    def opened(cls, database: Database, now: datetime) -> Iterator["_Lane"]:
        """What was given to it is written at the end, whatever else fails."""
        with ThreadPoolExecutor(1, "many-histories") as thread:
            yield cls(database, now, thread)

    def is_full_with(self, event: _Event) -> bool:
        """Takes a row; whether the batch is to be written."""
        self.batch.append(event)
        return len(self.batch) >= _BATCH

    def write(self, tally: Tally) -> None:
        """Begins to write the batch, once the one before is written."""
        self.wait(tally)
        if self.batch:
            self.writing = self.thread.submit(self._write, self.batch)
            self.batch = []

    def wait(self, tally: Tally) -> None:
        """Counts what became of the batch that is being written."""
        if self.writing is not None:
            recorded, skipped = self.writing.result()
            tally.recorded += recorded
            tally.skipped += skipped
            self.writing = None

    def _write(self, batch: list[_Event]) -> tuple[int, Counter[str]]:
        def write() -> tuple[int, Counter[str]]:
            with self.database.transaction() as cursor:
                return _store(cursor, batch, self.now)

        return retried(write)


def _read(rows: Iterator[list[str]], tally: Tally, now: datetime) -> Iterator[_Event]:
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
            yield _event(cells, latest)
        except ValueError as error:
            tally.skipped[str(error)] += 1


def _event(cells: list[str], latest: datetime) -> _Event:
    """Raises ValueError with the reason, which is the same for all rows that share it."""
    user_id, profile, item, event_type, rating, watched_at = cells
    viewer, reference = _viewer(user_id, profile), _reference(item)
    event_type = event_type or ("rated" if rating else "watched")
    if event_type not in _EVENT_TYPES:
        raise ValueError(f"event_type is one of {', '.join(sorted(_EVENT_TYPES))}")
    if (event_type == "rated") != bool(rating):
        raise ValueError("a rating belongs to an event of type rated, and to no other")
    return (
        viewer,
        reference,
        event_type,
        _rating(rating) if rating else None,
        _moment(watched_at, latest) if watched_at else None,
    )


@lru_cache(maxsize=_REMEMBERED)
def _viewer(user_id: str, profile: str) -> _Viewer:
    profile = "" if profile == UNNAMED else profile
    if not is_user_id(user_id) or (profile and not is_user_id(profile)):
        raise ValueError("no user or profile can be called that")
    return user_id, profile or None


@lru_cache(maxsize=_REMEMBERED)
def _reference(item: str) -> ItemRef:
    reference = ItemRef.parse(item)
    if reference is None:
        raise ValueError(_NO_ITEM)
    return reference


@lru_cache(maxsize=_REMEMBERED)
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


def _store(cursor: Cursor[Any], batch: list[_Event], now: datetime) -> tuple[int, Counter[str]]:
    """How many events were new or changed, and why the others could not be recorded.

    What many rows share is looked up once: their viewers, and their titles.
    """
    profiles = _profiles(cursor, list(dict.fromkeys(viewer for viewer, *_ in batch)))
    references = list(dict.fromkeys(reference for _, reference, *_ in batch))
    items = dict(zip(references, resolve(cursor, references), strict=True))
    skipped: Counter[str] = Counter()
    cursor.execute(_PATIENCE)
    cursor.execute(_STAGE)
    with cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for position, (viewer, reference, *event) in enumerate(batch):
            profile_id, item_id = profiles.get(viewer), items[reference]
            if profile_id is None:
                skipped[_NO_PROFILE] += 1
            elif item_id is None:
                skipped[_NO_ITEM] += 1
            else:
                copy.write_row((position, profile_id, item_id, *event))
    row = cursor.execute(_STORE, {"now": now}).fetchone()
    return (row[0] if row else 0), skipped


def _profiles(cursor: Cursor[Any], viewers: list[_Viewer]) -> dict[_Viewer, int]:
    """The ids of those that there are, made where they may be, and held until the batch ends."""
    named = {"users": [user for user, _ in viewers], "profiles": [name for _, name in viewers]}
    cursor.execute(_CREATE_PROFILES, named)
    held = cursor.execute(_HOLD_PROFILES, named)
    return {viewers[position - 1]: profile_id for position, profile_id in held}
