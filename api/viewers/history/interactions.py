"""The history of viewers: recorded in one statement, read newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.catalogue.items.item_references import (
    GIVEN,
    ITEM_ID,
    ONE_GIVEN,
    columns_of,
    parameters_of,
)
from api.catalogue.limits.shown_titles import shown_clause
from api.domain.items import ItemRef, MediaType
from api.domain.limits import Limits
from api.domain.profile_version import MOVE_VERSIONS
from api.viewers.events import EventType, NewEvent, ProfileKey

# One round trip for everything: with it a POST of one event takes as long as two bare INSERTs and
# commits, HTTP included (6.8 ms against 3.6 ms each, busy disk). Nothing is stored when any item
# is unknown. The profiles are locked before anything refers to them, by id, as every write of a
# viewer does: two requests about one wait for each other instead of deadlocking, and a profile that
# is being deleted is made anew. A repeated event changes nothing, unless it carries another rating
# or weight, the snooze had run out, or the viewer had changed their mind in between.
_RECORD = f"""
WITH viewer AS (
    SELECT * FROM unnest(%(users)s::text[], %(profiles)s::text[])
        WITH ORDINALITY AS viewer(user_id, profile, position)
), resolved AS MATERIALIZED (
    SELECT given.*, {ITEM_ID} AS item_id
    FROM unnest(
        %(ids)s::int[], %(media_types)s::text[], %(tmdb_ids)s::int[], %(imdb_ids)s::text[],
        %(sources)s::text[], %(source_ids)s::text[],
        %(viewers)s::int[], %(event_types)s::text[], %(ratings)s::float8[], %(weights)s::float8[],
        %(watched)s::timestamptz[], %(occurred)s::timestamptz[], %(snoozed)s::timestamptz[],
        %(scales)s::real[]
    ) WITH ORDINALITY AS given(
        id, media_type, tmdb_id, imdb_id, source, source_id,
        viewer, event_type, rating, weight, watched_at, occurred_at, snoozed_until, scale, position
    )
), fit AS (
    SELECT coalesce(bool_and(item_id IS NOT NULL), true) AS to_store FROM resolved
), existing AS MATERIALIZED (
    SELECT viewer.position, profiles.id
    FROM viewer JOIN profiles ON profiles.user_id = viewer.user_id
        AND profiles.profile IS NOT DISTINCT FROM viewer.profile
    ORDER BY profiles.id FOR NO KEY UPDATE OF profiles
), created AS (
    INSERT INTO profiles (user_id, profile)
    SELECT user_id, profile FROM viewer, fit
    WHERE to_store AND position NOT IN (SELECT position FROM existing)
    ORDER BY user_id, profile
    ON CONFLICT DO NOTHING
    RETURNING id, user_id, profile
), target AS (
    SELECT position, id FROM existing
    UNION ALL
    SELECT viewer.position, created.id
    FROM created JOIN viewer ON viewer.user_id = created.user_id
        AND viewer.profile IS NOT DISTINCT FROM created.profile
), stored AS (
    INSERT INTO interactions AS known (
        profile_id, item_id, event_type, rating, weight, watched_at, occurred_at, snoozed_until,
        scale, recorded_at
    )
    SELECT DISTINCT ON (target.id, item_id, event_type, watched_at)
        target.id, item_id, event_type, rating, weight, watched_at, occurred_at, snoozed_until,
        scale, %(now)s
    FROM resolved JOIN target ON target.position = resolved.viewer, fit
    WHERE to_store
    ORDER BY target.id, item_id, event_type, watched_at, resolved.position DESC
    ON CONFLICT (profile_id, item_id, event_type, watched_at) DO UPDATE
    SET rating = excluded.rating, weight = excluded.weight,
        occurred_at = excluded.occurred_at, snoozed_until = excluded.snoozed_until,
        recorded_at = excluded.recorded_at,
        -- Theirs from now on, said in other words or in the same: taking the import back leaves it.
        scale = excluded.scale, import_id = NULL, source = NULL
    WHERE known.import_id IS NOT NULL
        OR known.rating IS DISTINCT FROM excluded.rating
        OR known.weight <> excluded.weight
        OR known.snoozed_until <= %(now)s
        OR (excluded.watched_at IS NULL AND EXISTS (
            SELECT FROM interactions AS newer
            WHERE newer.profile_id = known.profile_id AND newer.item_id = known.item_id
                AND newer.occurred_at > known.occurred_at
                AND (known.event_type = 'liked'
                        AND newer.event_type IN ('disliked', 'not_interested')
                    OR newer.event_type = 'liked'
                        AND known.event_type IN ('disliked', 'not_interested'))
        ))
    RETURNING profile_id
), moved AS (
    {MOVE_VERSIONS}
    WHERE id IN (SELECT profile_id FROM stored) AND id IN (SELECT id FROM existing)
)
SELECT
    (SELECT array_agg(position ORDER BY position) FROM resolved WHERE item_id IS NULL),
    (SELECT count(*) FROM stored),
    (SELECT array_agg(id ORDER BY position) FROM target)
