"""What a profile was served lately, and all that it did since."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from psycopg import Cursor

from api.domain.items import MediaType
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.stored_evidence import unpacked
from api.recommend.track_record.track_record import HistoryEvent, Reaction, ServedList
from api.viewers.events import ProfileKey

_OF_PROFILE = "user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text"

# By ix_slates_user_id.
_LISTS = f"""
SELECT id, created_at, strategy, item_ids, evidence FROM slates
WHERE {_OF_PROFILE} AND created_at >= %(since)s
ORDER BY created_at DESC, id LIMIT %(limit)s
"""  # noqa: S608 - no value is part of the text

# By ix_feedback_profile_id. What was said of a title in a list twice counts from the first time.
_REACTIONS = f"""
SELECT item_id, event_type, min(feedback.occurred_at), slate_id, place
FROM feedback JOIN profiles ON profiles.id = profile_id
WHERE {_OF_PROFILE} AND feedback.occurred_at >= %(since)s AND item_id IS NOT NULL
GROUP BY item_id, event_type, slate_id, place
"""  # noqa: S608 - no value is part of the text

# By ix_interactions_newest.
_HISTORY = f"""
SELECT item_id, event_type, occurred_at
FROM interactions JOIN profiles ON profiles.id = profile_id
WHERE {_OF_PROFILE} AND occurred_at >= %(since)s
"""  # noqa: S608 - no value is part of the text

_TITLES = "SELECT id, media_type, tmdb_id, title FROM items WHERE id = ANY(%(ids)s::int[])"


def read_lists(
    cursor: Cursor[Any], viewer: ProfileKey, since: datetime, *, limit: int
) -> list[ServedList]:
    """Up to `limit` lists that were served since, the newest ones, the oldest of them first."""
    rows = cursor.execute(_LISTS, {**_named(viewer, since), "limit": limit}).fetchall()
    return [_served(*row) for row in reversed(rows)]


def read_reactions(cursor: Cursor[Any], viewer: ProfileKey, since: datetime) -> list[Reaction]:
    """The feedback on items since, in no order."""
    return [Reaction(*row) for row in cursor.execute(_REACTIONS, _named(viewer, since))]


def read_history(cursor: Cursor[Any], viewer: ProfileKey, since: datetime) -> list[HistoryEvent]:
    """The events of the history since, in no order."""
    return [HistoryEvent(*row) for row in cursor.execute(_HISTORY, _named(viewer, since))]


def read_titles(
    cursor: Cursor[Any], item_ids: Sequence[int]
) -> dict[int, tuple[MediaType, int, str]]:
    """By item id: media type, TMDB id and title."""
    rows = cursor.execute(_TITLES, {"ids": list(item_ids)})
    return {item_id: (media_type, tmdb_id, title) for item_id, media_type, tmdb_id, title in rows}


def _named(viewer: ProfileKey, since: datetime) -> dict[str, object]:
    return {"user_id": viewer.user_id, "profile": viewer.profile, "since": since}


def _served(
    slate_id: Any, created_at: datetime, strategy: str, item_ids: list[int], evidence: bytes
) -> ServedList:
    header, records = unpacked(evidence, EVIDENCE)
    limit: int = header["request"]["limit"]
    return ServedList(
        id=slate_id,
        created_at=created_at,
        strategy=strategy,
        page_size=min(limit, header["most_per_page"] or limit),
        item_ids=np.asarray(item_ids, dtype=np.int32),
        evidence=records,
    )
