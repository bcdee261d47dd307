"""What a household owns, by the tables of the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.catalogue.limits.shown_titles import shown_clause
from api.domain.limits import Limits
from api.domain.profile_version import MOVE_VERSIONS
from api.viewers.added_titles.added_title import AddedTitle

# By the primary key of library: a large one has some thousand titles.
_PAGE = """
    SELECT library.item_id, items.media_type, items.tmdb_id, items.title, library.added_at
    FROM library JOIN items ON items.id = library.item_id
    WHERE user_id = %(user_id)s
        AND (library.added_at, library.item_id) < (%(before)s, %(before_id)s)
        AND {shown}
    ORDER BY library.added_at DESC, library.item_id DESC
    LIMIT %(limit)s
"""
# What an import had brought is the household's own word from now on.
_ADD = """
    INSERT INTO library AS known (user_id, item_id)
    SELECT %(user_id)s, item FROM (SELECT DISTINCT unnest(%(items)s::int[])) AS given(item)
    ORDER BY item
    ON CONFLICT (user_id, item_id) DO UPDATE SET import_id = NULL
    RETURNING xmax = 0
"""
_REMOVE = """
    DELETE FROM library WHERE user_id = %(user_id)s AND item_id = ANY(%(items)s::int[])
    RETURNING 1
"""
# Kept answers are known by versions of profiles: a user without any has one from now on.
_CREATE = "INSERT INTO profiles (user_id) VALUES (%s) ON CONFLICT DO NOTHING"
# What is owned counts for every profile.
_MOVE = f"""
    {MOVE_VERSIONS}
    WHERE id IN (SELECT id FROM profiles WHERE user_id = %s ORDER BY id FOR NO KEY UPDATE)
"""  # noqa: S608 - no value is part of the text


def page(
    cursor: Cursor[Any], user_id: str, *, before: tuple[datetime, int], limit: int, limits: Limits
) -> list[AddedTitle]:
    """Up to `limit` titles added before (time, id), the newest first, within the limits."""
    shown, parameters = shown_clause(limits)
    place = {"user_id": user_id, "before": before[0], "before_id": before[1], "limit": limit}
    return [
        AddedTitle(*row) for row in cursor.execute(_PAGE.format(shown=shown), parameters | place)
    ]


def add(cursor: Cursor[Any], user_id: str, items: Sequence[int]) -> int:
    """Adds the titles; how many were new."""
    cursor.execute(_CREATE, (user_id,))
    cursor.execute(_MOVE, (user_id,))
    rows = cursor.execute(_ADD, {"user_id": user_id, "items": list(items)})
    return sum(is_new for (is_new,) in rows)


def remove(cursor: Cursor[Any], user_id: str, items: Sequence[int]) -> int:
    """Takes the titles out; how many were in it."""
    cursor.execute(_MOVE, (user_id,))
    return len(cursor.execute(_REMOVE, {"user_id": user_id, "items": list(items)}).fetchall())
