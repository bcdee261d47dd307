"""The catalogue as the evaluation sees it: read apart from the service's own facts, which it is to
check."""

from dataclasses import dataclass

import numpy as np

from api.catalogue.embeddings.read_embeddings import read_embeddings
from api.domain.arrays import Days, Floats, Ints, Mask
from api.platform.database import Database

_TITLES = """
SELECT id, tmdb_id, media_type, coalesce(release_year, 0), coalesce(original_language, ''),
    coalesce(collection_id, 0), genre_ids, vote_count, popularity, release_date
FROM items WHERE retired_at IS NULL ORDER BY id
"""
_ACTIVE_SPACE = "SELECT id, dimension FROM embedding_spaces WHERE active"


@dataclass(frozen=True, slots=True, eq=False)
class Titles:
    """Columns, one row per title that may be recommended, ids ascending. Unknown numbers are 0."""

    ids: Ints
    tmdb_id: Ints
    is_show: Mask
    year: Ints
    released: Days  # NaT where unknown
    language: tuple[str, ...]
    collection: Ints
    genre_ids: tuple[frozenset[int], ...]
    vote_count: Ints
    popularity: Floats
    vectors: Floats  # unit length; zeros where there is none

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Ints) -> Ints:
        """The row of each id; -1 for one that may not be recommended."""
        found = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
        return np.where(self.ids[found] == ids, found, -1).astype(np.int32)

    def films_of(self, tmdb_ids: Ints) -> Ints:
        """The row of each film by its TMDB id; -1 for one that is not here."""
        row_of = {
            tmdb_id: row
            for row, (tmdb_id, is_show) in enumerate(
                zip(self.tmdb_id.tolist(), self.is_show.tolist(), strict=True)
            )
            if not is_show
        }
        return np.array([row_of.get(one, -1) for one in tmdb_ids.tolist()], dtype=np.int32)


def read_titles(database: Database) -> Titles:
    """Every title that may be recommended, with its vector of the active space."""
    with database.autocommit() as cursor:
        rows = cursor.execute(_TITLES).fetchall()
        space = cursor.execute(_ACTIVE_SPACE).fetchone()
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * 10
    ids = np.array(columns[0], dtype=np.int32)
    vectors = np.zeros((len(ids), space[1] if space else 1), dtype=np.float32)
    if space is not None:
        found, known = read_embeddings(database, space[0], ids)
        if len(found):
            vectors[np.searchsorted(ids, found)] = known
    return Titles(
        ids=ids,
        tmdb_id=np.array(columns[1], dtype=np.int32),
        is_show=np.array([media_type == "tv" for media_type in columns[2]], dtype=np.bool_),
        year=np.array(columns[3], dtype=np.int32),
        released=np.array(columns[9], dtype="datetime64[D]"),
        language=tuple(columns[4]),
        collection=np.array(columns[5], dtype=np.int32),
        genre_ids=tuple(map(frozenset, columns[6])),
        vote_count=np.array(columns[7], dtype=np.int32),
        popularity=np.array(columns[8], dtype=np.float32),
        vectors=vectors,
    )
