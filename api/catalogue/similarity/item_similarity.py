"""How like titles are by what they are: a sparse matrix of genres, keywords, people and words.

Popularity and likings have no part in it, so a title that nobody rates has neighbours too.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from api.domain.arrays import (
    Arrays,
    Floats,
    Ints,
    Mask,
    arrays_of_sparse,
    part_of,
    put_under,
    sparse_of,
    taken,
)


@dataclass(frozen=True, slots=True)
class FieldShares:
    """What each field says of a pair of titles; only ratios count."""

    genres: float = 3.0
    keywords: float = 4.0
    people: float = 3.0
    words: float = 3.0
    language: float = 1.2  # the least with which a Korean thriller has Korean ones beside it
    period: float = 0.5  # the decade and the one around the year
    kind: float = 0.3  # film or show


# Measured by `python -m tests.quality.similar`. What a title lacks counts as unlike: measured
# against what is known alone, titles with nothing but a genre lead every list. One TF-IDF vector of
# everything, without a share for each field, had an AUC of .888, these without language, period and
# kind .917, and all of them .932.
EVERY_FIELD = FieldShares()
STORY_ALONE = FieldShares(people=0.0, language=0.0, period=0.0, kind=0.0)

_FIELD_NAMES = [one.name for one in fields(FieldShares)]
_KEYWORDS = _FIELD_NAMES.index("keywords")
_IS_PARTICULAR = np.isin(_FIELD_NAMES, ["keywords", "people", "words"])  # of fields
_FEWEST_TITLES = 2  # of a feature: what one title alone has compares nothing
_OPEN_VOCABULARY = 1000  # features; a word that more than a fifth of all titles have tells nothing
_MOST_OF_ALL = 0.2

# All titles are read one after the other in the time that a fifth of them take one by one.
_ALL_AS_FAST = 5
# A table of so many features is written in the time that one is searched for.
_LOOKED_UP_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Features:
    """Which title has which feature of one field: pairs of a row and a number, in no order."""

    rows: Ints
    numbers: Ints  # from 0, of their field alone


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """What some titles have in common."""

    mean: Floats  # (features) of their scaled vectors
    among: Floats  # (titles): the mean of what each shares with the others


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Titles made ready to be compared one by one with others; of 50 titles 50 KB."""

    here: NDArray[np.bool_]  # (titles): whether each is known
    scaled: sparse.csr_array  # (those, features)
    features: Ints  # that one of them has, ascending
    places: Ints  # (pairs of `scaled`): the place of each one's feature in them


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """What some titles are made of together, to compare others with; of 200 titles 50 KB."""

    features: Ints  # those that one of the titles has
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class ItemSimilarity:
    """TF-IDF vectors of every title that may be recommended, the part of each field at unit length.

    30,000 titles take 22 MB; to compare all of them with one takes 1 ms.
    """

    version: int  # of the catalogue
    ids: Ints  # of the n titles, ascending
    # (n): where the vector of each is. Those that most know, and requests most ask for, lie
    # together: elsewhere every one of them is waited for, and most of the file is read.
    places: Ints
    vectors: sparse.csr_array  # (n, features)
    by_feature: sparse.csr_array  # (features, n): of the titles in the order of their ids
    fields: NDArray[np.int8]  # the field of each feature, by its place in FieldShares

    def __len__(self) -> int:
        return len(self.ids)

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            "ids": self.ids,
            "places": self.places,
            "fields": self.fields,
            **put_under("vectors", arrays_of_sparse(self.vectors)),
            **put_under("by_feature", arrays_of_sparse(self.by_feature)),
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        return cls(
            version=version,
            ids=arrays["ids"],
            places=arrays["places"],
            vectors=sparse_of(part_of(arrays, "vectors")),
            by_feature=sparse_of(part_of(arrays, "by_feature")),
            fields=arrays["fields"],
        )

    def rows_of(self, item_ids: Ints) -> Ints:
        """The row of each id, -1 for a title that is not here."""
        if len(self) == 0:
            return np.full(len(item_ids), -1, dtype=np.int32)
        found = np.minimum(np.searchsorted(self.ids, item_ids), len(self) - 1)
        return np.where(self.ids[found] == item_ids, found, -1).astype(np.int32)

    def lack_keywords(self, item_ids: Ints) -> Mask:
        """Which of these are here and have no keyword that another title has, too."""
        rows = self.rows_of(item_ids)
        own = self._made_of(rows[rows >= 0])
        having = np.repeat(np.arange(own.shape[0]), np.diff(own.indptr))
        known = np.bincount(having, self.fields[own.indices] == _KEYWORDS, own.shape[0])
        lacking = np.zeros(len(rows), dtype=np.bool_)
        lacking[rows >= 0] = known == 0
        return lacking

    def to_titles(self, item_ids: Ints, shares: FieldShares = EVERY_FIELD) -> Floats:
        """(titles, n): how like each of these every title is, in [0, 1]; 0 to one not here."""
        rows = self.rows_of(item_ids)
        found = np.zeros((len(rows), len(self)), dtype=np.float32)
        if (rows >= 0).any():
            found[rows >= 0] = self._likeness(self._made_of(rows[rows >= 0]), shares)
        return found

    def between(self, item_ids: Ints, others: Ints, shares: FieldShares = EVERY_FIELD) -> Floats:
        """(titles, others): how much the two of each pair share; a field that one lacks, nothing.

        50 titles beside 100 others take 0.5 ms.
        """
        return self.between_compared(self.compared(item_ids, shares), others)

    def compared(self, item_ids: Ints, shares: FieldShares = EVERY_FIELD) -> Compared:
        """These titles, for `between_compared`: what of `between` does not depend on the others."""
        rows = self.rows_of(item_ids)
        scaled = self._scaled(self._made_of(rows[rows >= 0]), shares)
        features, places = np.unique(scaled.indices, return_inverse=True)
        return Compared(rows >= 0, scaled, features.astype(np.int32), places.astype(np.int32))

    def between_compared(self, compared: Compared, others: Ints) -> Floats:
        """(titles, others): what `between` says of these titles, in half its time."""
        columns = self.rows_of(others)
        found = np.zeros((len(compared.here), len(columns)), dtype=np.float32)
        if compared.here.any() and (columns >= 0).any():
            likeness = _products(compared, self._made_of(columns[columns >= 0]))
            found[np.ix_(compared.here, columns >= 0)] = likeness
        return found

    def between_pairs(self, item_ids: Ints, others: Ints) -> tuple[Floats, Ints]:
        """(pairs): what `between` says of each by every field, and how many keywords, people and
        words of the overview the two share; both 0 with a title that is not here.

        600 pairs take 1 ms.
        """
        one, other = self.rows_of(item_ids), self.rows_of(others)
        here = np.flatnonzero((one >= 0) & (other >= 0))
        own = self._scaled(self._made_of(one[here]), EVERY_FIELD)
        both = own.multiply(self._made_of(other[here])).tocsr()
        pair = here[np.repeat(np.arange(both.shape[0]), np.diff(both.indptr))]
        is_particular = _IS_PARTICULAR[self.fields[both.indices]]
        likeness = np.bincount(pair, both.data, len(one)).astype(np.float32)
        return likeness, np.bincount(pair[is_particular], minlength=len(one)).astype(np.int32)

    def common_to(self, item_ids: Ints, shares: FieldShares) -> Common:
        """What these titles share with each other, and can share with others, as `between` has it.

        Ids that are not here share nothing. 50 titles take 0.2 ms.
        """
        rows = self.rows_of(item_ids)
        here = rows >= 0
        own = self._made_of(rows[here])
        scaled = self._scaled(own, shares)
        summed = np.bincount(scaled.indices, scaled.data, len(self.fields)).astype(np.float32)
        numbers = np.repeat(np.arange(own.shape[0]), np.diff(own.indptr))
        with_themselves = np.bincount(numbers, scaled.data * own.data, own.shape[0])
        among = np.zeros(len(rows), dtype=np.float32)
        among[here] = (own @ summed - with_themselves) / max(len(rows) - 1, 1)
        return Common(summed / np.float32(max(len(rows), 1)), among)

    def shared_with(self, common: Common, others: Ints) -> Floats:
        """(others): the mean of `between` over the titles of whom that is, 0.3 ms for 1,000."""
        rows = self.rows_of(others)
        found = np.zeros(len(others), dtype=np.float32)
        found[rows >= 0] = self._made_of(rows[rows >= 0]) @ common.mean
        return found

    def to_sum(self, item_ids: Ints, weights: Floats, shares: FieldShares = EVERY_FIELD) -> Floats:
        """(n): how like the weighted sum of these titles every title is, in [-1, 1].

        Ids that are not here count nothing; 0 for all where nothing is left. 200 titles take 6 ms.
        """
        rows = self.rows_of(item_ids)
        here = rows >= 0
        weighed = sparse.csr_array(weights[here].astype(np.float32)[None, :])
        found: Floats = self._likeness(weighed @ self._made_of(rows[here]), shares)[0]
        return found

    def summed(self, item_ids: Ints, weights: Floats, shares: FieldShares = EVERY_FIELD) -> Summed:
        """The weighted sum of these titles, the part of each field as long as its share is large.

        Ids that are not here count nothing. 150 titles take 0.3 ms.
        """
        rows = self.rows_of(item_ids)
        here = rows >= 0
        rows, weights = rows[here], weights[here].astype(np.float32)
        own = self._made_of(rows)
        values = own.data * np.repeat(weights, np.diff(own.indptr))
        summed = np.bincount(own.indices, values, len(self.fields)).astype(np.float32)
        share = np.array(astuple(shares), dtype=np.float32)
        # Features stand field by field, so a field is one stretch of them.
        bounds = np.searchsorted(self.fields, np.arange(len(share) + 1, dtype=np.int8))
        for number, (start, end) in enumerate(pairwise(bounds.tolist())):
            length = float(np.linalg.norm(summed[start:end]))
            share[number] *= length > 0
            summed[start:end] *= share[number] / max(length, 1e-6)
        summed /= max(float(share.sum()), 1e-6)
        features = np.flatnonzero(summed)
        return Summed(features.astype(np.int32), summed[features])

    def sum_to(self, summed: Summed, others: Ints) -> Floats:
        """(others): what `to_sum` says of these alone; 0 for ids that are not here.

        1,300 others take 0.2 ms.
        """
        rows = self.rows_of(others)
        found = np.zeros(len(others), dtype=np.float32)
        found[rows >= 0] = self.sum_to_rows(summed, rows[rows >= 0])
        return found

    def sum_to_rows(self, summed: Summed, rows: Ints) -> Floats:
        """(rows): what `sum_to` says of the titles in these rows; 30,000 take 2 ms, and 20,000 of a
        million 25."""
        weights = self._of_every_feature(summed)
        found: Floats
        if _ALL_AS_FAST * len(rows) >= len(self):
            found = (self.vectors @ weights)[self.places[rows]]
        else:
            found = self._made_of(rows) @ weights
        return found

    def _made_of(self, rows: Ints) -> sparse.csr_array:
        """(rows, features): the vectors of these titles."""
        return taken(self.vectors, self.places[rows])

    def _of_every_feature(self, summed: Summed) -> Floats:
        found = np.zeros(len(self.fields), dtype=np.float32)
        found[summed.features] = summed.weights
        return found

    def _likeness(self, queries: sparse.csr_array, shares: FieldShares) -> Floats:
        """(queries, n): the cosine of each field, weighed by its share of the query's fields."""
        scaled = self._scaled(queries, shares, of_their_own=True)
        found = np.empty((queries.shape[0], self.vectors.shape[0]), dtype=np.float32)
        # One by one into a dense row: SciPy's product of sparse matrices takes twice to four times
        # as long, since it makes another one of nearly all titles.
        for number, (start, end) in enumerate(pairwise(scaled.indptr.tolist())):
            titles = taken(self.by_feature, scaled.indices[start:end])
            weights = np.repeat(scaled.data[start:end], np.diff(titles.indptr))
            found[number] = np.bincount(titles.indices, titles.data * weights, found.shape[1])
        return found

    def _scaled(
        self, queries: sparse.csr_array, shares: FieldShares, *, of_their_own: bool = False
    ) -> sparse.csr_array:
        """The queries with each field as long as its share of all fields, or of their own."""
        share = np.array(astuple(shares), dtype=np.float32)
        query = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
        part = query * len(share) + self.fields[queries.indices]
        squares = np.bincount(part, queries.data**2, queries.shape[0] * len(share))
        known = (squares > 0).reshape(-1, len(share)) @ share
        if not of_their_own:
            known[:] = share.sum()
        values = queries.data * share[self.fields[queries.indices]]
        values = values / np.sqrt(np.maximum(squares[part], 1e-12)) / np.maximum(known[query], 1e-6)
        return sparse.csr_array(
            (values.astype(np.float32), queries.indices, queries.indptr), shape=queries.shape
        )


