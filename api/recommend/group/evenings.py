"""Evenings before: whom the titles that a group took fitted less gets more weight the next time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from api.domain.arrays import Floats
from api.platform.database import Database
from api.viewers.events import ProfileKey

_REMEMBERED = timedelta(days=60)
_LEAST, _MOST = 0.5, 2.0  # of a weight, before they are made to sum to 1

# By ix_list_members_user_id and ix_feedback_profile_id. Of the titles of a list that something was
# done with, the one that was watched to its end counts, else the last.
_TAKEN = """
WITH own AS (
    SELECT DISTINCT slate_id FROM list_members
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
), taken AS (
    SELECT DISTINCT ON (slate_id) slate_id, feedback.place
    FROM own JOIN feedback USING (slate_id)
    WHERE feedback.profile_id = ANY(%(profile_ids)s::int[]) AND feedback.place IS NOT NULL
        AND event_type IN ('complete', 'click', 'like') AND occurred_at > %(since)s
    ORDER BY slate_id, event_type = 'complete' DESC, occurred_at DESC, feedback.id DESC
)
SELECT slate_id, user_id, profile, fits[taken.place]
FROM taken JOIN list_members USING (slate_id)
"""


def member_weights(
    database: Database,
    members: Sequence[ProfileKey],
    profile_ids: Sequence[int | None],
    *,
    now: datetime,
) -> Floats:
    """One weight for each member, summing to 1; all alike where nothing was taken yet."""
    parameters = {
        "user_id": members[0].user_id,
        "profile": members[0].profile,
        "profile_ids": [one for one in profile_ids if one is not None],
        "since": now - _REMEMBERED,
    }
    with database.autocommit() as cursor:
        rows = cursor.execute(_TAKEN, parameters).fetchall()
    evenings: dict[UUID, dict[ProfileKey, float]] = defaultdict(dict)
    for slate_id, user_id, profile, fit in rows:
        evenings[slate_id][ProfileKey(user_id, profile)] = fit
    return weights_after(members, evenings.values())


def weights_after(
    members: Sequence[ProfileKey], evenings: Iterable[dict[ProfileKey, float]]
) -> Floats:
    """The weights after evenings on which titles fitted the members by so much.

    An evening of others, or of some of them alone, does not count. Of whom nothing was known that
    evening (a fit of NaN) nobody can tell whether it fitted them.
    """
    debts = np.zeros(len(members), dtype=np.float32)
    for fits in evenings:
        if set(fits) == set(members):
            own = np.array([fits[one] for one in members], dtype=np.float32)
            if not np.isnan(own).all():
                debts += np.nan_to_num(np.nanmean(own) - own)
    weights = (1 + debts).clip(_LEAST, _MOST)
    return np.asarray(weights / weights.sum(), dtype=np.float32)
