"""Sources that are asked for a profile: which account, since when, and what went wrong last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from api.access.households import Households
from api.platform.database import Database
from api.platform.errors import NotFound, SeenEmAllError
from api.viewers.events import ProfileKey

_COLUMNS = "id, user_id, profile, source, account, sealed_tokens, synced_at, synced_to, problem"
# A table of a few rows, as for all that follow.
_ALL = f"""
    SELECT {_COLUMNS} FROM connections
    WHERE (%(source)s::text IS NULL OR source = %(source)s)
        AND (%(user_id)s::text IS NULL OR user_id = %(user_id)s)
    ORDER BY id
"""  # noqa: S608 - a constant of this module
# Connected anew it is another one, which is asked for everything: what is being asked of the old
# account meanwhile writes no more of it, nor its tokens.
_REPLACED = """
    DELETE FROM connections WHERE user_id = %(user_id)s
        AND profile IS NOT DISTINCT FROM %(profile)s::text AND source = %(source)s
"""
# By uq_connections_user_id_profile_source, where two connect at once.
_ADD = """
    INSERT INTO connections (user_id, profile, source, account, sealed_tokens)
    VALUES (%(user_id)s, %(profile)s, %(source)s, %(account)s, %(sealed_tokens)s)
    ON CONFLICT (user_id, profile, source) DO UPDATE
    SET account = excluded.account, sealed_tokens = excluded.sealed_tokens, problem = NULL,
        synced_to = NULL
    RETURNING id
"""
# What is written for it holds it: it does not end in between.
_HELD = "SELECT 1 FROM connections WHERE id = %s FOR KEY SHARE"
_REMOVE = """
    DELETE FROM connections WHERE id = %(id)s
        AND (%(user_id)s::text IS NULL OR user_id = %(user_id)s)
"""
_SEAL = "UPDATE connections SET sealed_tokens = %(sealed_tokens)s WHERE id = %(id)s"
_DONE = """
    UPDATE connections SET synced_at = %(now)s, problem = NULL,
        synced_to = greatest(synced_to, %(synced_to)s::timestamptz)
    WHERE id = %(id)s
"""
_FAILED = "UPDATE connections SET problem = %(problem)s WHERE id = %(id)s"


@dataclass(frozen=True, slots=True)
class Connection:
    """A source that is asked for a profile."""

    id: int
    user_id: str
    profile: str | None
    source: str
    account: str | None
    sealed_tokens: bytes | None
    synced_at: datetime | None
    synced_to: datetime | None
    problem: str | None

    @property
    def viewer(self) -> ProfileKey:
        """Whose history it is for."""
        return ProfileKey(self.user_id, self.profile)


class Disconnected(SeenEmAllError):
    """A connection that was ended, or made anew, while its source was asked."""

    def __init__(self) -> None:
        super().__init__("It is not connected any more.")


def require_connected(cursor: psycopg.Cursor[Any], connection_id: int) -> None:
    """Holds the connection as it is until the transaction ends; raises Disconnected without it."""
    if cursor.execute(_HELD, (connection_id,)).fetchone() is None:
        raise Disconnected


def somebody_is_connected(connection: psycopg.Connection[Any]) -> bool:
    """Whether there is anything to ask."""
    return connection.execute("SELECT EXISTS (SELECT FROM connections)").fetchone() == (True,)


class Connections:
    """The table of connections."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, source: str | None = None, *, user_id: str | None = None) -> list[Connection]:
        """Every one, or those of a source or user, the oldest first."""
        asked = {"source": source, "user_id": user_id}
        with self._database.autocommit() as cursor:
            return [Connection(*row) for row in cursor.execute(_ALL, asked)]

    def require_profile(self, viewer: ProfileKey) -> None:
        """Raises NotFound where a household with limits has no such profile: it is mistyped."""
        household = Households(self._database).of(viewer.user_id, viewer.profile)
        if household.lacks(viewer.profile):
            raise NotFound(f"{viewer.user_id} has no profile {viewer.profile!r}.")

    def add(
        self, viewer: ProfileKey, source: str, *, account: str | None, sealed_tokens: bytes | None
    ) -> int:
        """Connects, in place of an earlier connection of the profile with the source; its id."""
        key = {"user_id": viewer.user_id, "profile": viewer.profile, "source": source}
        given = {"account": account, "sealed_tokens": sealed_tokens}
        with self._database.transaction() as cursor:
            cursor.execute(_REPLACED, key)
            row = cursor.execute(_ADD, key | given).fetchone()
        assert row is not None  # noqa: S101 - an upsert that updates returns its row
        return int(row[0])

    def remove(self, connection_id: int, *, user_id: str | None = None) -> bool:
        """Ends one, of this user if one is named; whether there was one."""
        with self._database.autocommit() as cursor:
            return cursor.execute(_REMOVE, {"id": connection_id, "user_id": user_id}).rowcount > 0

    def seal(self, connection_id: int, sealed_tokens: bytes) -> None:
        """Keeps new tokens in place of the old."""
        with self._database.autocommit() as cursor:
            cursor.execute(_SEAL, {"id": connection_id, "sealed_tokens": sealed_tokens})

    def done(self, connection_id: int, *, now: datetime, synced_to: datetime | None) -> None:
        """Notes that it was asked, and how far."""
        with self._database.autocommit() as cursor:
            cursor.execute(_DONE, {"id": connection_id, "now": now, "synced_to": synced_to})

    def failed(self, connection_id: int, problem: str) -> None:
        """Notes why it gave no answer."""
        with self._database.autocommit() as cursor:
            cursor.execute(_FAILED, {"id": connection_id, "problem": problem})
