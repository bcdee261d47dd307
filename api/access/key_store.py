"""API keys that operators make: kept as SHA-256 of 256 random bits, so no salt is needed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.access.credential_digest import credential_digest
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.questions import Asking, Question
from api.platform.wire.path_segments import has_control_characters

KeyScope = Literal["client", "admin"]
MOST_OF_LABEL = 100  # characters

_PREFIX_LENGTH = 12  # "sea_" and 8 characters: enough to tell keys apart, useless to guess one

# Each statement reads the unique index on key_hash, or a table of a few rows.
_FIND = "SELECT prefix, scope FROM api_keys WHERE key_hash = %(key_hash)s AND revoked_at IS NULL"
_ANY = "SELECT EXISTS (SELECT FROM api_keys)"
_LIST = "SELECT prefix, label, scope, created_at, revoked_at FROM api_keys ORDER BY id"
_ADD = "INSERT INTO api_keys (prefix, key_hash, label, scope) VALUES (%s, %s, %s, %s)"
_REVOKE = """
    UPDATE api_keys SET revoked_at = now() WHERE prefix = %s AND revoked_at IS NULL
    RETURNING label
"""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What is stored of a key after it was shown."""

    prefix: str
    label: str
    scope: KeyScope
    created_at: datetime
    revoked_at: datetime | None


class ApiKeyStore:
    """The table of keys. Nothing is cached: a revoked key fails in every process at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._has_keys = False

    def find(self, key: str) -> tuple[str, KeyScope] | None:
        """Prefix and scope of a valid key, else None."""
        return self._database.answered(self.finding(key))

    def finding(self, key: str) -> Asking[tuple[str, KeyScope] | None]:
        """The same, as it is asked."""
        row = yield Question(_FIND, {"key_hash": credential_digest(key)})
        return None if row is None else (row[0], row[1])

    def has_keys(self) -> bool:
        """Whether a key was ever made: revoking the last one must not open the door again."""
        return self._database.answered(self.having_keys())

    def having_keys(self) -> Asking[bool]:
        """The same, as it is asked."""
        if not self._has_keys:
            row = yield Question(_ANY, {})
            self._has_keys = row is not None and bool(row[0])
        return self._has_keys

    def all(self) -> list[StoredKey]:
        """Every key, the oldest first."""
        with self._database.autocommit() as cursor:
            return [StoredKey(*row) for row in cursor.execute(_LIST)]

    def make(self, *, label: str, scope: KeyScope) -> str:
        """A new key, which cannot be read again: only its hash is kept.

        Raises InvalidInput for a label by which nobody would know it, before there is a key.
        """
        refuse_label(label)
        key = f"sea_{secrets.token_urlsafe(32)}"
        self.add(key, prefix=prefix_of(key), label=label, scope=scope)
        return key

    def add(self, key: str, *, prefix: str, label: str, scope: KeyScope) -> None:
        """Keeps a key's hash under its prefix."""
        with self._database.autocommit() as cursor:
            cursor.execute(_ADD, (prefix, credential_digest(key), label, scope))

    def revoke(self, prefix: str) -> list[str]:
        """Revokes the keys of a prefix; returns their labels."""
        with self._database.autocommit() as cursor:
            return [str(row[0]) for row in cursor.execute(_REVOKE, (prefix,))]


def refuse_label(label: str) -> None:
    """Raises InvalidInput for one that is blank, too long, or would move a terminal's cursor."""
    if not label.strip():
        raise InvalidInput("must say what the key is for", field="label")
    if len(label) > MOST_OF_LABEL:
        raise InvalidInput(
            f"must have at most {MOST_OF_LABEL} characters, not {len(label)}", field="label"
        )
    if has_control_characters(label):
        raise InvalidInput("must not have control characters", field="label")


def prefix_of(key: str) -> str:
    """What a key is called by after it was shown."""
    return key[:_PREFIX_LENGTH]