def _products(compared: Compared, others: sparse.csr_array) -> Floats:
    """(those known of `compared`, others): their inner products.

    Their features lie in a dense table, which takes half the time of SciPy's product of two
    sparse matrices.
    """
    own, features = compared.scaled, compared.features
    table = np.zeros((len(features) + 1, own.shape[0]), dtype=np.float32)  # the last has none
    table[compared.places, np.repeat(np.arange(own.shape[0]), np.diff(own.indptr))] = own.data
    places = _places_among(features, others.indices, own.shape[1])
    shape = (others.shape[0], len(table))
    in_table = sparse.csr_array((others.data, places, others.indptr), shape=shape)
    return np.asarray((in_table @ table).T, dtype=np.float32)


def _places_among(features: Ints, wanted: Ints, count: int) -> Ints:
    """Where the wanted features, of so many in all, stand among these, ascending; behind all of
    them what does not."""
    if len(features) == 0 or count < _LOOKED_UP_AT_ONCE * len(wanted):
        place_of = np.full(count, len(features), dtype=np.int32)
        place_of[features] = np.arange(len(features), dtype=np.int32)
        return place_of[wanted]
    found = np.minimum(np.searchsorted(features, wanted), len(features) - 1)
    return np.where(features[found] == wanted, found, len(features)).astype(np.int32)


