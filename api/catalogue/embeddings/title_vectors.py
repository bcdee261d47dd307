"""Vectors of all titles in eight bits, for a search that compares every one that is allowed.

Those of many titles are turned so that their first numbers tell the most of them: all titles are
compared by these, a third of the numbers, and the likeliest by all of theirs.
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
      WHERE space_id = %(space)s AND item_id > %(last)s
          AND hashint4(item_id)::bigint %% %(one_of)s = 0
      ORDER BY item_id LIMIT %(rows)s) AS part
"""
_NO_SPACE = 0  # the first has the id 1
# Of the squares of a vector's numbers; of 384 numbers of MiniLM the first 128 have as much.
_TOLD_BY_FIRST = 0.82
_FIRST_IN_STEPS_OF = 32
# The numbers of more titles than this are kept in two parts, the first a third of the bytes.
_KEPT_WHOLE = 100_000
# Of more rows only the likeliest by the first part are compared by both. So many times as many as
# are wanted have .97 of the 600 nearest of a million, and .99 of the 40 nearest.
_COMPARED_WHOLE = 20_000
_LIKELY = 10
# Rows that are fewer are taken out first; to take out more takes longer than to compare all.
_FEW = 0.15
# Of so many a second thread takes half, 4 ms at least, if one is free by then.
_WORTH_ANOTHER_THREAD = 500_000
_READ_AT_ONCE = 10_000
_ENOUGH_FOR_AXES = 20_000

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Vectors in whole numbers of at most 127, with what one of each vector's numbers is worth."""

    codes: NDArray[np.int8]  # (n, numbers)
    scales: Floats  # (n)

    @classmethod
    def of(cls, vectors: Floats, largest: int = 127) -> Self:
        """These vectors, row for row."""
        scales = np.abs(vectors).max(axis=1, initial=0).clip(1e-6) / largest
        return cls(np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32))

    def __getitem__(self, rows: Rows) -> "Coded":
        return Coded(self.codes[rows], self.scales[rows])

    def products(self, titles: "Coded") -> Floats:
        """(n, titles): their inner products; the interpreter's lock is released."""
        products = np.empty((len(self.codes), len(titles.codes)), dtype=np.float32)
        if products.size == 0:
            return products
        packed = numkong.dots_pack(self.codes)

        def multiply(part: slice) -> None:
            whole = np.asarray(numkong.dots_packed(titles.codes[part], packed)).T
            scales, out = titles.scales[part], products[:, part]
            # The whole numbers are below 2 ** 24, so exact as floats.
            np.multiply(whole, scales, out=out, dtype=np.float32, casting="unsafe")

        if len(titles.codes) < _WORTH_ANOTHER_THREAD:
            multiply(slice(None))
        else:
            half = len(titles.codes) // 2
            other = BESIDE.submit(multiply, slice(half, None))
            multiply(slice(half))
            # What waits there for a thread is not waited for: this one may be of those threads.
            if other.cancel():
                multiply(slice(half, None))
            else:
                other.result()
        products *= self.scales[:, None]
        return products


@dataclass(frozen=True, slots=True, eq=False)
class Halved:
    """Vectors in whole numbers of at most 7, two of them in a byte."""

    codes: NDArray[np.uint8]  # (n, numbers / 2)
    scales: Floats  # (n)

    @classmethod
    def of(cls, vectors: Floats) -> Self:
        """These vectors of an even number of numbers, row for row."""
        coded = Coded.of(vectors, largest=7)
        bits = np.bitwise_and(coded.codes.view(np.uint8), np.uint8(15))
        return cls(bits[:, ::2] | bits[:, 1::2] << np.uint8(4), coded.scales)

    def __getitem__(self, rows: Rows) -> Coded:
        codes = self.codes[rows].astype(np.int8)
        # Shifted to the left and back, four bits keep their sign.
        pairs = np.stack([codes << 4 >> 4, codes >> 4], axis=-1)
        return Coded(pairs.reshape(len(rows), 2 * codes.shape[1]), self.scales[rows])


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class TitleVectors:
    """Unit vectors in two parts of their numbers: of their cosines 99 of 100 are off by .005 at
    most, and by .003 at most where the first part has all."""

    version: int  # of the catalogue
    space_id: int | None  # None: there are none, or too many
    ids: Ints  # (n), ascending
    axes: Floats  # (dimension, dimension): what a vector is multiplied with to be turned
    first: Coded  # (n): the numbers that tell most
    others: Halved  # (n): those behind them, which say little enough for four bits each

    def nearest(self, vectors: Sequence[Floats], *, k: int, among: Mask) -> tuple[Ints, Floats]:
        """At most k ids for each unit vector with their cosines to the nearest of them, best first,
        each once; `among` says which rows are compared."""
        rows = np.flatnonzero(among)
        k = min(k, len(rows))
        count = self.first.codes.shape[1]
        turned = np.stack(vectors) @ self.axes
        first, others = Coded.of(turned[:, :count]), Coded.of(turned[:, count:])
        if self.others.codes.size == 0:
            rows, cosines = self._largest(first, rows, k)
        else:
            if len(rows) > max(_COMPARED_WHOLE, _LIKELY * k):
                rows, _ = self._largest(first, rows, _LIKELY * k)
            cosines = first.products(self.first[rows]) + others.products(self.others[rows])
            found = _largest_of_each(cosines, k)
            rows, cosines = rows[found], cosines[:, found]
        ids, best = self.ids[rows], cosines.max(axis=0)
        order = np.lexsort((ids, -best))
        return ids[order], best[order]

    def _largest(self, own: Coded, rows: Rows, k: int) -> tuple[Rows, Floats]:
        """Of these rows the k whose first numbers have the largest products with each vector's,
        ascending and each once, and those products (vectors, rows)."""
        if len(rows) < _FEW * len(self.ids):
            products = own.products(self.first[rows])
            found = _largest_of_each(products, k)
            return rows[found], products[:, found]
        products = own.products(self.first)
        if len(rows) < len(self.ids):
            is_left_out = np.ones(len(self.ids), dtype=np.bool_)
            is_left_out[rows] = False
            products[:, is_left_out] = -np.inf
        found = _largest_of_each(products, k)
        return found, products[:, found]

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            "ids": self.ids,
            "space": np.array([self.space_id or _NO_SPACE], dtype=np.int32),
            "axes": self.axes,
            "first": self.first.codes,
            "first_scales": self.first.scales,
            "others": self.others.codes,
            "others_scales": self.others.scales,
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        return cls(
            version,
            int(arrays["space"][0]) or None,
            arrays["ids"],
            arrays["axes"],
            Coded(arrays["first"], arrays["first_scales"]),
            Halved(arrays["others"], arrays["others_scales"]),
        )

    @classmethod
    def of(cls, version: int, space_id: int, ids: Ints, vectors: Floats) -> Self:
        """Of unit vectors, row for row."""
        axes, count = _axes_of(vectors, titles=len(ids))
        return cls(version, space_id, ids, axes, *_in_two(vectors @ axes, count))

    @classmethod
    def none(cls, version: int) -> Self:
        """For a catalogue that is searched by the index alone."""
        nothing = np.empty((0, 0), dtype=np.float32)
        first, others = Coded.of(nothing), Halved.of(nothing)
        return cls(version, None, np.empty(0, np.int32), nothing, first, others)


