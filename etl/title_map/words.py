"""Genres and keywords of titles as matrices, for what regions are named by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from psycopg import Cursor
from scipy import sparse

from api.domain.arrays import Ints
from api.domain.genres import GENRES
from etl.title_map.name_words import may_name

# Whole tables, in one pass each.
_GENRES = "SELECT id, genre_ids FROM items WHERE retired_at IS NULL"
_VOTES = "SELECT id, vote_count FROM items"
_KEYWORDS = """
SELECT item_id, array_agg(name) FROM item_keywords JOIN keywords ON keywords.id = keyword_id
GROUP BY item_id
"""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """(n, names), 1 for what a title has."""

    having: sparse.csr_array
    names: list[str]


def read_votes(cursor: Cursor[Any], ids: Ints) -> Ints:
    """Of these titles how many have voted; 0 for one that is gone."""
    votes = dict(cursor.execute(_VOTES).fetchall())
    return np.array([votes.get(item_id, 0) for item_id in ids.tolist()], dtype=np.int32)


def read_words(cursor: Cursor[Any], ids: Ints) -> tuple[Words, Words]:
    """Genres of these titles, whose ids rise, and those keywords that may name a region."""
    genres = [(row[0], [GENRES[one] for one in row[1]]) for row in cursor.execute(_GENRES)]
    keywords = (
        (item_id, [name for name in names if may_name(name)])
        for item_id, names in cursor.execute(_KEYWORDS)
    )
    return _words(ids, genres), _words(ids, keywords)


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
