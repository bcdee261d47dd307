"""What a profile means to watch, by the tables of the database."""

from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.catalogue.limits.shown_titles import shown_clause
from api.domain.limits import Limits
from api.viewers.added_titles.added_title import AddedTitle
from api.viewers.events import ProfileKey
from api.viewers.hold_profiles import move_versions

# By uq_profiles_user_id_profile, then the primary key of watchlist: a list is some hundred titles.
_PAGE = """
    SELECT watchlist.item_id, items.media_type, items.tmdb_id, items.title, watchlist.added_at
    FROM profiles
    JOIN watchlist ON watchlist.profile_id = profiles.id
    JOIN items ON items.id = watchlist.item_id
    WHERE profiles.user_id = %(user_id)s AND profiles.profile IS NOT DISTINCT FROM %(profile)s::text
        AND (watchlist.added_at, watchlist.item_id) < (%(before)s, %(before_id)s)
        AND {shown}
    ORDER BY watchlist.added_at DESC, watchlist.item_id DESC
    LIMIT %(limit)s
"""
_CREATE = """
    INSERT INTO profiles (user_id, profile) VALUES (%(user_id)s, %(profile)s)
    ON CONFLICT DO NOTHING
"""
_ADD = """
    INSERT INTO watchlist (profile_id, item_id)
    SELECT id, %(item)s FROM profiles
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    ON CONFLICT DO NOTHING
    RETURNING profile_id
"""
# What a viewer puts there themselves is theirs: taking an import back leaves it.
_CLAIM = """
    UPDATE watchlist SET import_id = NULL FROM profiles
    WHERE profiles.id = profile_id AND item_id = %(item)s AND import_id IS NOT NULL
        AND user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
"""
_REMOVE = """
    DELETE FROM watchlist USING profiles
    WHERE profiles.id = profile_id AND item_id = %(item)s
        AND user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    RETURNING profile_id
"""


def page(
    cursor: Cursor[Any],
    viewer: ProfileKey,
    *,
    before: tuple[datetime, int],
    limit: int,
    limits: Limits,
) -> list[AddedTitle]:
    """Up to `limit` titles added before (time, id), the newest first, within the limits."""
    shown, parameters = shown_clause(limits)
    place = {"before": before[0], "before_id": before[1], "limit": limit}
    rows = cursor.execute(_PAGE.format(shown=shown), parameters | place | _key(viewer))
    return [AddedTitle(*row) for row in rows]


def create(cursor: Cursor[Any], viewer: ProfileKey) -> None:
    """Makes the profile where there is none."""
    cursor.execute(_CREATE, _key(viewer))


def add(cursor: Cursor[Any], viewer: ProfileKey, item: int) -> bool:
    """Puts a title on the list of a profile; whether it was not on it."""
    added = _changed(cursor, _ADD, viewer, item)
    if not added:
        cursor.execute(_CLAIM, _key(viewer) | {"item": item})
    return added


def remove(cursor: Cursor[Any], viewer: ProfileKey, item: int) -> bool:
    """Takes a title off the list; whether it was on it."""
    return _changed(cursor, _REMOVE, viewer, item)


def _changed(cursor: Cursor[Any], statement: str, viewer: ProfileKey, item: int) -> bool:
    row = cursor.execute(statement, _key(viewer) | {"item": item}).fetchone()
    if row is not None:
        move_versions(cursor, row)
    return row is not None


def _key(viewer: ProfileKey) -> dict[str, Any]:
    return {"user_id": viewer.user_id, "profile": viewer.profile}
