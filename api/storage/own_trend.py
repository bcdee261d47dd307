"""Reads what the viewers of this instance reacted to lately, for the resident facts."""

from datetime import datetime
from typing import Any

import numpy as np
from psycopg import Cursor

from api.domain.catalogue import Floats, Ints
from config.ranking import Trend

# A reaction that names no list has no place: it counts as one at the first. Of what one viewer does
# to one title on one day only the most telling counts, and nobody's name counts as one viewer, so
# that repeating is no way to the top. Profiles that do not let others learn from them are left out.
# Reactions by ix_feedback_occurred_at; the impressions of those titles by ix_feedback_item_id.
_OWN_TREND = """
WITH reactions AS MATERIALIZED (
    SELECT f.item_id, coalesce(f.profile_id, 0) AS viewer,
           max(power(0.5, extract(epoch FROM %(now)s - f.occurred_at) / %(half_life)s)
               * least(ln(coalesce(f.place, 1) + 1) / ln(2), 1 / %(least_examined)s::float8)
               * CASE f.event_type WHEN 'click' THEN 1 WHEN 'complete' THEN 2 ELSE 3 END) AS said
    FROM feedback f LEFT JOIN profiles p ON p.id = f.profile_id
    WHERE f.occurred_at > %(now)s - make_interval(days => %(days)s)
      AND f.event_type IN ('click', 'complete', 'like') AND f.item_id IS NOT NULL
      AND coalesce(p.consent_collaborative, true)
    GROUP BY f.item_id, viewer, floor(extract(epoch FROM f.occurred_at) / 86400)
), trending AS MATERIALIZED (
    SELECT item_id, sum(said) AS said FROM reactions
    GROUP BY item_id HAVING count(DISTINCT viewer) >= %(min_viewers)s
), showings AS (
    SELECT f.item_id,
           max(power(0.5, extract(epoch FROM %(now)s - f.occurred_at) / %(half_life)s)) AS shown
    FROM trending JOIN feedback f USING (item_id) LEFT JOIN profiles p ON p.id = f.profile_id
    WHERE f.occurred_at > %(now)s - make_interval(days => %(days)s)
      AND f.event_type = 'impression' AND coalesce(p.consent_collaborative, true)
    GROUP BY f.item_id, coalesce(f.profile_id, 0),
             floor(extract(epoch FROM f.occurred_at) / 86400)
)
SELECT item_id, said::float8,
       coalesce((SELECT sum(shown) FROM showings WHERE showings.item_id = trending.item_id), 0)
           ::float8
FROM trending ORDER BY item_id
"""


def read_reactions(
    cursor: Cursor[Any], now: datetime, numbers: Trend
) -> tuple[Ints, Floats, Floats]:
    """(item ids ascending, weighted reactions, impressions) of titles that enough viewers like."""
    rows = cursor.execute(
        _OWN_TREND,
        {
            "now": now,
            "days": numbers.window_days,
            "half_life": numbers.half_life_days * 86_400,
            "least_examined": numbers.least_examined,
            "min_viewers": numbers.min_viewers,
        },
    ).fetchall()
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int32), table[:, 1].astype("f4"), table[:, 2].astype("f4")
