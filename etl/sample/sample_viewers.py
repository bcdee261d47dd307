"""Writing the sample's viewers and their dated events, beside real ones and apart from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text

from api.domain.items import MediaType
from api.domain.profile_version import MOVE_VERSIONS
from api.platform.copying import copy_rows

EventType = Literal["watched", "liked", "rated", "disliked", "not_interested"]


@dataclass(frozen=True, slots=True)
class ViewerEvent:
    """Something a viewer did on a day."""

    media_type: MediaType
    tmdb_id: int
    event_type: EventType
    rating: float | None
    watched_at: datetime


@dataclass(frozen=True, slots=True)
class Viewer:
    """One profile and its history."""

    user_id: str
    profile: str | None
    events: tuple[ViewerEvent, ...]


_STAGE = """
CREATE TEMPORARY TABLE staged_events (
    user_id text, profile text, media_type text, tmdb_id integer,
    event_type text, rating numeric, watched_at timestamptz
) ON COMMIT DROP
"""
_WRITE_PROFILES = text(
    "INSERT INTO profiles (user_id, profile, source) "
    "SELECT DISTINCT user_id, profile, 'sample' FROM staged_events ON CONFLICT DO NOTHING"
)
# A profile that a client made under the same name is left alone.
_WRITE_EVENTS = text(
    """
    INSERT INTO interactions
        (profile_id, item_id, event_type, rating, watched_at, occurred_at)
    SELECT profiles.id, items.id, event_type, rating, watched_at, watched_at
    FROM staged_events
    JOIN profiles ON profiles.user_id = staged_events.user_id
        AND profiles.profile IS NOT DISTINCT FROM staged_events.profile
        AND profiles.source = 'sample'
    JOIN items USING (media_type, tmdb_id)
    ORDER BY watched_at, profiles.id, items.id
    ON CONFLICT DO NOTHING
    RETURNING profile_id
    """
)
_MOVE = text(f"{MOVE_VERSIONS} WHERE id = ANY(:ids)")


def write_viewers(connection: Connection, viewers: Iterable[Viewer]) -> int:
    """Adds what is missing; returns the number of new events."""
    connection.exec_driver_sql(_STAGE)
    copy_rows(connection, "staged_events", _rows(viewers))
    connection.execute(_WRITE_PROFILES)
    profile_ids: Sequence[int] = connection.execute(_WRITE_EVENTS).scalars().all()
    connection.execute(_MOVE, {"ids": sorted(set(profile_ids))})
    return len(profile_ids)


def _rows(viewers: Iterable[Viewer]) -> Iterable[Sequence[object]]:
    for viewer in viewers:
        for event in viewer.events:
            yield (
                viewer.user_id,
                viewer.profile,
                event.media_type,
                event.tmdb_id,
                event.event_type,
                event.rating,
                event.watched_at,
            )
