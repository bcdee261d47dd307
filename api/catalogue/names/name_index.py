"""Everything that things are called, resident, to find them by what somebody typed.

A name is an entry; an entry belongs to a thing (a title, a person), which may have several. Matches
are graded: the very name, names that begin so, names with all the words, names but for a slip,
names with most of the words. Of one grade the most famous comes first.

Built once from rows and never changed, so threads share it. 30,000 titles with 43,000 names take
1.4 s; 98,000 people 1.7.
"""

import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from api.catalogue.names.canonical import (
    forms_of,
    is_written_without_spaces,
    key_of,
    without_article,
)
from api.catalogue.names.near_words import NearWords
from api.catalogue.names.sorted_strings import SortedStrings
from api.domain.arrays import Floats, Ints, Mask

EXACT, BEGINNING, ALL_WORDS, SLIP, MOST_WORDS = range(5)
_LONGEST_PAIR = 16  # letters of two words that people write as one
_MOST_COVERED = 8  # words of a query that the last grade goes by
_MOST_MISTYPED = 8  # words of a name in which slips are looked for one by one
_NOTHING = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Match:
    """A thing by its place in what the index was made of, and how well its name fits."""

    row: int
    grade: int


class NameIndex:
    """Names of things that are told apart by their place in what the index was made of."""

    def __init__(self, names: Iterable[tuple[int, str]], fame: Floats) -> None:
        """`names` are of the thing at each place; `fame` of all things tells ties apart."""
        self.fame = fame
        keys, spaced, words, pairs = _Entries(), _Entries(), _Entries(), _Entries()
        unspaced: list[tuple[str, int]] = []
        for row, name in names:
            forms = forms_of(name)
            for parts in forms:
                keys.add("".join(parts) or key_of(name), row)
                spaced.add(" ".join(parts), row)
                short = without_article(parts)
                if len(short) < len(parts):
                    keys.add("".join(short), row)
                    spaced.add(" ".join(short), row)
                for one, other in itertools.pairwise(parts):
                    if len(one) + len(other) <= _LONGEST_PAIR:
                        pairs.add(one + other, row)
            for word in {word for parts in forms for word in parts}:
                words.add(word, row)
            if is_written_without_spaces(name):
                unspaced.append((key_of(name), row))
        self._by_key, self._by_beginning = keys.sorted(), spaced.sorted()
        # "spiderman" is typed for "Spider-Man", also where other words are around it.
        self._by_word, self._by_pair = words.sorted(), pairs.sorted()
        self._unspaced = unspaced
        self._near_keys = NearWords(self._by_key)
        self._near_words = NearWords(self._by_word)

    def __len__(self) -> int:
        return len(self.fame)

    def matches(self, typed: str) -> Iterator[Match]:
        """Names that have every word, the best first, each thing once; the last word may be
        unfinished."""
        seen = np.zeros(len(self.fame), dtype=np.bool_)
        forms = forms_of(typed)
        yield from self._graded(EXACT, self.exact(typed), seen)
        yield from self._graded(BEGINNING, _either(map(self._beginning, forms)), seen)
        yield from self._graded(ALL_WORDS, _either(map(self._with_all, forms)), seen)
        if is_written_without_spaces(typed):
            key = key_of(typed)
            within = [row for name, row in self._unspaced if key in name]
            yield from self._graded(ALL_WORDS, np.array(within, dtype=np.int32), seen)

    def near_matches(self, typed: str) -> Iterator[Match]:
        """Names that were meant but for a slip anywhere in them."""
        return self._loosely(typed, (self._but_for_a_slip,), with_most=False)

    def loose_matches(self, typed: str, *, with_most: bool = True) -> Iterator[Match]:
        """Likewise; where there are none, names that have every word but for a slip in some; where
        there are none of these either, names that have most of the words."""
        looks = (self._but_for_a_slip, self._with_all_nearly)
        return self._loosely(typed, looks, with_most=with_most)

    def _loosely(
        self, typed: str, looks: Iterable[Callable[[Sequence[str]], Ints]], *, with_most: bool
    ) -> Iterator[Match]:
        seen = np.zeros(len(self.fame), dtype=np.bool_)
        forms = [words for words in forms_of(typed) if words]
        for look in looks:
            if not seen.any():
                yield from self._graded(SLIP, _either(map(look, forms)), seen)
        if with_most and not seen.any():
            for words in forms[:1]:
                for rows in self._with_most(words):
                    yield from self._graded(MOST_WORDS, rows, seen)

    def exact(self, typed: str) -> Ints:
        """The rows that are called exactly so, or so without the article they begin with."""
        keys = {"".join(words) or key_of(typed) for words in forms_of(typed)}
        return _either(map(self._by_key.equal, keys))

    def _graded(self, grade: int, rows: Ints, seen: Mask) -> Iterator[Match]:
        """Those that were not seen yet, each once, the most famous first; they are now."""
        fresh = np.unique(rows[~seen[rows]])
        seen[fresh] = True
        for row in fresh[np.lexsort((fresh, -self.fame[fresh]))].tolist():
            yield Match(row, grade)

    def _beginning(self, words: Sequence[str]) -> Ints:
        if not words:
            return _NOTHING
        begins = self._by_beginning.beginning(" ".join(words))
        if len(words) == 1:  # "spiderm" of Spider-Man
            begins = np.concatenate([begins, self._by_key.beginning(words[0])])
        return begins

    def _with_all(self, words: Sequence[str]) -> Ints:
        if not words:
            return _NOTHING
        whole = [self._rows_of(word) for word in words[:-1]]
        return _common([*whole, self._rows_of(words[-1], unfinished=True)])

    def _but_for_a_slip(self, words: Sequence[str]) -> Ints:
        return _either(map(self._by_key.equal, self._near_keys.nearest("".join(words))))

    def _with_all_nearly(self, words: Sequence[str]) -> Ints:
        """With what unknown words may have meant or, where all are known, any of them."""
        if len(words) > _MOST_MISTYPED:  # a text, whose words would take 10 ms each
            return _NOTHING
        last = len(words) - 1
        is_known = [
            self._by_word.has(word, unfinished=place == last) for place, word in enumerate(words)
        ]
        found = []
        for place, word in enumerate(words):
            rows = [self._rows_of(word, unfinished=place == last)]
            if not is_known[place] or all(is_known):
                rows += self._nearly(word, unfinished=place == last)
            found.append(np.concatenate(rows))
        return _common(found)

    def _nearly(self, word: str, *, unfinished: bool) -> list[Ints]:
        """Rows of the nearest whole words or, where there are none, of the nearest beginnings."""
        if near := self._near_words.nearest(word):
            return [self._by_word.equal(one) for one in near]
        if not unfinished:
            return []
        near = self._near_words.nearest(word, unfinished=True)
        return [self._by_word.beginning(one) for one in near]

    def _rows_of(self, word: str, *, unfinished: bool = False) -> Ints:
        by = (self._by_word, self._by_pair)
        return np.concatenate(
            [one.beginning(word) if unfinished else one.equal(word) for one in by]
        )

    def _with_most(self, words: Sequence[str]) -> Iterator[Ints]:
        """By the weight of the words that names have, the rarer the weightier; most first."""
        weight = np.zeros(len(self.fame), dtype=np.float32)
        total = 0.0
        for word in dict.fromkeys(words[:_MOST_COVERED]):
            rows = np.unique(self._rows_of(word))
            of_word = float(np.log1p(len(self.fame) / (1 + len(rows))))
            total += of_word
            weight[rows] += of_word
        enough = np.flatnonzero(weight >= total / 2)
        for least in np.unique(weight[enough])[::-1]:
            yield enough[weight[enough] == least].astype(np.int32)


class _Entries:
    """Strings with their rows, before they are sorted."""

    def __init__(self) -> None:
        self._strings, self._rows = list[str](), array("i")

    def add(self, string: str, row: int) -> None:
        self._strings.append(string)
        self._rows.append(row)

    def sorted(self) -> SortedStrings:
        return SortedStrings(self._strings, self._rows)


def _either(found: Iterable[Ints]) -> Ints:
    """Rows that are in any, some of them twice."""
    return np.concatenate([_NOTHING, *found])


def _common(found: Sequence[Ints]) -> Ints:
    """Rows that are in each."""
    shortest_first = sorted((np.unique(rows) for rows in found), key=len)
    return reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), shortest_first)
