"""Which titles and people of the catalogue TMDB means."""

from collections.abc import Sequence
from typing import Literal

from api.domain.items import MediaType
from api.platform.database import Database

# Look-ups in uq_items_media_type_tmdb_id and uq_people_tmdb_id.
_BY_TMDB_ID = """
SELECT given.kind, given.tmdb_id,
       CASE WHEN given.kind = 'person' THEN (SELECT id FROM people WHERE tmdb_id = given.tmdb_id)
            ELSE (SELECT id FROM items WHERE media_type = given.kind
                  AND tmdb_id = given.tmdb_id AND retired_at IS NULL)
       END AS id
FROM unnest(%(kinds)s::text[], %(tmdb_ids)s::int[]) AS given(kind, tmdb_id)
"""


def ids_of_tmdb(
    database: Database, references: Sequence[tuple[MediaType | Literal["person"], int]]
) -> dict[tuple[str, int], int]:
    """The ids of titles and people that the catalogue has, by their kind and id at TMDB."""
    kinds, tmdb_ids = zip(*references, strict=True) if references else ((), ())
    with database.autocommit() as cursor:
        found = cursor.execute(_BY_TMDB_ID, {"kinds": list(kinds), "tmdb_ids": list(tmdb_ids)})
        return {(kind, tmdb_id): row_id for kind, tmdb_id, row_id in found if row_id is not None}
