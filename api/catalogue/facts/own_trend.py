"""Reads what the viewers of this instance reacted to lately, for the resident facts."""

from datetime import datetime
from typing import Any

import numpy as np
from psycopg import Cursor

from api.domain.arrays import Floats, Ints
from api.platform.literals import FOR_EVER
from config.ranking import Trend

# A reaction that names no list has no place: it counts as one at the first. Of what one viewer does
# to one title on one day only the strongest counts, and all that is anonymous counts as one viewer,
# so that repeating cannot push a title up. Profiles that do not let others learn from them are left
# out.
# By ix_feedback_reactions. In float8: numeric, which extract() gives, has no fast power().
_OWN_TREND = """
SELECT item_id, sum(weight) FROM (
    SELECT f.item_id, coalesce(f.profile_id, 0) AS viewer,
           max(power(0.5::float8, extract(epoch FROM %(now)s - f.occurred_at)::float8
                                  / %(half_life)s::float8)
               * least(ln(coalesce(f.place, 1) + 1.0::float8) / ln(2.0::float8),
                       1 / %(least_examined)s::float8)
               * CASE f.event_type WHEN 'click' THEN 1 WHEN 'complete' THEN 2 ELSE 3 END) AS weight
    FROM feedback f LEFT JOIN profiles p ON p.id = f.profile_id
    WHERE f.occurred_at > %(now)s - make_interval(days => %(days)s)
      AND f.occurred_at <= %(until)s
      AND f.event_type IN ('click', 'complete', 'like') AND f.item_id IS NOT NULL
      AND coalesce(p.consent_collaborative, true)
    GROUP BY f.item_id, viewer, (f.occurred_at AT TIME ZONE 'UTC')::date
) AS reactions
GROUP BY item_id HAVING count(DISTINCT viewer) >= %(min_viewers)s
ORDER BY item_id
"""


def read_reactions(
    cursor: Cursor[Any], now: datetime, numbers: Trend, *, until: datetime = FOR_EVER
) -> tuple[Ints, Floats]:
    """(item ids ascending, weighted reactions) of titles that enough viewers reacted to.

    Reactions that arrived after `until` are left out.
    """
    rows = cursor.execute(
        _OWN_TREND,
        {
            "now": now,
            "until": until,
            "days": numbers.window_days,
            "half_life": numbers.half_life_days * 86_400,
            "least_examined": numbers.least_examined,
            "min_viewers": numbers.min_viewers,
        },
    ).fetchall()
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return table[:, 0].astype(np.int32), table[:, 1].astype("f4")
