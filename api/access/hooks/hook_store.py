"""What media servers send to: each has a token, kept as SHA-256 of 256 random bits.

A hook is of one user and one kind of server; its accounts name whose plays count, and for which
profile.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.access.credential_digest import credential_digest
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.questions import Asking, Question

EVERYBODY = "*"
_MOST_OF_USER = 50
_PREFIX_LENGTH = 13  # "hook_" and 8 characters: enough to tell tokens apart, useless to guess one

_COLUMNS = """
    hooks.id, user_id, source, prefix, created_at,
    (SELECT coalesce(jsonb_object_agg(account, profile), '{}') FROM hook_accounts
        WHERE hook_id = hooks.id)
"""
# By uq_hooks_token_hash.
_FIND = f"SELECT {_COLUMNS} FROM hooks WHERE token_hash = %(token_hash)s"  # noqa: S608 - a constant
# By ix_hooks_user_id.
_OF_USER = f"SELECT {_COLUMNS} FROM hooks WHERE user_id = %s ORDER BY id"  # noqa: S608 - as above
_ALL = f"SELECT {_COLUMNS} FROM hooks ORDER BY id"  # noqa: S608 - as above
_COUNT = "SELECT count(*) FROM hooks WHERE user_id = %s"
_ADD = """
    INSERT INTO hooks (user_id, source, prefix, token_hash)
    VALUES (%(user_id)s, %(source)s, %(prefix)s, %(token_hash)s) RETURNING id
"""
_ADD_ACCOUNTS = """
    INSERT INTO hook_accounts (hook_id, account, profile)
    SELECT %(hook_id)s, account, profile
    FROM unnest(%(accounts)s::text[], %(profiles)s::text[]) AS given(account, profile)
"""
_REMOVE = "DELETE FROM hooks WHERE id = %s AND (%s::text IS NULL OR user_id = %s)"


@dataclass(frozen=True, slots=True)
class Hook:
    """A hook as it is stored."""

    id: int
    user_id: str
    source: str
    prefix: str
    created_at: datetime
    accounts: Mapping[str, str | None]  # the profile for each, None the one without a name

    @property
    def identity(self) -> str:
        """Stable and safe to log."""
        return f"hook:{self.prefix}"

    def account_of(self, names: Collection[str]) -> str | None:
        """Which of its accounts has any of these names; None where none counts."""
        known = {account.casefold(): account for account in self.accounts}
        for name in names:
            if name.casefold() in known:
                return known[name.casefold()]
        return EVERYBODY if EVERYBODY in known else None


class HookStore:
    """The tables of hooks. Nothing is cached: a removed one fails in every process at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, token: str) -> Hook | None:
        """The hook of a token."""
        return self._database.answered(self.finding(token))

    def finding(self, token: str) -> Asking[Hook | None]:
        """The same, as it is asked."""
        row = yield Question(_FIND, {"token_hash": credential_digest(token)})
        return None if row is None else Hook(*row)

    def all(self, user_id: str | None = None) -> list[Hook]:
        """Every hook, or a user's, the oldest first."""
        with self._database.autocommit() as cursor:
            rows = cursor.execute(_ALL if user_id is None else _OF_USER, user_id and (user_id,))
            return [Hook(*row) for row in rows]

    def add(self, user_id: str, source: str, accounts: Mapping[str, str | None]) -> tuple[int, str]:
        """A new hook: its id and its token, which nobody can be shown again.

        Raises InvalidInput when the user has too many.
        """
        token = f"hook_{secrets.token_urlsafe(32)}"
        with self._database.transaction() as cursor:
            (count,) = cursor.execute(_COUNT, (user_id,)).fetchone() or (0,)
            if count >= _MOST_OF_USER:
                raise InvalidInput(f"{user_id} has {count} hooks; remove one first.")
            row = cursor.execute(
                _ADD,
                {
                    "user_id": user_id,
                    "source": source,
                    "prefix": token[:_PREFIX_LENGTH],
                    "token_hash": credential_digest(token),
                },
            ).fetchone()
            assert row is not None  # noqa: S101 - an insert returns its row
            cursor.execute(
                _ADD_ACCOUNTS,
                {
                    "hook_id": row[0],
                    "accounts": list(accounts),
                    "profiles": list(accounts.values()),
                },
            )
        return row[0], token

    def remove(self, hook_id: int, *, user_id: str | None = None) -> bool:
        """Ends a hook, of this user if one is named; whether there was one."""
        with self._database.autocommit() as cursor:
            return cursor.execute(_REMOVE, (hook_id, user_id, user_id)).rowcount > 0
