"""Where the stories of each keyword lie: what several titles say together that no single one does.

A request in free words is near to some title by chance; a keyword whose titles are near to it on
the whole is what it speaks of, though it has none of the keyword's words (Han and Karypis 2000).
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from scipy import sparse

from api.domain.arrays import (
    Arrays,
    Floats,
    Ints,
    arrays_of_sparse,
    part_of,
    put_under,
    sparse_of,
    taken,
)
from api.platform.database import Database

_VERSION = """
SELECT catalogue_version, (SELECT id FROM embedding_spaces WHERE active) FROM service_state
"""
_USUAL = "SELECT avg(embedding)::real[], count(*) FROM item_embeddings WHERE space_id = %(space)s"
# One pass over the keywords and vectors of all titles.
_CENTROIDS = """
SELECT avg(embedding)::real[], array_agg(item_id)
FROM item_keywords JOIN item_embeddings USING (item_id)
WHERE space_id = %(space)s
GROUP BY keyword_id HAVING count(*) BETWEEN %(fewest)s AND %(most)s ORDER BY keyword_id
"""

_FEWEST_TITLES = 3  # of a keyword: rare ones say most, and of two titles none is the centre
_MOST_OF_ALL = 1 / 30  # a keyword that more titles have tells nothing
# Keywords that a text may speak of, and how fast they count less than the nearest one: .08 less
# in cosine is e times less.
_NEAREST, _FALLS = 20, 0.08
_NO_SPACE = 0  # the first has the id 1


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class KeywordCentroids:
    """Keywords as unit vectors of their titles' mean, without what all stories have in common.

    30,000 titles have 7,000 such keywords, 11 MB; to compare them with a text takes 1 ms.
    """

    version: int  # of the catalogue
    space_id: int | None  # of the vectors; None without any
    ids: Ints  # of the n titles that have such a keyword, ascending
    centroids: Floats  # (keywords, dimension)
    titles_of: sparse.csr_array  # (keywords, n): how rare each keyword is, where a title has it

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            "ids": self.ids,
            "space": np.array([self.space_id or _NO_SPACE], dtype=np.int32),
            "centroids": self.centroids,
            **put_under("titles_of", arrays_of_sparse(self.titles_of)),
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        return cls(
            version,
            int(arrays["space"][0]) or None,
            arrays["ids"],
            arrays["centroids"],
            sparse_of(part_of(arrays, "titles_of")),
        )

    def near(self, vector: Floats) -> Floats:
        """(n): how much each title has of the keywords that are nearest to a text's unit vector.

        1 for the title that has most.
        """
        if len(self.centroids) == 0:
            return np.zeros(len(self.ids), dtype=np.float32)
        cosines = self.centroids @ vector
        most = min(_NEAREST, len(cosines))
        nearest = np.argpartition(cosines, -most)[-most:]
        shares = np.exp((cosines[nearest] - cosines[nearest].max()) / _FALLS)
        found = shares.astype(np.float32) @ taken(self.titles_of, nearest.astype(np.int32))
        return np.asarray(found / max(float(found.max(initial=0)), 1e-6), dtype=np.float32)

    def of_titles(self, vector: Floats, item_ids: Ints) -> Floats:
        """The same of these titles; 0 for those that have no such keyword."""
        if len(self.ids) == 0:
            return np.zeros(len(item_ids), dtype=np.float32)
        places = np.minimum(np.searchsorted(self.ids, item_ids), len(self.ids) - 1)
        return np.where(self.ids[places] == item_ids, self.near(vector)[places], np.float32(0))


def read_keyword_centroids(database: Database) -> KeywordCentroids:
    """Of the vectors in use: 2 s for 30,000 titles with 120,000 keywords."""
    with database.patiently() as cursor:
        # The version first: a change while the rows are read must lead to another reading.
        version, space = cursor.execute(_VERSION).fetchone() or (0, None)
        usual, titles = cursor.execute(_USUAL, {"space": space}).fetchone() or (None, 0)
        wanted = {"space": space, "fewest": _FEWEST_TITLES, "most": _most(titles)}
        rows = cursor.execute(_CENTROIDS, wanted).fetchall()
    return centroids_of(version, space, usual, titles, rows)


def centroids_of(
    version: int, space_id: int | None, usual: Any, titles: int, rows: list[Any]
) -> KeywordCentroids:
    """Of (mean vector, item ids) for each keyword; `usual` is the mean vector of all `titles`."""
    ids = np.unique(np.array([one for _, having in rows for one in having], dtype=np.int32))
    if len(rows) == 0:
        nothing = np.zeros((0, 0), dtype=np.float32)
        return KeywordCentroids(version, space_id, ids, nothing, sparse.csr_array((0, 0)))
    means = np.array([mean for mean, _ in rows], dtype=np.float32)
    means -= np.array(usual, dtype=np.float32)
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-6)
    counts = np.array([len(having) for _, having in rows])
    columns = np.searchsorted(ids, np.concatenate([having for _, having in rows]))
    starts = np.concatenate([[0], np.cumsum(counts)])
    rarity = np.log(max(titles, 1) / counts).astype(np.float32)
    titles_of = sparse.csr_array(
        (np.repeat(rarity, counts), columns.astype(np.int32), starts.astype(np.int32)),
        shape=(len(rows), len(ids)),
    )
    return KeywordCentroids(version, space_id, ids, means, titles_of)


def _most(titles: int) -> int:
    return max(round(_MOST_OF_ALL * titles), _FEWEST_TITLES)
