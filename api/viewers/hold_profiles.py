"""The one order in which writes lock: the profiles first, by id, then all that belongs to them."""

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from api.domain.profile_version import MOVE_VERSIONS
from api.viewers.events import ProfileKey

# By uq_profiles_user_id_profile.
_HOLD = """
    SELECT 1 FROM profiles JOIN unnest(%s::text[], %s::text[]) AS viewer(user_id, profile)
        ON profiles.user_id = viewer.user_id
        AND profiles.profile IS NOT DISTINCT FROM viewer.profile
    ORDER BY profiles.id FOR NO KEY UPDATE OF profiles
"""
_MOVE = f"{MOVE_VERSIONS} WHERE id = ANY(%s)"


def hold(cursor: Cursor[Any], viewers: Sequence[ProfileKey]) -> None:
    """Keeps other writes about these viewers waiting until the transaction ends."""
    users = [viewer.user_id for viewer in viewers]
    cursor.execute(_HOLD, (users, [viewer.profile for viewer in viewers]))


def move_versions(cursor: Cursor[Any], profile_ids: Sequence[int]) -> None:
    """Makes what was answered to these profiles so far stale, in every process."""
    cursor.execute(_MOVE, (list(profile_ids),))
