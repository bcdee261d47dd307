"""What viewers state of their own taste; nothing inferred is ever written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.domain.profile_version import MOVED_VERSION
from api.platform.database import Database
from api.platform.questions import AskingRows, Question
from api.viewers.events import ProfileKey
from api.viewers.preferences.preference import Preference

# By uq_profiles_user_id_profile, then the primary key of preferences.
_READ = """
SELECT kind, value, stance, preferences.created_at
FROM preferences JOIN profiles ON profiles.id = profile_id
WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s
ORDER BY preferences.created_at, kind, value
"""
_OF_PROFILE = """
SELECT kind, value, stance FROM preferences WHERE profile_id = %(profile_id)s ORDER BY kind, value
"""
_PROFILE = f"""
INSERT INTO profiles AS known (user_id, profile) VALUES (%(user_id)s, %(profile)s)
ON CONFLICT (user_id, profile) DO UPDATE SET {MOVED_VERSION}
RETURNING id
"""  # noqa: S608 - no value is part of the text
_REMOVE_OTHERS = """
DELETE FROM preferences WHERE profile_id = %(id)s AND (kind, value, stance) NOT IN (
    SELECT * FROM unnest(%(kinds)s::text[], %(values)s::text[], %(stances)s::text[])
)
"""
# A preference that was there before keeps its time.
_ADD = """
INSERT INTO preferences (profile_id, kind, value, stance)
SELECT %(id)s, * FROM unnest(%(kinds)s::text[], %(values)s::text[], %(stances)s::text[])
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """A preference with the time when it was stated."""

    preference: Preference
    created_at: datetime


def read(cursor: Cursor[Any], viewer: ProfileKey) -> list[Stated]:
    """The preferences of a profile, the oldest first."""
    key = {"user_id": viewer.user_id, "profile": viewer.profile}
    rows = cursor.execute(_READ, key).fetchall()
    return [Stated(Preference(*row[:3]), row[3]) for row in rows]


def stated_by(database: Database, viewer: ProfileKey) -> list[Preference]:
    """What the viewer of a profile states now, the oldest first."""
    with database.autocommit() as cursor:
        return [stated.preference for stated in read(cursor, viewer)]


def replace(cursor: Cursor[Any], viewer: ProfileKey, preferences: Sequence[Preference]) -> None:
    """Makes these the preferences of the profile, which is created where there is none."""
    key = {"user_id": viewer.user_id, "profile": viewer.profile}
    row = cursor.execute(_PROFILE, key).fetchone()
    assert row is not None  # noqa: S101 - an upsert that updates returns its row
    columns = {
        "id": row[0],
        "kinds": [one.kind for one in preferences],
        "values": [one.value for one in preferences],
        "stances": [one.stance for one in preferences],
    }
    cursor.execute(_REMOVE_OTHERS, columns)
    cursor.execute(_ADD, columns)


def preferences_of(profile_id: int) -> AskingRows[tuple[Preference, ...]]:
    """The preferences of a profile."""
    rows = yield Question(_OF_PROFILE, {"profile_id": profile_id})
    return tuple(Preference(*row) for row in rows)
