"""What viewers did with the lists they were served."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.types.json import Jsonb

from api.viewers.events import FeedbackType, ProfileKey

# By primary key.
_VIEWERS_OF_SLATES = "SELECT id, user_id, profile FROM slates WHERE id = ANY(%s)"
# A microsecond each keeps the order of what arrives together.
_ADD = """
    INSERT INTO feedback (profile_id, item_id, event_type, slate_id, place, meta, occurred_at)
    SELECT profile_id, item_id, event_type, slate_id, array_position(slates.item_ids, item_id),
        meta, %s + (position - 1) * interval '1 microsecond'
    FROM unnest(
        %s::int[], %s::int[], %s::text[], %s::uuid[], %s::jsonb[]
    ) WITH ORDINALITY AS given(profile_id, item_id, event_type, slate_id, meta, position)
    LEFT JOIN slates ON slates.id = slate_id
    ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One piece of feedback, resolved."""

    event_type: FeedbackType
    profile_id: int | None
    item_id: int | None
    slate_id: UUID | None
    meta: dict[str, Any] | None


def viewers_of_slates(cursor: Cursor[Any], slates: Sequence[UUID]) -> dict[UUID, ProfileKey]:
    """Whom each slate was served to; slates that are not kept are absent."""
    rows = cursor.execute(_VIEWERS_OF_SLATES, (list(slates),))
    return {slate: ProfileKey(user_id, profile) for slate, user_id, profile in rows}


def add(cursor: Cursor[Any], rows: Sequence[FeedbackRow], *, now: datetime) -> None:
    """Stores the rows in their order, each with its place in the list that it names."""
    cursor.execute(
        _ADD,
        (
            now,
            [row.profile_id for row in rows],
            [row.item_id for row in rows],
            [row.event_type for row in rows],
            [row.slate_id for row in rows],
            [Jsonb(row.meta) if row.meta is not None else None for row in rows],
        ),
    )
