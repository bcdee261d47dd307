"""Titles whose id moved at their source: what viewers did with the old one goes on with the new.

TMDB answers 404 for the old id, and a living title has the same IMDb id; or an operator's own
catalogue had the title before TMDB did. The old row stays, for references to it, and says where it
went.
"""

from collections.abc import Collection
from itertools import chain

from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.catalogue.writing.title_locks import LOCK_ORDER
from api.domain.profile_version import MOVE_VERSIONS

# Tables that say what a viewer did with a title; each moves, or a viewer would lose it.
VIEWERS_TABLES = ("interactions", "feedback", "watchlist", "library")

# By ix_items_imdb_id where ids are given. A retired row may have been written to while it moved.
_FIND = text(
    """
    CREATE TEMPORARY TABLE moves ON COMMIT DROP AS
    SELECT DISTINCT ON (old.id) old.id AS old_id, new.id AS new_id
    FROM items AS old JOIN items AS new
        ON new.imdb_id = old.imdb_id AND new.media_type = old.media_type AND new.id <> old.id
    WHERE new.retired_at IS NULL
        AND (old.retired_at IS NOT NULL OR old.tmdb_id IS NULL AND new.tmdb_id IS NOT NULL)
        AND (CAST(:imdb_ids AS text[]) IS NULL OR old.imdb_id = ANY(:imdb_ids))
        AND (old.moved_to IS DISTINCT FROM new.id
            OR old.retired_at IS NULL
            OR EXISTS (SELECT FROM interactions WHERE item_id = old.id)
            OR EXISTS (SELECT FROM watchlist WHERE item_id = old.id)
            OR EXISTS (SELECT FROM library WHERE item_id = old.id))
    ORDER BY old.id, new.vote_count DESC, new.id
    """
)
_FOUND = "SELECT old_id, new_id FROM moves"
# Those that are written below.
_HOLD_TITLES = f"""
SELECT FROM items
WHERE id IN (SELECT old_id FROM moves) OR moved_to IN (SELECT old_id FROM moves)
    OR (retired_at IS NULL AND moved_to IS NOT NULL)
ORDER BY {LOCK_ORDER} FOR NO KEY UPDATE
"""  # noqa: S608 - a constant
# In the order of ids, as every write of a viewer locks: see api/viewers/hold_profiles.py.
_CONCERNED = """
    SELECT profile_id FROM interactions JOIN moves ON item_id = old_id
    UNION SELECT profile_id FROM watchlist JOIN moves ON item_id = old_id
    UNION SELECT profiles.id FROM library JOIN moves ON item_id = old_id
        JOIN profiles ON profiles.user_id = library.user_id
"""
_HOLD_PROFILES = f"SELECT id FROM profiles WHERE id IN ({_CONCERNED}) ORDER BY id FOR NO KEY UPDATE"  # noqa: S608
_MOVE = (
    f"{MOVE_VERSIONS} WHERE id IN ({_CONCERNED})",
    # The same event with several that are one title now is one event; the living title's stays.
    """
    DELETE FROM interactions USING (
        SELECT id, row_number() OVER (
            PARTITION BY profile_id, coalesce(new_id, item_id), event_type, watched_at
            ORDER BY old_id IS NOT NULL, id
        ) AS place
        FROM interactions LEFT JOIN moves ON item_id = old_id
        WHERE item_id IN (SELECT old_id FROM moves UNION SELECT new_id FROM moves)
    ) AS same
    WHERE interactions.id = same.id AND place > 1
    """,
    """
    INSERT INTO watchlist (profile_id, item_id, added_at, import_id)
    SELECT profile_id, new_id, min(added_at),
        CASE WHEN bool_and(import_id IS NOT NULL) THEN min(import_id) END
    FROM watchlist JOIN moves ON item_id = old_id
    GROUP BY profile_id, new_id
    ON CONFLICT DO NOTHING
    """,
    "DELETE FROM watchlist USING moves WHERE item_id = old_id",
    """
    INSERT INTO library (user_id, item_id, added_at, import_id)
    SELECT user_id, new_id, min(added_at),
        CASE WHEN bool_and(import_id IS NOT NULL) THEN min(import_id) END
    FROM library JOIN moves ON item_id = old_id
    GROUP BY user_id, new_id
    ON CONFLICT DO NOTHING
    """,
    "DELETE FROM library USING moves WHERE item_id = old_id",
    "UPDATE interactions SET item_id = new_id FROM moves WHERE item_id = old_id",
    "UPDATE feedback SET item_id = new_id FROM moves WHERE item_id = old_id",
    # Served lists go on with the living title in its place, unless they have it already.
    """
    UPDATE slates SET item_ids = ARRAY(
        SELECT CASE
            WHEN new_id = ANY(slates.item_ids) THEN id
            WHEN row_number() OVER (PARTITION BY new_id ORDER BY place) > 1 THEN id
            ELSE coalesce(new_id, id)
        END
        FROM unnest(slates.item_ids) WITH ORDINALITY AS listed (id, place)
        LEFT JOIN moves ON old_id = id
        ORDER BY place
    )
    WHERE EXISTS (SELECT FROM moves WHERE old_id = ANY(item_ids))
    """,
    "UPDATE external_ids SET item_id = new_id FROM moves WHERE item_id = old_id",
    "UPDATE items SET moved_to = new_id FROM moves WHERE moved_to = old_id",
    "UPDATE items SET moved_to = new_id, retired_at = coalesce(retired_at, now()) "
    "FROM moves WHERE id = old_id",
    "UPDATE items SET moved_to = NULL WHERE retired_at IS NULL AND moved_to IS NOT NULL",
)


def follow_moves(connection: Connection, imdb_ids: Collection[str] | None) -> int:
    """Moves what belongs to retired titles to the living ones of the same IMDb id; how many moved.

    Those of these ids, or with None all. Within the caller's transaction: all of it or nothing.
    """
    ids = None if imdb_ids is None else sorted(imdb_ids)
    connection.execute(_FIND, {"imdb_ids": ids})
    moved = connection.exec_driver_sql(_FOUND).all()
    if moved:
        connection.exec_driver_sql(_HOLD_TITLES)
        connection.exec_driver_sql(_HOLD_PROFILES)
        for statement in _MOVE:
            connection.exec_driver_sql(statement)
        bump_catalogue_version(connection, chain.from_iterable(moved))
    connection.exec_driver_sql("DROP TABLE moves")
    return len(moved)
