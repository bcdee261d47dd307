"""Which strategy is champion, who made it so, and the numbers that lists were made with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from api.platform.database import Database

_PROMOTE = "INSERT INTO promotions (strategy, promoted_by) VALUES (%s, %s)"
# Backwards along the primary key; the champion is also among the versions that every request reads.
_PROMOTIONS = """
    SELECT strategy, promoted_by, promoted_at FROM promotions ORDER BY id DESC LIMIT %s
"""
_KEEP = """
    INSERT INTO kept_configurations (digest, content) VALUES (%s, %s)
    ON CONFLICT (digest) DO NOTHING
"""
_READ = "SELECT content FROM kept_configurations WHERE digest = %s"


@dataclass(frozen=True, slots=True)
class Promotion:
    """A strategy became champion."""

    strategy: str
    promoted_by: str
    promoted_at: datetime


def promote(database: Database, strategy: str, *, by: str) -> None:
    """Makes it champion from the very next request of every process on."""
    with database.autocommit() as cursor:
        cursor.execute(_PROMOTE, (strategy, by))


def read_promotions(database: Database, limit: int) -> list[Promotion]:
    """The newest first, which is the champion's; empty when none was ever promoted."""
    with database.autocommit() as cursor:
        return [Promotion(*row) for row in cursor.execute(_PROMOTIONS, (limit,))]


def keep_configuration(database: Database, digest: bytes, content: Any) -> None:
    """Stores numbers or rules under their digest, once."""
    with database.autocommit() as cursor:
        cursor.execute(_KEEP, (digest, Jsonb(content)))


def read_configuration(database: Database, digest: bytes) -> Any | None:
    """What was stored under the digest."""
    with database.autocommit() as cursor:
        row = cursor.execute(_READ, (digest,)).fetchone()
    return None if row is None else row[0]
