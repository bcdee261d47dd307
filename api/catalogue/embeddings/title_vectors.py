"""Vectors of all titles in eight bits, for a search that compares every one of them.

Of 30,000 titles it takes 2.5 ms, where 600 of the index take 12 and one in fifty of them is missed.
It grows with the catalogue, so a large one has the index alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from api.catalogue.embeddings.read_embeddings import decode_halfvecs
from api.domain.arrays import Arrays, Floats, Ints, Mask
from api.platform.database import Database
from api.platform.service_state import catalogue_version

# Of so many it takes 8 ms and 38 MB; from there on the index is faster.
_MOST_TITLES = 100_000
_STATE = """
SELECT catalogue_version, spaces.id,
       (SELECT count(*) FROM item_embeddings WHERE space_id = spaces.id)
FROM service_state LEFT JOIN embedding_spaces AS spaces ON active
"""
_VECTORS = """
SELECT item_id, halfvec_send(embedding) FROM item_embeddings
WHERE space_id = %(space)s ORDER BY item_id
"""
_NO_SPACE = 0  # the first has the id 1
_LARGEST = 127
_TOGETHER = 1024  # rows that are made floats at once: 1.5 MB, which stay in a processor's cache
# Rows that are fewer are taken out first.
_FEW = 0.5


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class TitleVectors:
    """Unit vectors with one scale each: their cosines are off by .002 at most."""

    version: int  # of the catalogue
    space_id: int | None  # None: there are none, or too many
    ids: Ints  # (n), ascending
    codes: NDArray[np.int8]  # (n, dimension)
    scales: Floats  # (n)

    def nearest(self, vectors: Sequence[Floats], *, k: int, among: Mask) -> tuple[Ints, Floats]:
        """At most k ids for each unit vector with their cosines to the nearest of them, best first,
        each once; `among` says which rows are compared."""
        rows = np.flatnonzero(among)
        k = min(k, len(rows))
        if len(rows) < _FEW * len(self.ids):
            ids, cosines = self.ids[rows], self._cosines(vectors, rows)
        else:
            ids, cosines = self.ids, self._cosines(vectors)
            cosines[:, ~among] = -np.inf
        found = _first(cosines[0], k)
        if len(vectors) > 1:
            found = np.unique(np.concatenate([found, *(_first(one, k) for one in cosines[1:])]))
        best = cosines[:, found].max(axis=0)
        order = np.lexsort((ids[found], -best))
        return ids[found[order]], best[order]

    def _cosines(self, vectors: Sequence[Floats], rows: NDArray[np.intp] | None = None) -> Floats:
        """(vectors, rows); of all without them."""
        codes = self.codes if rows is None else self.codes[rows]
        cosines = np.empty((len(vectors), len(codes)), dtype=np.float32)
        for start in range(0, len(codes), _TOGETHER):
            part = codes[start : start + _TOGETHER].astype(np.float32)
            for of_vector, vector in zip(cosines, vectors, strict=True):
                np.dot(part, vector, out=of_vector[start : start + _TOGETHER])
        cosines *= self.scales if rows is None else self.scales[rows]
        return cosines

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            "ids": self.ids,
            "space": np.array([self.space_id or _NO_SPACE], dtype=np.int32),
            "codes": self.codes,
            "scales": self.scales,
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        space = int(arrays["space"][0]) or None
        return cls(version, space, arrays["ids"], arrays["codes"], arrays["scales"])

    @classmethod
    def of(cls, version: int, space_id: int, ids: Ints, vectors: Floats) -> Self:
        """Of unit vectors, row for row."""
        scales = np.abs(vectors).max(axis=1, initial=0).clip(1e-6) / _LARGEST
        codes = np.rint(vectors / scales[:, None]).astype(np.int8)
        return cls(version, space_id, ids, codes, scales.astype(np.float32))

    @classmethod
    def none(cls, version: int) -> Self:
        """For a catalogue that is searched by the index alone."""
        nothing = np.empty((0, 0), dtype=np.int8)
        return cls(version, None, np.empty(0, np.int32), nothing, np.empty(0, np.float32))


def read_title_vectors(database: Database, *, most: int = _MOST_TITLES) -> TitleVectors:
    """The vectors in use; none where there are more than `most`. 0.3 s for 30,000."""
    with database.patiently() as cursor:
        # The version first: a change while the rows are read must lead to another reading.
        version, space, titles = cursor.execute(_STATE).fetchone() or (0, None, 0)
        if space is None or titles > most:
            return TitleVectors.none(version)
        rows = cursor.execute(_VECTORS, {"space": space}).fetchall()
    ids = np.array([row[0] for row in rows], dtype=np.int32)
    return TitleVectors.of(version, space, ids, decode_halfvecs([row[1] for row in rows]))


def no_title_vectors(database: Database) -> TitleVectors:
    """What a process has that maps no published catalogue: the database is asked."""
    return TitleVectors.none(catalogue_version(database))


def _first(cosines: Floats, k: int) -> NDArray[np.intp]:
    """Places of the k largest, in no order."""
    return np.argpartition(cosines, -k)[-k:] if 0 < k < len(cosines) else np.arange(k)
