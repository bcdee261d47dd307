"""Which titles changed between two versions of the catalogue."""

from api.platform.database import Database

# Behind so many steps there is not much left of what was kept before them.
_MOST_STEPS = 500
# By the primary key.
_CHANGES = """
SELECT item_ids FROM catalogue_changes WHERE version > %(earlier)s AND version <= %(later)s
"""


def changed_titles(database: Database, earlier: int, later: int) -> frozenset[int] | None:
    """The ids of titles whose rows, offers or vectors differ, and perhaps of others; None where it
    may be any: it is not told of each step, or there are too many steps."""
    steps = later - earlier
    if steps > _MOST_STEPS:
        return None
    with database.autocommit() as cursor:
        told = cursor.execute(_CHANGES, {"earlier": earlier, "later": later}).fetchall()
    if len(told) < steps or any(item_ids is None for (item_ids,) in told):
        return None
    return frozenset[int]().union(*(item_ids for (item_ids,) in told))
