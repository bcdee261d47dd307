"""Answers kept by Idempotency-Key, in the transaction of the write they answer."""

from dataclasses import dataclass
from typing import Any

from psycopg import Cursor
from psycopg.types.json import Jsonb

from api.platform.errors import Conflict

_KEPT_HOURS = 24


@dataclass(frozen=True, slots=True)
class Repeatable:
    """An Idempotency-Key, whose it is, and the hash of the request it came with."""

    caller: str
    key: str
    request_hash: bytes


# A second request with the key waits here until the first one's transaction has ended. What is
# too old goes along, a few rows at a time, past rows that another request is deleting.
_CLAIM = f"""
WITH old AS (
    DELETE FROM idempotency_keys WHERE (caller, key) IN (
        SELECT caller, key FROM idempotency_keys
        WHERE created_at < now() - interval '{_KEPT_HOURS} hours'
            AND (caller, key) <> (%(caller)s, %(key)s)
        ORDER BY created_at LIMIT 50 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO idempotency_keys (caller, key, request_hash, response)
VALUES (%(caller)s, %(key)s, %(hash)s, 'null')
ON CONFLICT (caller, key) DO NOTHING
RETURNING true
"""  # noqa: S608 - no value of a client is part of the text
_READ = "SELECT request_hash, response FROM idempotency_keys WHERE caller = %s AND key = %s"
_KEEP = """
    UPDATE idempotency_keys SET response = %s, profile_id = %s WHERE caller = %s AND key = %s
"""


def claim(cursor: Cursor[Any], repeatable: Repeatable) -> dict[str, Any] | None:
    """None when the key is new and now ours, else the answer it got before.

    Raises Conflict when it was used with another request. Claim it when the profiles are held.
    """
    caller, key = repeatable.caller, repeatable.key
    parameters = {"caller": caller, "key": key, "hash": repeatable.request_hash}
    if cursor.execute(_CLAIM, parameters).fetchone():
        return None
    row = cursor.execute(_READ, (caller, key)).fetchone()
    if row is None or bytes(row[0]) != repeatable.request_hash:
        raise Conflict("This Idempotency-Key was used before with another body.")
    answer: dict[str, Any] = row[1]
    return answer


def keep(
    cursor: Cursor[Any], repeatable: Repeatable, answer: dict[str, Any], *, profile_id: int | None
) -> None:
    """Keeps the answer in case the request is repeated; deleted with the profile."""
    cursor.execute(_KEEP, (Jsonb(answer), profile_id, repeatable.caller, repeatable.key))
