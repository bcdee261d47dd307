"""The order in which writers of several titles lock them.

It is one for all of them, so that no two can wait for each other in a circle.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from api.catalogue.writing.title import TitleKey

LOCK_ORDER = "media_type, tmdb_id, id"

# By the unique index of items.
_HOLD = text(
    f"""
    SELECT FROM unnest(CAST(:media_types AS text[]), CAST(:tmdb_ids AS integer[]))
        AS named(media_type, tmdb_id)
    JOIN items USING (media_type, tmdb_id)
    ORDER BY {LOCK_ORDER} FOR NO KEY UPDATE OF items
    """
)


def hold_titles(connection: Connection, keys: Iterable[TitleKey]) -> None:
    """Locks the titles that there are of these until the transaction ends."""
    named = list(keys)
    parameters = {
        "media_types": [media_type for media_type, _ in named],
        "tmdb_ids": [tmdb_id for _, tmdb_id in named],
    }
    connection.execute(_HOLD, parameters)