"""  # noqa: S608 - no value is part of the text

# A StoredEvent, in the order of its fields.
_EVENT = """
    interactions.id, interactions.item_id, items.media_type, items.tmdb_id, items.title,
    interactions.event_type, interactions.rating, interactions.weight,
    interactions.watched_at, interactions.occurred_at, interactions.snoozed_until,
    interactions.import_id, interactions.source, interactions.scale, interactions.episodes
"""
# Walks ix_interactions_newest backwards from the cursor's row.
_PAGE = f"""
    SELECT {_EVENT}
    FROM profiles
    JOIN interactions ON interactions.profile_id = profiles.id
    JOIN items ON items.id = interactions.item_id
    WHERE profiles.user_id = %(user_id)s AND profiles.profile IS NOT DISTINCT FROM %(profile)s::text
        AND (interactions.occurred_at, interactions.id) < (%(before)s, %(before_id)s)
        AND {{shown}} AND {{named}}
    ORDER BY interactions.occurred_at DESC, interactions.id DESC
    LIMIT %(limit)s
"""  # noqa: S608 - no value is part of the text
# As an array, each title is looked up in the unique index of profile and item.
_NAMED = f"interactions.item_id = ANY(ARRAY(SELECT {ITEM_ID} FROM {GIVEN}))"  # noqa: S608 - as above

_TAKE_BACK = f"""
WITH item AS (
    SELECT {ITEM_ID} AS id
    FROM {ONE_GIVEN}
), held AS MATERIALIZED (
    SELECT id FROM profiles
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s
    FOR NO KEY UPDATE
), gone AS (
    DELETE FROM interactions USING held
    WHERE held.id = interactions.profile_id AND interactions.item_id = (SELECT id FROM item)
        AND (%(event_type)s::text IS NULL OR interactions.event_type = %(event_type)s)
    RETURNING interactions.*
), moved AS (
    {MOVE_VERSIONS} WHERE id IN (SELECT profile_id FROM gone)
)
SELECT {_EVENT}
FROM item JOIN items ON items.id = item.id LEFT JOIN gone AS interactions ON true
ORDER BY interactions.occurred_at DESC, interactions.id DESC
"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a write: nothing was stored when any position is unknown."""

    unknown: tuple[int, ...]  # positions in the events given, from 0
    stored: int
    profile_ids: tuple[int, ...]  # in the order of the viewers given


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event of a history, with what names its item."""

    id: int
    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    event_type: EventType
    rating: float | None
    weight: float
    watched_at: datetime | None
    occurred_at: datetime
    snoozed_until: datetime | None
    import_id: int | None  # the import that it came with, while nobody has changed it
    source: str | None  # of that import
    scale: float | None
    episodes: int | None


def record(
    cursor: Cursor[Any], viewers: Sequence[ProfileKey], events: Sequence[NewEvent], *, now: datetime
) -> Recorded:
    """Records the events, creating profiles that are new, and moves the version of each changed
    profile. `viewers` are distinct and include every event's."""
    position_of = {viewer: position for position, viewer in enumerate(viewers, 1)}
    parameters = {
        "now": now,
        "users": [viewer.user_id for viewer in viewers],
        "profiles": [viewer.profile for viewer in viewers],
        "viewers": [position_of[event.viewer] for event in events],
        "event_types": [event.event_type for event in events],
        "ratings": [event.rating for event in events],
        "weights": [event.weight for event in events],
        "watched": [event.watched_at for event in events],
        "occurred": [event.occurred_at for event in events],
        "snoozed": [event.snoozed_until for event in events],
        "scales": [event.scale for event in events],
        **columns_of(event.item for event in events),
    }
    while True:
        unknown, stored, profile_ids = cursor.execute(_RECORD, parameters).fetchone() or ((), 0, ())
        # A profile that another request created just now was not in this statement's snapshot.
        if unknown or len(profile_ids or ()) == len(viewers):
            break
    return Recorded(
        unknown=tuple(position - 1 for position in unknown or ()),
        stored=stored,
        profile_ids=tuple(profile_ids or ()),
    )


def page(
    cursor: Cursor[Any],
    viewer: ProfileKey,
    *,
    before: tuple[datetime, int],
    limit: int,
    limits: Limits,
    items: Sequence[ItemRef] | None = None,
) -> list[StoredEvent]:
    """Up to `limit` events older than (time, id), the newest first, of titles within the limits;
    with `items` of these titles alone."""
    shown, parameters = shown_clause(limits)
    named = "true" if items is None else _NAMED
    rows = cursor.execute(
        _PAGE.format(shown=shown, named=named),
        parameters
        | columns_of(items or ())
        | {
            "user_id": viewer.user_id,
            "profile": viewer.profile,
            "before": before[0],
            "before_id": before[1],
            "limit": limit,
        },
    )
    return [StoredEvent(*row) for row in rows]


def take_back(
    cursor: Cursor[Any], viewer: ProfileKey, item: ItemRef, event_type: EventType | None = None
) -> list[StoredEvent] | None:
    """Deletes every event of an item, or those of one type, and returns them, the newest first;
    None when there is no such item."""
    key = {"user_id": viewer.user_id, "profile": viewer.profile, "event_type": event_type}
    rows = cursor.execute(_TAKE_BACK, key | parameters_of(item)).fetchall()
    if not rows:
        return None
    return [StoredEvent(*row) for row in rows if row[0] is not None]
