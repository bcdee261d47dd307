"""The words of titles' names, in memory, for finding titles that are named like what somebody asks.

A column of the database with its index would cost a long text 40 ms: of twenty words some are in
thousands of names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from api.catalogue.names.sorted_strings import SortedStrings
from api.domain.arrays import Arrays, Bits, Floats, Ints, is_among, part_of, put_under

# A name with no other word than one that a tenth of all names have, "the", says nothing of what is
# asked for, unless no other word is. Of a small catalogue a tenth is not many.
_COMMON, _COMMON_FROM = 0.1, 1000


@dataclass(frozen=True, slots=True, eq=False)
class NameMatches:
    """Names that have words of a text."""

    rows: Ints  # ascending
    scores: Floats  # in (0, 1]
    words: Bits  # that each has of those asked for: the first is bit 0


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """Postings, word for word: 4 bytes each, 1 MB for 30,000 titles."""

    lengths: Ints  # of titles, in different words
    places: SortedStrings  # each word once, with its place in `starts`
    starts: Ints  # of each word's stretch of `titles`
    titles: Ints  # rows

    @classmethod
    def of(cls, names: Sequence[str]) -> Self:
        """Of folded names, row for row."""
        places: dict[str, int] = {}
        lengths = np.zeros(len(names), dtype=np.int32)
        pairs: list[tuple[int, int]] = []
        for row, name in enumerate(names):
            words = set(name.split())
            lengths[row] = len(words)
            pairs += [(places.setdefault(word, len(places)), row) for word in words]
        table = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)
        counts = np.bincount(table[:, 0], minlength=len(places))
        return cls(
            lengths,
            SortedStrings.of(list(places), list(places.values())),
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
            np.ascontiguousarray(table[:, 1]),
        )

    def matching(self, words: Sequence[str]) -> NameMatches:
        """The names that have one of these different words, 64 at most.

        Each scores the share of the words that it has times the share of it that they are: 1 for
        the name itself, little for a long text that happens to hold a short name. A million names
        take 1.4 ms, most of it for words that many of them have.
        """
        having = [self._having(word) for word in words]
        common = max(_COMMON * len(self.lengths), _COMMON_FROM)
        rare = [rows for rows in having if len(rows) <= common]
        is_meant = np.zeros(len(self.lengths), dtype=np.bool_)
        for one in rare if any(map(len, rare)) else having:
            is_meant[one] = True
        rows = np.flatnonzero(is_meant).astype(np.int32)
        found = np.zeros(len(rows), dtype=np.uint64)
        for bit, one in enumerate(having):
            found |= is_among(rows, one).astype(np.uint64) << np.uint64(bit)
        hits = np.bitwise_count(found).astype(np.float32)
        lengths = np.maximum(self.lengths[rows], 1).astype(np.float32)
        return NameMatches(rows, hits * hits / (max(len(words), 1) * lengths), found)

    def arrays(self) -> Arrays:
        """All, for of_arrays."""
        own = {"lengths": self.lengths, "starts": self.starts, "titles": self.titles}
        return own | dict(put_under("places", self.places.arrays))

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        places = SortedStrings(part_of(arrays, "places"))
        return cls(arrays["lengths"], places, arrays["starts"], arrays["titles"])

    def _having(self, word: str) -> Ints:
        """Rows of the titles whose names have the word."""
        if (place := self.places.only(word)) is None:
            return self.titles[:0]
        return self.titles[self.starts[place] : self.starts[place + 1]]
