"""The catalogue as the baselines see it: words, votes and vectors, nothing the service made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.domain.folding import fold
from api.domain.genres import GENRES
from api.platform.database import Database
from tests.quality.strangers.requests import Key

_TITLES = """
SELECT i.media_type, i.tmdb_id, i.vote_count, i.genre_ids,
  concat_ws(' ', i.title, i.overview, i.tagline,
    (SELECT string_agg(k.name, ' ') FROM item_keywords ik JOIN keywords k ON k.id = ik.keyword_id
     WHERE ik.item_id = i.id),
    (SELECT string_agg(p.name, ' ') FROM credits c JOIN people p ON p.id = c.person_id
     WHERE c.item_id = i.id AND (c.role = 'director' OR c.role = 'cast' AND c.position < 15))),
  e.embedding::real[]
FROM items i
LEFT JOIN item_embeddings e ON e.item_id = i.id AND e.space_id = %(space)s
WHERE i.retired_at IS NULL ORDER BY i.id
"""
_CO_LIKED = """
SELECT i.media_type, i.tmdb_id, o.media_type, o.tmdb_id, n.weight
FROM item_neighbours
JOIN items i ON i.id = item_id
CROSS JOIN unnest(co_liked_ids, co_liked_weights) n(id, weight)
JOIN items o ON o.id = n.id
WHERE model_id = %(model)s
"""
_DIMENSION = 384
# Words of nearly every request say nothing of the one that is meant.
_SILENT_WORDS = """
a an the and or of to in on at for with from by is are was were be been it its this that these
those i im ive me my you your he she they them we us our as but not no so if than then there
here what which who when where how do does did have has had can could would should will just
like some any all about into out up movie movies film films show shows series feel feels watch
watching looking want recommend recommendations suggest suggestions similar something anything
please
"""
_SILENT = frozenset(_SILENT_WORDS.split())
_ENDINGS = re.compile(r"(?<=.{2})ies$|(?<=.{4})ing$|(?<=.{4})ed$|(?<=.{2}[^s])s$")


@dataclass(frozen=True, slots=True, eq=False)
class Titles:
    """Row for row."""

    keys: list[Key]
    votes: NDArray[np.float64]
    words: list[list[str]]
    vectors: Floats  # unit length; zeros without a vector
    # What is liked beside each title, and how much.
    co_liked: Mapping[Key, Mapping[Key, float]] = field(default_factory=dict)


def read_titles(database: Database, space_id: int | None, model_id: int | None) -> Titles:
    """Every title that may be recommended."""
    co_liked: dict[Key, dict[Key, float]] = {}
    with database.patiently() as cursor:
        rows = cursor.execute(_TITLES, {"space": space_id}).fetchall()
        for kind, number, other_kind, other, weight in cursor.execute(
            _CO_LIKED, {"model": model_id}
        ):
            co_liked.setdefault((kind, number), {})[other_kind, other] = max(weight, 0.0)
    vectors = np.zeros((len(rows), _DIMENSION), dtype=np.float32)
    for row, title in enumerate(rows):
        if title[5] is not None:
            vectors[row] = title[5]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return Titles(
        keys=[(kind, number) for kind, number, *_ in rows],
        votes=np.array([row[2] for row in rows], dtype=np.float64),
        words=[words_of(f"{row[4]} {_genres(row[3])}") for row in rows],
        vectors=vectors,
        co_liked=co_liked,
    )


def words_of(text: str) -> list[str]:
    """The telling words of a text, without their commonest English endings."""
    folded = fold(text).split()
    return [_ENDINGS.sub("", word) for word in folded if len(word) > 1 and word not in _SILENT]


def _genres(ids: list[int]) -> str:
    return " ".join(GENRES[genre] for genre in ids if genre in GENRES)
