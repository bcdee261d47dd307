"""Genres and keywords of titles as matrices, for what regions are named by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from psycopg import Cursor
from scipy import sparse

from api.domain.arrays import Ints
from api.domain.genres import GENRES

# Whole tables, in one pass each.
_GENRES = "SELECT id, genre_ids FROM items WHERE retired_at IS NULL"
_KEYWORDS = """
SELECT item_id, array_agg(name) FROM item_keywords JOIN keywords ON keywords.id = keyword_id
GROUP BY item_id
"""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """(n, names), 1 for what a title has."""

    having: sparse.csr_array
    names: list[str]


def read_words(cursor: Cursor[Any], ids: Ints) -> tuple[Words, Words]:
    """Genres and keywords of these titles, whose ids rise."""
    genres = [(row[0], [GENRES[one] for one in row[1]]) for row in cursor.execute(_GENRES)]
    return _words(ids, genres), _words(ids, cursor.execute(_KEYWORDS))


def _words(ids: Ints, rows: Iterable[Sequence[Any]]) -> Words:
    numbers: dict[str, int] = {}
    own: list[int] = []
    found: list[int] = []
    row_of = {item_id: row for row, item_id in enumerate(ids.tolist())}
    for item_id, names in rows:
        if (row := row_of.get(item_id)) is not None:
            own.extend([row] * len(names))
            found.extend(numbers.setdefault(name, len(numbers)) for name in names)
    shape = (len(ids), len(numbers))
    having = sparse.csr_array((np.ones(len(own), dtype=np.float32), (own, found)), shape=shape)
    return Words(having, list(numbers))
