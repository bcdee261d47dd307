"""The lists that a viewer was served for evenings."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from api.platform.database import Database
from api.recommend.lists.list_id import ids_of_days
from api.viewers.events import ProfileKey

# A list is made on its evening: where that is another day than in UTC, a day apart at most.
_A_DAY = timedelta(days=1)
_DAYS = 21  # beyond the longest time that is asked about
_OF_VIEWER = """
    user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s
    AND evening >= %(since)s AND cardinality(item_ids) > 0
"""
# By ix_slates_evening, of the weeks in question and of the lists that lie in none.
_SINCE = f"""
SELECT id, evening, request_hash, item_ids[1] FROM (
    SELECT id, evening, request_hash, item_ids, created_at FROM slates
    WHERE id >= %(first)s AND id < %(behind)s AND {_OF_VIEWER}
    UNION ALL
    SELECT id, evening, request_hash, item_ids, created_at FROM slate_weeks.others
    WHERE NOT (id >= %(first)s AND id < %(behind)s) AND {_OF_VIEWER}
) AS lists
ORDER BY created_at DESC, id
"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class ListOfEvening:
    """What stood first that evening."""

    id: UUID
    evening: date
    request_hash: bytes
    first_id: int


def lists_since(database: Database, viewer: ProfileKey, since: date) -> list[ListOfEvening]:
    """Those from that evening on, the newest first."""
    first, behind = ids_of_days(since - _A_DAY, days=_DAYS)
    parameters = {
        "user_id": viewer.user_id,
        "profile": viewer.profile,
        "since": since,
        "first": first,
        "behind": behind,
    }
    with database.autocommit() as cursor:
        rows = cursor.execute(_SINCE, parameters).fetchall()
    return [ListOfEvening(id, evening, bytes(asked), first) for id, evening, asked, first in rows]
