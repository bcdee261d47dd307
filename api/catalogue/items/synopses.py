"""Titles and synopses by id, for a reranker that reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.platform.database import Database

# By primary key, a few dozen rows.
_SYNOPSES = "SELECT id, title, overview FROM items WHERE id = ANY(%(ids)s::int[])"


@dataclass(frozen=True, slots=True)
class Synopsis:
    """What a title is called and about."""

    title: str
    overview: str


def read_synopses(database: Database, item_ids: Sequence[int]) -> dict[int, Synopsis]:
    """By id; ids that the catalogue no longer has are left out."""
    with database.autocommit() as cursor:
        rows = cursor.execute(_SYNOPSES, {"ids": list(item_ids)}).fetchall()
    return {item_id: Synopsis(title, overview) for item_id, title, overview in rows}
