"""The PIN of each household, and how often it may be guessed."""

from math import ceil
from typing import Any

from psycopg import Cursor

from api.access.sessions import pin_hash
from api.platform.database import Database
from api.platform.errors import NotAuthorised, RateLimited

# Five tries, then a wait of 15 minutes that doubles up to a day: 5 of 10,000 PINs a day.
_TRIES = 5

# All by primary key. A try is counted before it is judged: many at once get no more of them.
_SET = """
    INSERT INTO household_pins (user_id, pin_hash) VALUES (%(user_id)s, %(pin_hash)s)
    ON CONFLICT (user_id) DO UPDATE
    SET pin_hash = excluded.pin_hash, tries = 0, lockouts = 0, locked_until = NULL
"""
_IS_SET = "SELECT 1 FROM household_pins WHERE user_id = %(user_id)s"
_REMOVE = "DELETE FROM household_pins WHERE user_id = %(user_id)s"
_TRY = """
    UPDATE household_pins
    SET tries = (tries + 1) %% %(most)s,
        lockouts = lockouts + (tries + 1 = %(most)s)::int,
        locked_until = CASE WHEN tries + 1 = %(most)s
            THEN now() + least(interval '15 minutes' * 2 ^ least(lockouts, 7), interval '1 day') END
    WHERE user_id = %(user_id)s AND (locked_until IS NULL OR locked_until <= now())
    RETURNING pin_hash
"""
_WAIT = """
    SELECT extract(epoch FROM locked_until - now())::float8 FROM household_pins
    WHERE user_id = %(user_id)s
"""
_RIGHT = """
    UPDATE household_pins SET tries = 0, lockouts = 0, locked_until = NULL
    WHERE user_id = %(user_id)s
"""


class Pins:
    """Set by keepers, tried by whoever wants to leave a child's profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_set(self, user_id: str) -> bool:
        """Whether the household has one, so that a profile with limits can be left again."""
        with self._database.autocommit() as cursor:
            return cursor.execute(_IS_SET, {"user_id": user_id}).fetchone() is not None

    def set(self, user_id: str, pin: str) -> None:
        """Makes this the household's PIN."""
        parameters = {"user_id": user_id, "pin_hash": pin_hash.hashed(pin)}
        with self._database.autocommit() as cursor:
            cursor.execute(_SET, parameters)

    def remove(self, user_id: str) -> bool:
        """Takes the PIN away: nobody can leave a child's profile then; whether there was one."""
        with self._database.autocommit() as cursor:
            return cursor.execute(_REMOVE, {"user_id": user_id}).rowcount > 0

    def check(self, user_id: str, pin: str | None) -> None:
        """Raises NotAuthorised unless this is the PIN, RateLimited after too many that were not."""
        if pin is None:
            raise NotAuthorised("Leaving a child's profile takes the household's PIN.")
        key = {"user_id": user_id, "most": _TRIES}
        with self._database.autocommit() as cursor:
            row = cursor.execute(_TRY, key).fetchone()
            if row is None:
                raise _refusal(cursor, user_id)
            if not pin_hash.matches(pin, row[0]):
                raise NotAuthorised("This is not the household's PIN.")
            cursor.execute(_RIGHT, key)


def _refusal(cursor: Cursor[Any], user_id: str) -> NotAuthorised | RateLimited:
    row = cursor.execute(_WAIT, {"user_id": user_id}).fetchone()
    if row is None:
        return NotAuthorised("This household has no PIN; who keeps it sets one.")
    seconds = max(row[0] or 0.0, 1.0)
    minutes = ceil(seconds / 60)
    return RateLimited(
        retry_after_seconds=seconds,
        detail=f"The PIN was wrong too often: it can be tried again in {minutes} "
        f"minute{'s' * (minutes > 1)}, or once it is set anew.",
    )
