"""Vectors of all titles in eight bits, for a search that compares every one that is allowed.

Of 30,000 titles it takes 1.5 ms, where 600 of the index take 12 and one in fifty of them is missed.
It grows with the catalogue: a million take 45 ms of a processor, and six tenths of the
time where two are free.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numkong
import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor

from api.catalogue.embeddings.read_embeddings import decode_joined
from api.domain.arrays import Arrays, Floats, Ints, Mask
from api.platform import literals
from api.platform.beside import BESIDE
from api.platform.database import Database
from api.platform.service_state import catalogue_version

# Of so many it takes as long as 600 titles of the index do, and 600 MB of the file.
_MOST_TITLES = 1_500_000
_STATE = """
SELECT catalogue_version, spaces.id,
       (SELECT count(*) FROM item_embeddings WHERE space_id = spaces.id)
FROM service_state LEFT JOIN embedding_spaces AS spaces ON active
"""
# Two values in place of a row for each title, as read_embeddings does.
_VECTORS = """
SELECT array_send(array_agg(item_id ORDER BY item_id)),
       string_agg(halfvec_send(embedding), '' ORDER BY item_id)
FROM (SELECT item_id, embedding FROM item_embeddings
      WHERE space_id = %(space)s AND item_id > %(last)s ORDER BY item_id LIMIT %(rows)s) AS part
"""
_NO_SPACE = 0  # the first has the id 1
_LARGEST = 127
# Rows that are fewer are taken out first; to take out more takes longer than to compare all.
_FEW = 0.15
# Of so many a second thread takes half, 6 ms at least, if one is free by then.
_WORTH_ANOTHER_THREAD = 300_000
_READ_AT_ONCE = 10_000


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
        own, own_scales = _coded(np.stack(vectors))
        codes = self.codes if rows is None else self.codes[rows]
        cosines = np.empty((len(vectors), len(codes)), dtype=np.float32)

        def compare(part: slice) -> None:
            cosines[:, part] = _products(own, codes[part])

        if len(codes) < _WORTH_ANOTHER_THREAD:
            compare(slice(None))
        else:
            half = len(codes) // 2
            other = BESIDE.submit(compare, slice(half, None))
            compare(slice(half))
            # What waits there for a thread is not waited for: this one may be of those threads.
            if other.cancel():
                compare(slice(half, None))
            else:
                other.result()
        cosines *= self.scales if rows is None else self.scales[rows]
        cosines *= own_scales[:, None]
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
        return cls(version, space_id, ids, *_coded(vectors))

    @classmethod
    def none(cls, version: int) -> Self:
        """For a catalogue that is searched by the index alone."""
        nothing = np.empty((0, 0), dtype=np.int8)
        return cls(version, None, np.empty(0, np.int32), nothing, np.empty(0, np.float32))


def read_title_vectors(
    database: Database, *, most: int = _MOST_TITLES, at_once: int = _READ_AT_ONCE
) -> TitleVectors:
    """The vectors in use; none where there are more than `most`. 0.3 s for 30,000."""
    with database.patiently() as cursor:
        # The version first: a change while the rows are read must lead to another reading.
        version, space, titles = cursor.execute(_STATE).fetchone() or (0, None, 0)
        if space is None or titles > most:
            return TitleVectors.none(version)
        parts = [TitleVectors.of(version, space, *part) for part in _parts(cursor, space, at_once)]
    if not parts:
        return TitleVectors.none(version)
    return TitleVectors(
        version,
        space,
        ids=np.concatenate([part.ids for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
        scales=np.concatenate([part.scales for part in parts]),
    )


def _parts(cursor: Cursor[Any], space: int, at_once: int) -> Iterator[tuple[Ints, Floats]]:
    """Ids, ascending, and their vectors: as floats a million of them would be 1.5 GB."""
    last = -1
    while True:
        asked = {"space": space, "last": last, "rows": at_once}
        row = cursor.execute(_VECTORS, asked).fetchone()
        if row is None or row[0] is None:
            return
        sent_ids, sent = row
        ids = literals.read_arrays([sent_ids], ">i4")[0].astype(np.int32)
        yield ids, decode_joined(sent, len(ids))
        last = int(ids[-1])


def no_title_vectors(database: Database) -> TitleVectors:
    """What a process has that maps no published catalogue: the database is asked."""
    return TitleVectors.none(catalogue_version(database))


def _coded(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Each vector in whole numbers up to 127, and what one of its numbers is worth."""
    scales = np.abs(vectors).max(axis=1, initial=0).clip(1e-6) / _LARGEST
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _products(own: NDArray[np.int8], codes: NDArray[np.int8]) -> Floats:
    """(own, codes): whole numbers below 2 ** 24, so exact as floats; the interpreter's lock is
    released."""
    products = np.empty((len(own), len(codes)), dtype=np.float32)
    if len(codes):
        numkong.cdist(own, codes, metric="dot", out=products)
    return products


def _first(cosines: Floats, k: int) -> NDArray[np.intp]:
    """Places of the k largest, in no order."""
    return np.argpartition(cosines, -k)[-k:] if 0 < k < len(cosines) else np.arange(k)
