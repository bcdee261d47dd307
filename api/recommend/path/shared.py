"""What neighbours of a chain have in common, by name."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from api.domain.genres import GENRES
from api.platform.database import Database

_MOST = 5  # names of a kind

# By the primary keys of item_keywords and ix_credits_item_id.
_SHARED = """
WITH pair AS (
    SELECT one, other FROM unnest(%(ones)s::int[], %(others)s::int[]) AS p(one, other)
)
SELECT one, other, 'keywords', keywords.name, (
    SELECT count(*) FROM item_keywords AS every WHERE every.keyword_id = keywords.id
)
FROM pair JOIN item_keywords AS mine ON mine.item_id = one
JOIN item_keywords AS theirs ON theirs.item_id = other AND theirs.keyword_id = mine.keyword_id
JOIN keywords ON keywords.id = mine.keyword_id
UNION ALL
SELECT one, other, 'people', people.name,
    min(CASE WHEN mine.role = 'cast' THEN mine.position ELSE -1 END)
FROM pair JOIN credits AS mine ON mine.item_id = one
JOIN credits AS theirs ON theirs.item_id = other AND theirs.person_id = mine.person_id
JOIN people ON people.id = mine.person_id
WHERE (mine.role <> 'cast' OR mine.position < 8) AND (theirs.role <> 'cast' OR theirs.position < 8)
GROUP BY one, other, people.id
ORDER BY 1, 2, 3, 5, 4
"""
_GENRES = "SELECT id, genre_ids FROM items WHERE id = ANY(%(ids)s::int[])"


def shared_by(database: Database, chain: Sequence[int]) -> list[dict[str, Any]]:
    """Genres, keywords and people of each two neighbours, in the order of the chain."""
    pairs = list(pairwise(chain))
    parameters = {"ones": [one for one, _ in pairs], "others": [other for _, other in pairs]}
    with database.autocommit() as cursor:
        rows = cursor.execute(_SHARED, parameters).fetchall()
        genres = dict(cursor.execute(_GENRES, {"ids": list(chain)}).fetchall())
    named: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for one, other, kind, name, _ in rows:
        named[one, other, kind].append(name)
    return [
        {
            "genres": [GENRES[genre] for genre in genres[one] if genre in genres[other]],
            "keywords": named[one, other, "keywords"][:_MOST],
            "people": named[one, other, "people"][:_MOST],
        }
        for one, other in pairs
    ]
