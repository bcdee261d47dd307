"""The import that a live source goes on in: one for each profile, source and way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Cursor

from api.viewers.events import ProfileKey
from api.viewers.imports.row import Kind

Via = Literal["hook", "sync"]

# By uq_imports_live.
_OPEN = """
    INSERT INTO imports (user_id, profile, source, file_name, state, via, created_at, applied_at)
    VALUES (%(user_id)s, %(profile)s, %(source)s, %(via)s, 'applied', %(via)s, %(now)s, %(now)s)
    ON CONFLICT (user_id, profile, source, via) WHERE via <> 'file' DO NOTHING
"""
_HOLD = """
    SELECT id FROM imports
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
        AND source = %(source)s AND via = %(via)s AND via <> 'file'
    FOR NO KEY UPDATE
"""
# By the primary key of import_rows, as is the next.
_EARLIER = """
    SELECT position, title_key, kind, season, episode, watched_at, logged_at, rating::real, item_id
    FROM import_rows
    WHERE import_id = %(import_id)s
        AND (title_key = ANY(%(keys)s) OR item_id = ANY(%(items)s::int[]))
    ORDER BY position
"""
_EARLIER_OF = """
    SELECT position, title_key, kind, season, episode, watched_at, logged_at, rating::real, item_id
    FROM import_rows WHERE title_key = ANY(%(keys)s) AND import_id = (
        SELECT id FROM imports
        WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
            AND source = %(source)s AND via = %(via)s AND via <> 'file'
    )
    ORDER BY position
"""
_LAST = "SELECT coalesce(max(position), 0) FROM import_rows WHERE import_id = %(import_id)s"
# What a title of the source was taken for before, in whichever of its live imports.
_TAKEN_FOR = """
    SELECT DISTINCT ON (title_key) title_key, coalesce(moved_to, item_id)
    FROM imports JOIN import_rows ON import_id = imports.id JOIN items ON items.id = item_id
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
        AND imports.source = %(source)s AND via <> 'file'
        AND title_key = ANY(%(keys)s) AND import_rows.status = 'matched'
    ORDER BY title_key, position DESC
"""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row that came before, as far as another is compared with it."""

    position: int
    title_key: str
    kind: Kind
    season: int | None
    episode: str | None
    watched_at: datetime | None
    logged_at: datetime | None
    rating: float | None
    item_id: int | None


def hold(cursor: Cursor[Any], viewer: ProfileKey, source: str, via: Via, *, now: datetime) -> int:
    """The import's id, made where there is none; others that write to it wait."""
    key = {
        "user_id": viewer.user_id,
        "profile": viewer.profile,
        "source": source,
        "via": via,
        "now": now,
    }
    cursor.execute(_OPEN, key)
    row = cursor.execute(_HOLD, key).fetchone()
    assert row is not None  # noqa: S101 - it was made
    return int(row[0])


def earlier(
    cursor: Cursor[Any], import_id: int, keys: Sequence[str], items: Sequence[int]
) -> list[EarlierRow]:
    """The rows of these titles, in the order in which they came.

    By what they are called, and by what they were taken for: a server that is told something else
    of a title, such as one id more, means the same.
    """
    asked = {"import_id": import_id, "keys": list(keys), "items": list(items)}
    return [EarlierRow(*row) for row in cursor.execute(_EARLIER, asked)]


def earlier_of(
    cursor: Cursor[Any], viewer: ProfileKey, source: str, via: Via, keys: Sequence[str]
) -> list[EarlierRow]:
    """The same where the import need not be there."""
    asked = {
        "user_id": viewer.user_id,
        "profile": viewer.profile,
        "source": source,
        "via": via,
        "keys": list(keys),
    }
    return [EarlierRow(*row) for row in cursor.execute(_EARLIER_OF, asked)]


def last_position(cursor: Cursor[Any], import_id: int) -> int:
    """The place of the last row; 0 where there is none."""
    row = cursor.execute(_LAST, {"import_id": import_id}).fetchone()
    return int(row[0]) if row else 0


def taken_for(
    cursor: Cursor[Any], viewer: ProfileKey, source: str, keys: Sequence[str]
) -> dict[str, int]:
    """The titles that these were taken for before."""
    asked = {
        "user_id": viewer.user_id,
        "profile": viewer.profile,
        "source": source,
        "keys": list(keys),
    }
    return dict(cursor.execute(_TAKEN_FOR, asked).fetchall())