def similarity_of(
    *, version: int, ids: Ints, features: Sequence[Features], votes: Ints | None = None
) -> ItemSimilarity:
    """The matrix of these titles; `features` are those of FieldShares' fields, in their order.

    Each counts by how rare it is: log(n / titles that have it), none where only one title does.
    `votes` of each title tell how many know it.
    """
    if len(features) != len(fields(FieldShares)):
        raise ValueError(f"{len(features)} fields instead of {len(fields(FieldShares))}")
    parts = [_part(len(ids), one) for one in features]
    vectors = _narrow(sparse.csr_array(sparse.hstack(parts, format="csr", dtype=np.float32)))
    order = np.arange(len(ids)) if votes is None else np.argsort(-votes, kind="stable")
    return ItemSimilarity(
        version=version,
        ids=ids,
        places=np.argsort(order).astype(np.int32),
        vectors=taken(vectors, order.astype(np.int32)),
        by_feature=_narrow(sparse.csr_array(vectors.T.tocsr())),
        fields=np.repeat(np.arange(len(parts), dtype=np.int8), [part.shape[1] for part in parts]),
    )


def _narrow(matrix: sparse.csr_array) -> sparse.csr_array:
    """The matrix with places of 32 bits: a third of the memory less, and read faster."""
    places = (matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32))
    return sparse.csr_array((matrix.data, *places), shape=matrix.shape)


def _part(titles: int, features: Features) -> sparse.csr_array:
    """(titles, features) of one field, rows at unit length or empty."""
    count = int(features.numbers.max(initial=-1)) + 1
    pairs = np.unique(np.stack([features.rows, features.numbers]), axis=1)
    having = np.bincount(pairs[1], minlength=count)
    informative = having >= _FEWEST_TITLES
    if count > _OPEN_VOCABULARY:
        informative &= having <= _MOST_OF_ALL * titles
    rows, numbers = pairs[:, informative[pairs[1]]]
    # What every title has is not rare at all, and alike all the same: a catalogue of films alone.
    rarity = np.log((titles + 1) / np.maximum(having, 1))[numbers]
    length = np.sqrt(np.bincount(rows, rarity**2, minlength=titles))
    values = (rarity / length[rows]).astype(np.float32)
    number = np.cumsum(informative) - 1
    shape = (titles, int(informative.sum()))
    return sparse.csr_array((values, (rows, number[numbers])), shape=shape)
