"""How much of the catalogue the lists of a day show, over all viewers."""

from dataclasses import dataclass
from datetime import timedelta

from api.platform.database import Database

_PERIOD = timedelta(days=1)
_PLACES = 20  # of each list: what its first page shows
# Bounds the cost where a service makes millions a day; the newest stand for the others.
_MOST_LISTS = 10_000

# By ix_slates_created_at, backwards, and by ix_items_popularity, which has the living alone.
_COVERAGE = """
    SELECT
        (SELECT count(*) FROM items WHERE retired_at IS NULL),
        (
            SELECT count(DISTINCT shown)
            FROM (
                SELECT item_ids[1:%(places)s] AS first FROM slates
                WHERE created_at > now() - %(period)s::interval
                ORDER BY created_at DESC LIMIT %(most)s
            ) AS lists, unnest(first) AS shown
        )
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Titles that could be shown, and those that were."""

    titles: int
    shown: int


def coverage_of_the_day(database: Database) -> Coverage:
    """Of the newest lists of the last 24 hours."""
    parameters = {"places": _PLACES, "period": _PERIOD, "most": _MOST_LISTS}
    with database.autocommit() as cursor:
        row = cursor.execute(_COVERAGE, parameters).fetchone()
    assert row is not None  # noqa: S101 - a SELECT of aggregates gives its row
    return Coverage(*row)
