"""Items by the references that clients use, a whole list in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import Cursor

from api.domain.items import ItemRef

# For a row `given` with the columns that `columns_of` fills. Each branch is one index look-up. A
# title that moved is the one it moved to; of several with one id a living one is meant. A source
# may number films and shows apart: of one of each with one id, the show is meant.
ITEM_ID = """coalesce(
    (SELECT coalesce(moved_to, id) FROM items WHERE id = given.id),
    (SELECT coalesce(moved_to, id) FROM items
     WHERE media_type = given.media_type AND tmdb_id = given.tmdb_id),
    (SELECT coalesce(moved_to, id) FROM items WHERE imdb_id = given.imdb_id
     ORDER BY retired_at IS NOT NULL, id LIMIT 1),
    (SELECT coalesce(moved_to, items.id) FROM external_ids JOIN items ON items.id = item_id
     WHERE external_ids.source = given.source AND external_ids.id = given.source_id
     ORDER BY retired_at IS NOT NULL, items.media_type DESC LIMIT 1)
)"""

# The row `given` of one reference, with the parameters of `parameters_of`.
ONE_GIVEN = """(
    SELECT %(id)s::int, %(media_type)s::text, %(tmdb_id)s::int, %(imdb_id)s::text,
        %(source)s::text, %(source_id)s::text
) AS given(id, media_type, tmdb_id, imdb_id, source, source_id)"""

# The rows `given` of many, with their positions and the columns of `columns_of`.
GIVEN = """unnest(
    %(ids)s::int[], %(media_types)s::text[], %(tmdb_ids)s::int[], %(imdb_ids)s::text[],
    %(sources)s::text[], %(source_ids)s::text[]
) WITH ORDINALITY AS given(id, media_type, tmdb_id, imdb_id, source, source_id, position)"""

_RESOLVE = f"SELECT {ITEM_ID} FROM {GIVEN} ORDER BY position"  # noqa: S608 - no value is in it


def columns_of(references: Iterable[ItemRef | None]) -> dict[str, list[Any]]:
    """The references as the arrays that statements unnest; None becomes a row of nulls."""
    nothing = ItemRef()
    found = [reference or nothing for reference in references]
    return {
        "ids": [reference.id for reference in found],
        "media_types": [reference.tmdb[0] if reference.tmdb else None for reference in found],
        "tmdb_ids": [reference.tmdb[1] if reference.tmdb else None for reference in found],
        "imdb_ids": [reference.imdb for reference in found],
        "sources": [one.external[0] if one.external else None for one in found],
        "source_ids": [one.external[1] if one.external else None for one in found],
    }


def parameters_of(reference: ItemRef) -> dict[str, Any]:
    """The parameters of ONE_GIVEN."""
    media_type, tmdb_id = reference.tmdb or (None, None)
    source, source_id = reference.external or (None, None)
    return {
        "id": reference.id,
        "media_type": media_type,
        "tmdb_id": tmdb_id,
        "imdb_id": reference.imdb,
        "source": source,
        "source_id": source_id,
    }


def resolve(cursor: Cursor[Any], references: Sequence[ItemRef | None]) -> list[int | None]:
    """The item id of each reference, None where the catalogue has no such item."""
    return [row[0] for row in cursor.execute(_RESOLVE, columns_of(references))]
