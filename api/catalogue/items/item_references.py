"""Items by the references that clients use, a whole list in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import Cursor

from api.domain.items import ItemRef

# For a row `given` with the columns that `columns_of` fills. Each branch is one index look-up. A
# title that moved is the one it moved to; of several with one IMDb id a living one is meant.
ITEM_ID = """coalesce(
    (SELECT coalesce(moved_to, id) FROM items WHERE id = given.id),
    (SELECT coalesce(moved_to, id) FROM items
     WHERE media_type = given.media_type AND tmdb_id = given.tmdb_id),
    (SELECT coalesce(moved_to, id) FROM items WHERE imdb_id = given.imdb_id
     ORDER BY retired_at IS NOT NULL, id LIMIT 1)
)"""

_RESOLVE = f"""
    SELECT {ITEM_ID}
    FROM unnest(%(ids)s::int[], %(media_types)s::text[], %(tmdb_ids)s::int[], %(imdb_ids)s::text[])
        WITH ORDINALITY AS given(id, media_type, tmdb_id, imdb_id, position)
    ORDER BY position
"""  # noqa: S608 - no value is part of the text


def columns_of(references: Iterable[ItemRef | None]) -> dict[str, list[Any]]:
    """The references as the arrays that statements unnest; None becomes a row of nulls."""
    nothing = ItemRef()
    found = [reference or nothing for reference in references]
    return {
        "ids": [reference.id for reference in found],
        "media_types": [reference.tmdb[0] if reference.tmdb else None for reference in found],
        "tmdb_ids": [reference.tmdb[1] if reference.tmdb else None for reference in found],
        "imdb_ids": [reference.imdb for reference in found],
    }


def resolve(cursor: Cursor[Any], references: Sequence[ItemRef | None]) -> list[int | None]:
    """The item id of each reference, None where the catalogue has no such item."""
    return [row[0] for row in cursor.execute(_RESOLVE, columns_of(references))]
