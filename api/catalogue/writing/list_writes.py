"""Keeping the popular, top-rated and trending lists, and the ranks that follow from them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.domain.items import MediaType
from api.platform.copying import copy_rows

ListName = Literal["popular", "top_rated", "trending_day", "trending_week"]

# The week's list gives the rank: the day's changes faster than people return.
_LIST_OF_RANK = {
    "popular_rank": "popular",
    "top_rated_rank": "top_rated",
    "trending_rank": "trending_week",
}
_KEEP_DAYS = 90

_INSERT_SNAPSHOT = text(
    "INSERT INTO list_snapshots (list_name, media_type, taken_at) "
    "VALUES (:list_name, :media_type, :taken_at) RETURNING id"
)
_INSERT_ENTRIES = text(
    "INSERT INTO list_snapshot_items (snapshot_id, rank, item_id) "
    "SELECT :snapshot_id, rank, id FROM listed JOIN items USING (tmdb_id) "
    "WHERE media_type = :media_type AND retired_at IS NULL"
)
_FORGET_OLD = text(
    "DELETE FROM list_snapshots WHERE taken_at < :now - make_interval(days => :days)"
)
# A film and a show may hold the same rank: each media type has its own list.
_SET_RANK = """
WITH newest AS (
    SELECT DISTINCT ON (media_type) id FROM list_snapshots
    WHERE list_name = :list_name ORDER BY media_type, taken_at DESC, id DESC
), ranked AS (
    SELECT items.id, rank
    FROM items LEFT JOIN (
        SELECT item_id, rank FROM list_snapshot_items
        WHERE snapshot_id IN (SELECT id FROM newest)
    ) AS entries ON item_id = items.id AND retired_at IS NULL
    WHERE {column} IS DISTINCT FROM rank
)
UPDATE items SET {column} = rank, updated_at = :now FROM ranked WHERE items.id = ranked.id
RETURNING items.id
"""


def write_snapshot(
    connection: Connection,
    list_name: ListName,
    media_type: MediaType,
    tmdb_ids: Sequence[int],
    *,
    taken_at: datetime,
) -> None:
    """Stores a list as it stood; titles the catalogue does not have leave a gap in the ranks."""
    snapshot_id = connection.execute(
        _INSERT_SNAPSHOT,
        {"list_name": list_name, "media_type": media_type, "taken_at": taken_at},
    ).scalar_one()
    connection.exec_driver_sql("CREATE TEMPORARY TABLE listed (rank integer, tmdb_id integer)")
    copy_rows(connection, "listed", enumerate(dict.fromkeys(tmdb_ids), start=1))
    connection.execute(_INSERT_ENTRIES, {"snapshot_id": snapshot_id, "media_type": media_type})
    connection.exec_driver_sql("DROP TABLE listed")


def apply_ranks(connection: Connection, *, now: datetime) -> int:
    """Sets every title's ranks from the newest snapshots; a title that left a list loses its rank.

    Also forgets old snapshots. Returns how many ranks moved.
    """
    moved = [
        item_id
        for column, list_name in _LIST_OF_RANK.items()
        for item_id in connection.execute(
            text(_SET_RANK.format(column=column)), {"list_name": list_name, "now": now}
        ).scalars()
    ]
    connection.execute(_FORGET_OLD, {"now": now, "days": _KEEP_DAYS})
    if moved:
        bump_catalogue_version(connection, moved)
    return len(moved)
