"""The lists that a viewer was served for evenings."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.platform.database import Database
from api.viewers.events import ProfileKey

# By ix_slates_evening. Planned once, as is said in slates.py.
_SINCE = """
SELECT id, evening, request_hash, item_ids[1] FROM slates
WHERE user_id = (SELECT %(user_id)s::text) AND profile IS NOT DISTINCT FROM %(profile)s
    AND evening >= (SELECT %(since)s::date) AND cardinality(item_ids) > 0
ORDER BY created_at DESC, id
"""


@dataclass(frozen=True, slots=True)
class ListOfEvening:
    """What stood first that evening."""

    id: UUID
    evening: date
    request_hash: bytes
    first_id: int


def lists_since(database: Database, viewer: ProfileKey, since: date) -> list[ListOfEvening]:
    """Those from that evening on, the newest first."""
    parameters = {"user_id": viewer.user_id, "profile": viewer.profile, "since": since}
    with database.autocommit() as cursor:
        rows = cursor.execute(_SINCE, parameters).fetchall()
    return [ListOfEvening(id, evening, bytes(asked), first) for id, evening, asked, first in rows]
