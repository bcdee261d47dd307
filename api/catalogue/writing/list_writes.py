"""Keeping the popular, top-rated and trending lists, and the ranks that follow from them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.title_locks import LOCK_ORDER
from api.domain.items import MediaType
from api.platform.copying import copy_rows

ListName = Literal["popular", "top_rated", "trending_day", "trending_week"]

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
# A film and a show may hold the same rank: each media type has its own list. The week's list gives
# the trending rank: the day's changes faster than people return. All ranks of a title are set at
# once, for titles are locked in one order, which three passes over them would not keep.
_SET_RANKS = text(
    f"""
    WITH newest AS (
        SELECT DISTINCT ON (list_name, media_type) id, list_name FROM list_snapshots
        ORDER BY list_name, media_type, taken_at DESC, id DESC
    ), listed AS (
        SELECT item_id,
            min(rank) FILTER (WHERE list_name = 'popular') AS popular,
            min(rank) FILTER (WHERE list_name = 'top_rated') AS top_rated,
            min(rank) FILTER (WHERE list_name = 'trending_week') AS trending
        FROM newest JOIN list_snapshot_items ON snapshot_id = newest.id GROUP BY item_id
    ), moved AS MATERIALIZED (
        SELECT items.id, popular, top_rated, trending,
            (popular_rank IS DISTINCT FROM popular)::int
                + (top_rated_rank IS DISTINCT FROM top_rated)::int
                + (trending_rank IS DISTINCT FROM trending)::int AS ranks
        FROM items LEFT JOIN listed ON item_id = items.id AND retired_at IS NULL
        WHERE (popular_rank, top_rated_rank, trending_rank)
            IS DISTINCT FROM (popular, top_rated, trending)
        ORDER BY {LOCK_ORDER} FOR NO KEY UPDATE OF items
    )
    UPDATE items SET popular_rank = popular, top_rated_rank = top_rated, trending_rank = trending,
        updated_at = :now
    FROM moved WHERE items.id = moved.id RETURNING items.id, ranks
    """  # noqa: S608 - a constant
)


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
    moved = connection.execute(_SET_RANKS, {"now": now}).all()
    connection.execute(_FORGET_OLD, {"now": now, "days": _KEEP_DAYS})
    if moved:
        bump_catalogue_version(connection, [row.id for row in moved])
    return sum(row.ranks for row in moved)