def read_title_vectors(
    database: Database, *, most: int = _MOST_TITLES, at_once: int = _READ_AT_ONCE
) -> TitleVectors:
    """The vectors in use; none where there are more than `most`. 0.3 s for 30,000."""
    with database.patiently() as cursor:
        # The version first: a change while the rows are read must lead to another reading.
        version, space, titles = cursor.execute(_STATE).fetchone() or (0, None, 0)
        if space is None or not 0 < titles <= most:
            return TitleVectors.none(version)
        asked = {"space": space, "rows": at_once, "one_of": -(-titles // _ENOUGH_FOR_AXES)}
        some = [vectors for _, vectors in _parts(cursor, asked)]
        if not some:
            return TitleVectors.none(version)
        axes, count = _axes_of(np.concatenate(some), titles=titles)
        ids, coded = list[Ints](), list[tuple[Coded, Halved]]()
        for part, vectors in _parts(cursor, asked | {"one_of": 1}):
            ids.append(part)
            coded.append(_in_two(vectors @ axes, count))
    return TitleVectors(
        version,
        space,
        np.concatenate(ids),
        axes,
        Coded(*_joined([first for first, _ in coded])),
        Halved(*_joined([others for _, others in coded])),
    )


def _parts(cursor: Cursor[Any], asked: dict[str, int]) -> Iterator[tuple[Ints, Floats]]:
    """Ids, ascending, and their vectors: as floats a million of them would be 1.5 GB."""
    last = -1
    while True:
        row = cursor.execute(_VECTORS, {**asked, "last": last}).fetchone()
        if row is None or row[0] is None:
            return
        sent_ids, sent = row
        ids = literals.read_arrays([sent_ids], ">i4")[0].astype(np.int32)
        yield ids, decode_joined(sent, len(ids))
        last = int(ids[-1])


def no_title_vectors(database: Database) -> TitleVectors:
    """What a process has that maps no published catalogue: the database is asked."""
    return TitleVectors.none(catalogue_version(database))


def _axes_of(vectors: Floats, *, titles: int) -> tuple[Floats, int]:
    """What the vectors of so many titles, such as these, are multiplied with, and how many of their
    numbers are compared first: all of them as they are where there are few titles."""
    dimension = vectors.shape[1]
    if titles <= _KEPT_WHOLE:
        return np.eye(dimension, dtype=np.float32), dimension
    squares, principal = np.linalg.eigh(vectors.T @ vectors)
    told = np.cumsum(squares[::-1]) / squares.sum()
    count = int(np.searchsorted(told, _TOLD_BY_FIRST)) + 1
    count = min(-(-count // _FIRST_IN_STEPS_OF) * _FIRST_IN_STEPS_OF, dimension)
    count += (dimension - count) % 2  # the others stand in pairs
    axes = principal[:, ::-1]
    # The first number alone would be so large that its scale left few bits to the others: each
    # part is turned once more, by chance, which makes its numbers as large as each other.
    axes = np.hstack([axes[:, :count] @ _turn(count), axes[:, count:] @ _turn(dimension - count)])
    return axes.astype(np.float32), count


def _turn(dimension: int) -> NDArray[np.float64]:
    drawn = np.random.default_rng(dimension).normal(size=(dimension, dimension))
    return np.linalg.qr(drawn).Q


def _in_two(turned: Floats, count: int) -> tuple[Coded, Halved]:
    return Coded.of(turned[:, :count]), Halved.of(turned[:, count:])


def _joined(parts: Sequence[Coded] | Sequence[Halved]) -> tuple[NDArray[Any], Floats]:
    codes = np.concatenate([part.codes for part in parts])
    return codes, np.concatenate([part.scales for part in parts])


def _largest_of_each(products: Floats, k: int) -> Rows:
    """Places of the k largest of each row, ascending and each once."""
    if not 0 < k < products.shape[1]:
        return np.arange(k)
    return np.unique(np.argpartition(products, -k, axis=1)[:, -k:])
