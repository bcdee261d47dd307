"""Orders of lists for many viewers, and the lines that are made of them, in the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from api.access.households import limits_of
from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from api.viewers.events import ProfileKey

_AT_ONCE = 50  # lines in memory: a page of a hundred titles has 100 KB

_ADD = """
    WITH ordered AS (
        INSERT INTO batches (id, shape, created_at, expires_at)
        VALUES (%(id)s, %(shape)s, %(created_at)s, %(expires_at)s)
    )
    INSERT INTO batch_lists (batch_id, place, user_id, profile)
    SELECT %(id)s, place - 1, user_id, profile
    FROM unnest(%(users)s::text[], %(profiles)s::text[]) WITH ORDINALITY
        AS viewer (user_id, profile, place)
"""
_READ = """
    SELECT created_at, expires_at, count(place)::int, count(line)::int,
        coalesce(array_agg(DISTINCT user_id) FILTER (WHERE place IS NOT NULL), '{}')
    FROM batches LEFT JOIN batch_lists ON batch_id = id
    WHERE id = %(id)s AND expires_at > %(now)s GROUP BY id
"""
_REMOVE = "DELETE FROM batches WHERE id = %s"
_WAITING = """
    SELECT count(*)::int FROM batch_lists JOIN batches ON id = batch_id
    WHERE line IS NULL AND expires_at > %(now)s
"""
# The oldest order first. There are as many rows as viewers in the orders of the last days.
_NEXT = """
    SELECT batch_id, place, user_id, profile, shape
    FROM batch_lists JOIN batches ON id = batch_id
    WHERE line IS NULL AND expires_at > %(now)s
    ORDER BY created_at, batch_id, place LIMIT 1
"""
_KEEP = "UPDATE batch_lists SET line = %(line)s WHERE batch_id = %(id)s AND place = %(place)s"
# By the primary key; profiles by uq_profiles_user_id_profile.
_LINES = """
    SELECT place, line, viewer_kind, max_age, unrated, profiles.country
    FROM batch_lists LEFT JOIN profiles ON profiles.user_id = batch_lists.user_id
        AND profiles.profile IS NOT DISTINCT FROM batch_lists.profile
    WHERE batch_id = %(id)s AND place > %(after)s ORDER BY place LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Order:
    """Lists that were ordered, and how many of them are made."""

    id: UUID
    created_at: datetime
    expires_at: datetime
    viewers: int
    made: int
    user_ids: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether all of its lists are made."""
        return self.made == self.viewers


@dataclass(frozen=True, slots=True)
class Unmade:
    """A list that is still to be made."""

    batch_id: UUID
    place: int
    viewer: ProfileKey
    shape: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderStore:
    """Thread-safe; two processes never make the same list, as one run of a job is at work."""

    database: Database

    def add(
        self,
        batch_id: UUID,
        shape: Mapping[str, Any],
        viewers: Sequence[ProfileKey],
        *,
        created_at: datetime,
        expires_at: datetime,
    ) -> None:
        """Stores an order."""
        values = {
            "id": batch_id,
            "shape": Jsonb(shape),
            "created_at": created_at,
            "expires_at": expires_at,
            "users": [one.user_id for one in viewers],
            "profiles": [one.profile for one in viewers],
        }
        with self.database.autocommit() as cursor:
            cursor.execute(_ADD, values)

    def read(self, batch_id: UUID, *, now: datetime) -> Order | None:
        """An order that has not expired, or None."""
        with self.database.autocommit() as cursor:
            row = cursor.execute(_READ, {"id": batch_id, "now": now}).fetchone()
        return (
            None if row is None else Order(batch_id, row[0], row[1], row[2], row[3], tuple(row[4]))
        )

    def remove(self, batch_id: UUID) -> None:
        """Calls an order off, made or not."""
        with self.database.autocommit() as cursor:
            cursor.execute(_REMOVE, (batch_id,))

    def waiting(self, *, now: datetime) -> int:
        """How many lists are still to be made."""
        with self.database.autocommit() as cursor:
            row = cursor.execute(_WAITING, {"now": now}).fetchone()
        return 0 if row is None else int(row[0])

    def next(self, *, now: datetime) -> Unmade | None:
        """The list that is to be made next."""
        with self.database.autocommit() as cursor:
            row = cursor.execute(_NEXT, {"now": now}).fetchone()
        return None if row is None else Unmade(row[0], row[1], ProfileKey(row[2], row[3]), row[4])

    def keep(self, made: Unmade, line: bytes) -> bool:
        """Stores a list that was made; False where its order or its viewer is gone meanwhile."""
        values = {"line": line, "id": made.batch_id, "place": made.place}
        with self.database.autocommit() as cursor:
            return cursor.execute(_KEEP, values).rowcount == 1

    def lines(self, batch_id: UUID) -> Iterator[tuple[bytes, Limits]]:
        """The lines of an order in the order of its viewers, with what limits each one now."""
        after = -1
        while True:
            values = {"id": batch_id, "after": after, "limit": _AT_ONCE}
            with self.database.autocommit() as cursor:
                rows = cursor.execute(_LINES, values).fetchall()
            for place, line, *limits in rows:
                after = place
                if line is not None:
                    yield line, NO_LIMITS if limits[0] is None else limits_of(*limits)
            if len(rows) < _AT_ONCE:
                return
