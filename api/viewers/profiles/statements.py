"""A user's profiles and what is set for each."""

from typing import Any

from psycopg import Cursor

from api.domain.profile_version import MOVED_VERSION
from api.viewers.events import ProfileKey
from api.viewers.profiles.profile_settings import ProfileSettings

_COLUMNS = "name, viewer_kind, max_age, unrated, country, services, languages"

# By uq_profiles_user_id_profile, the unnamed one first.
_READ = f"""
    SELECT profile, {_COLUMNS} FROM profiles WHERE user_id = %s ORDER BY profile NULLS FIRST
"""  # noqa: S608 - no value is part of the text
# In the order of ids, as everywhere, so that two writes wait for each other.
_HOLD = "SELECT 1 FROM profiles WHERE user_id = %s ORDER BY id FOR NO KEY UPDATE"

_WRITE = f"""
    INSERT INTO profiles AS known (user_id, profile, {_COLUMNS})
    VALUES (%(user_id)s, %(profile)s, %(name)s, %(kind)s, %(max_age)s, %(unrated)s, %(country)s,
        %(services)s::text[], %(languages)s::text[])
    ON CONFLICT (user_id, profile) DO UPDATE
    SET name = excluded.name, viewer_kind = excluded.viewer_kind, max_age = excluded.max_age,
        unrated = excluded.unrated, country = excluded.country, services = excluded.services,
        languages = excluded.languages, {MOVED_VERSION}
"""  # noqa: S608 - no value is part of the text

# Everything else of the profile goes with its row; lists, imports, hooks and connections name it
# without a key.
_REMOVE = """
    WITH listed AS (
        DELETE FROM slates
        WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
            OR id IN (
                SELECT slate_id FROM list_members
                WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
            )
    ), brought AS (
        DELETE FROM imports
        WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    ), chosen AS (
        DELETE FROM import_choices
        WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    ), unhooked AS (
        DELETE FROM hook_accounts USING hooks
        WHERE hooks.id = hook_id AND user_id = %(user_id)s
            AND profile IS NOT DISTINCT FROM %(profile)s::text
    ), batched AS (
        DELETE FROM batch_lists
        WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    ), disconnected AS (
        DELETE FROM connections
        WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
    )
    DELETE FROM profiles
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
"""


def read(cursor: Cursor[Any], user_id: str) -> dict[str | None, ProfileSettings]:
    """What is set for each profile, the unnamed one first."""
    rows = cursor.execute(_READ, (user_id,)).fetchall()
    return {
        profile: ProfileSettings(
            name, kind, max_age, unrated, country, tuple(services), tuple(languages)
        )
        for profile, name, kind, max_age, unrated, country, services, languages in rows
    }


def hold(cursor: Cursor[Any], user_id: str) -> dict[str | None, ProfileSettings]:
    """The same, kept as it is until the transaction ends."""
    cursor.execute(_HOLD, (user_id,))
    return read(cursor, user_id)


def write(cursor: Cursor[Any], viewer: ProfileKey, settings: ProfileSettings) -> None:
    """Sets all of it; the profile is created where there is none."""
    cursor.execute(
        _WRITE,
        {
            "user_id": viewer.user_id,
            "profile": viewer.profile,
            "name": settings.name,
            "kind": settings.kind,
            "max_age": settings.max_age,
            "unrated": settings.unrated,
            "country": settings.country,
            "services": list(settings.services),
            "languages": list(settings.languages),
        },
    )


def remove(cursor: Cursor[Any], viewer: ProfileKey) -> None:
    """Removes every trace of the profile."""
    cursor.execute(_REMOVE, {"user_id": viewer.user_id, "profile": viewer.profile})
