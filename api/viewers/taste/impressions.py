"""Which titles profiles were shown often without a reaction, or dismissed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.platform.literals import FOR_EVER
from api.platform.questions import AskingRows, Question, Row
from config.ranking import Fatigue

# Whatever is neither an impression nor a dismissal is a reaction, a snooze included: what comes
# back from one starts anew. A dismissed title stays so until the viewer reacts to it.
_COLUMNS = """
SELECT profile_id, item_id, max((occurred_at AT TIME ZONE 'UTC')::date - date '1970-01-01')
    FILTER (WHERE event_type IN ('impression', 'dismiss')) AS day
"""
_AND_ONLY_IN_VAIN = """
  AND occurred_at > %(now)s - make_interval(days => %(days)s) AND occurred_at <= %(until)s
GROUP BY profile_id, item_id
HAVING (count(*) FILTER (WHERE event_type = 'impression') >= %(impressions)s
        AND bool_and(event_type IN ('impression', 'dismiss')))
    OR max(id) FILTER (WHERE event_type = 'dismiss')
       > coalesce(max(id) FILTER (WHERE event_type NOT IN ('impression', 'dismiss')), 0)
ORDER BY profile_id, item_id
"""
# Both by ix_feedback_profile_id.
_OF_PROFILE = f"""
{_COLUMNS} FROM feedback WHERE profile_id = %(profile)s AND item_id IS NOT NULL
{_AND_ONLY_IN_VAIN}
"""
_OF_PAIRS = f"""
{_COLUMNS} FROM unnest(%(profiles)s::int[], %(items)s::int[]) AS pair(profile_id, item_id)
JOIN feedback USING (profile_id, item_id) WHERE true
{_AND_ONLY_IN_VAIN}
"""


def of_profile(
    profile_id: int, *, now: datetime, until: datetime = FOR_EVER, numbers: Fatigue
) -> AskingRows[list[Row]]:
    """(profile, item, day it was last shown) by ascending item; days count from 1970, in UTC.

    What arrived after `until` is left out.
    """
    rows = yield Question(_OF_PROFILE, {"profile": profile_id, **_limits(now, until, numbers)})
    return rows


def among(
    cursor: Cursor[Any], pairs: Collection[tuple[int, int]], *, now: datetime, numbers: Fatigue
) -> list[tuple[int, int, int]]:
    """The same of these distinct (profile, item) pairs alone."""
    columns = {"profiles": [pair[0] for pair in pairs], "items": [pair[1] for pair in pairs]}
    return cursor.execute(_OF_PAIRS, {**columns, **_limits(now, FOR_EVER, numbers)}).fetchall()


def _limits(now: datetime, until: datetime, numbers: Fatigue) -> dict[str, Any]:
    return {
        "now": now,
        "until": until,
        "days": numbers.window_days,
        "impressions": numbers.impressions,
    }
