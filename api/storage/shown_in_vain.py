"""Which titles profiles were shown often without a reaction, or dismissed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import Cursor

from config.ranking import Fatigue

# Whatever is neither an impression nor a dismissal is a reaction, a snooze included: what comes
# back from one starts anew. A dismissed title stays so until the viewer reacts to it.
# By ix_feedback_profile_id.
_SHOWN_IN_VAIN = """
SELECT profile_id, item_id,
       max((occurred_at AT TIME ZONE 'UTC')::date - date '1970-01-01')
           FILTER (WHERE event_type IN ('impression', 'dismiss')) AS day
FROM feedback
WHERE profile_id = ANY(%(profiles)s::int[])
  AND occurred_at > %(now)s - make_interval(days => %(days)s)
  AND item_id IS NOT NULL AND (%(items)s::int[] IS NULL OR item_id = ANY(%(items)s::int[]))
GROUP BY profile_id, item_id
HAVING (count(*) FILTER (WHERE event_type = 'impression') >= %(impressions)s
        AND bool_and(event_type IN ('impression', 'dismiss')))
    OR max(id) FILTER (WHERE event_type = 'dismiss')
       > coalesce(max(id) FILTER (WHERE event_type NOT IN ('impression', 'dismiss')), 0)
ORDER BY profile_id, item_id
"""


def read_shown_in_vain(
    cursor: Cursor[Any],
    profiles: Sequence[int],
    *,
    now: datetime,
    numbers: Fatigue,
    items: Sequence[int] | None = None,
) -> list[tuple[int, int, int]]:
    """(profile, item, day it was last shown) in that order; of all items, or of those given."""
    rows: list[tuple[int, int, int]] = cursor.execute(
        _SHOWN_IN_VAIN,
        {
            "profiles": list(profiles),
            "items": None if items is None else list(items),
            "now": now,
            "days": numbers.window_days,
            "impressions": numbers.impressions,
        },
    ).fetchall()
    return rows
