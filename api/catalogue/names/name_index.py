"""Everything that things are called, resident, to find them by what somebody typed.

A name is an entry; an entry belongs to a thing (a title, a person), which may have several. Matches
are graded: the very name, names that begin so, names that sound so ("too fast too furious") and
then those with all the words, names but for a slip, names with most of the words. Of one grade the
most famous comes first.

Built once from rows and never changed, so threads share it. 30,000 titles with 43,000 names take
1.4 s; 98,000 people 1.7.
"""

import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from api.catalogue.names.canonical import (
    as_they_sound,
    forms_of,
    is_written_without_spaces,
    key_of,
    with_digits_as_letters,
    without_article,
    words_of,
)
from api.catalogue.names.near_words import NearWords
from api.catalogue.names.sorted_strings import SortedStrings
from api.domain.arrays import Arrays, Floats, Ints, Mask, part_of, put_under

EXACT, BEGINNING, ALL_WORDS, SLIP, MOST_WORDS = range(5)
_LONGEST_PAIR = 16  # letters of two words that people write as one
_MOST_COVERED = 8  # words of a query that the last grade goes by
_MOST_MISTYPED = 8  # words of a name in which slips are looked for one by one
_FEW = 100  # fewer than this part of all are sorted; more are marked among all, which is faster
_AT_ONCE = 256
_NOTHING = np.empty(0, dtype=np.int32)
_STRINGS = ("keys", "given", "spaced", "words", "pairs", "unspaced")


@dataclass(frozen=True, slots=True)
class Match:
    """A thing by its place in what the index was made of, and how well its name fits."""

    row: int
    grade: int


@dataclass(frozen=True, slots=True, eq=False)
class Grade:
    """Everything that fits as well, by its places, the most famous first."""

    grade: int
    rows: Ints


class NameIndex:
    """Names of things that are told apart by their place in what the index was made of.

    Within, things are known by their rank, 0 for the most famous: what was found is in order of
    fame without being sorted by it.
    """

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self.fame: Floats = arrays["fame"]
        self._rows: Ints = arrays["rows"]  # by rank
        part = partial(part_of, arrays)
        self._by_key = SortedStrings(part("keys"))
        self._given = SortedStrings(part("given"))
        self._by_beginning = SortedStrings(part("spaced"))
        # "spiderman" is typed for "Spider-Man", also where other words are around it.
        self._by_word = SortedStrings(part("words"))
        self._by_pair = SortedStrings(part("pairs"))
        self._unspaced = SortedStrings(part("unspaced"))
        self._near_keys = NearWords(self._by_key, part("near_keys"))
        self._near_words = NearWords(self._by_word, part("near_words"))

    @classmethod
    def of(
        cls,
        names: Iterable[tuple[int, str]],
        fame: Floats,
        *,
        given: Iterable[tuple[int, str]] = (),
    ) -> Self:
        """`names` are of the thing at each place; `fame` of all things tells ties apart. Names
        that are `given` to things count as a whole, where nothing bears them."""
        entries = {name: _Entries() for name in _STRINGS}
        for row, name in names:
            _enter(entries, row, name)
        borne = entries["keys"].all()
        for row, name in given:
            if key_of(name) not in borne:
                _enter_whole(entries["given"], row, words_of(name))
        rows = np.lexsort((np.arange(len(fame)), -fame)).astype(np.int32)
        ranks = np.empty_like(rows)
        ranks[rows] = np.arange(len(rows), dtype=np.int32)
        strings = {name: one.sorted(ranks) for name, one in entries.items()}
        arrays: dict[str, NDArray[Any]] = {"fame": fame, "rows": rows}
        for name, one in strings.items():
            arrays |= put_under(name, one.arrays)
        arrays |= put_under("near_keys", NearWords.of(strings["keys"], unfinished=False).arrays)
        arrays |= put_under("near_words", NearWords.of(strings["words"]).arrays)
        return cls(arrays)

    def __len__(self) -> int:
        return len(self._rows)

    def matches(self, typed: str) -> Iterator[Match]:
        """Names that have every word, the best first, each thing once; the last word may be
        unfinished."""
        return one_by_one(self.with_every_word(typed))

    def with_every_word(self, typed: str) -> Iterator[Grade]:
        """Likewise, as many rows at a time as are of one grade."""
        seen = np.zeros(len(self), dtype=np.bool_)
        forms = forms_of(typed)
        yield self._graded(EXACT, self._exact(typed), seen)
        yield self._graded(BEGINNING, _either(map(self._beginning, forms)), seen)
        # "How 2 Train Your Dragon" is no second part.
        yield self._graded(ALL_WORDS, self._sounding(words_of(typed)), seen)
        # Few numbers are typed before their end: "episode 1" is no 1977.
        counted = [words for words in forms if words and words[-1].isdecimal()]
        yield self._graded(ALL_WORDS, _either(map(self._with_all_whole, counted)), seen)
        yield self._graded(ALL_WORDS, _either(map(self._with_all, forms)), seen)
        if is_written_without_spaces(typed):
            yield self._graded(ALL_WORDS, self._unspaced.containing(key_of(typed)), seen)

    def with_whole_words(self, typed: str) -> Iterator[Match]:
        """Things whose names have every word, the last one whole too, the most famous first."""
        forms = [words for words in forms_of(typed) if words]
        seen = np.zeros(len(self), dtype=np.bool_)
        found = _either(map(self._with_all_whole, forms))
        return one_by_one([self._graded(ALL_WORDS, found, seen)])

    def but_for_a_slip(self, typed: str) -> Iterator[Grade]:
        """Names that were meant but for a slip anywhere in them."""
        return self._loosely(typed, (self._but_for_a_slip,), with_most=False)

    def loose_matches(self, typed: str) -> Iterator[Match]:
        """Names that were meant but for slips, or have most of the words, the best first."""
        return one_by_one(self.loosely(typed))

    def loosely(self, typed: str, *, with_most: bool = True) -> Iterator[Grade]:
        """Names that were meant but for a slip; where there are none, names that have every word
        but for a slip in some; where there are none of these either, names that have most of the
        words."""
        looks = (self._but_for_a_slip, self._with_all_nearly)
        return self._loosely(typed, looks, with_most=with_most)

    def exact(self, typed: str) -> Ints:
        """The rows that are called exactly so, or so without the article they begin with."""
        return self._rows[self._exact(typed)]

    def _loosely(
        self, typed: str, looks: Iterable[Callable[[Sequence[str]], Ints]], *, with_most: bool
    ) -> Iterator[Grade]:
        seen = np.zeros(len(self), dtype=np.bool_)
        forms = [words for words in forms_of(typed) if words]
        for look in looks:
            if not seen.any():
                yield self._graded(SLIP, _either(map(look, forms)), seen)
        if with_most and not seen.any():
            for words in forms[:1]:
                for ranks in self._with_most(words):
                    yield self._graded(MOST_WORDS, ranks, seen)

    def _exact(self, typed: str) -> Ints:
        keys = {"".join(words) or key_of(typed) for words in forms_of(typed)}
        return _either(one.equal(key) for one in (self._by_key, self._given) for key in keys)

    def _sounding(self, words: Sequence[str]) -> Ints:
        return _either(self._by_key.equal("".join(way)) for way in as_they_sound(words))

    def _graded(self, grade: int, ranks: Ints, seen: Mask) -> Grade:
        """Those that were not seen yet, each once, the most famous first; they are now."""
        fresh = _each_once(ranks[~seen[ranks]], len(self))
        seen[fresh] = True
        return Grade(grade, self._rows[fresh])

    def _beginning(self, words: Sequence[str]) -> Ints:
        if not words:
            return _NOTHING
        begins = self._by_beginning.beginning(" ".join(words))
        if len(words) == 1:  # "spiderm" of Spider-Man
            begins = np.concatenate([begins, self._by_key.beginning(words[0])])
        return begins

    def _with_all_whole(self, words: Sequence[str]) -> Ints:
        return _common([self._ranks_of(word) for word in words], len(self))

    def _with_all(self, words: Sequence[str]) -> Ints:
        if not words:
            return _NOTHING
        whole = [self._ranks_of(word) for word in words[:-1]]
        return _common([*whole, self._ranks_of(words[-1], unfinished=True)], len(self))

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
            ranks = [self._ranks_of(word, unfinished=place == last)]
            if not is_known[place] or all(is_known):
                ranks += self._nearly(word, unfinished=place == last)
            found.append(np.concatenate(ranks))
        return _common(found, len(self))

    def _nearly(self, word: str, *, unfinished: bool) -> list[Ints]:
        """Ranks of the nearest whole words or, where there are none, of the nearest beginnings."""
        if near := self._near_words.nearest(word):
            return [self._by_word.equal(one) for one in near]
        if not unfinished:
            return []
        near = self._near_words.nearest(word, unfinished=True)
        return [self._by_word.beginning(one) for one in near]

    def _ranks_of(self, word: str, *, unfinished: bool = False) -> Ints:
        by = (self._by_word, self._by_pair)
        return np.concatenate(
            [one.beginning(word) if unfinished else one.equal(word) for one in by]
        )

    def _with_most(self, words: Sequence[str]) -> Iterator[Ints]:
        """By the weight of the words that names have, the rarer the weightier; most first."""
        weight = np.zeros(len(self), dtype=np.float32)
        total = 0.0
        for word in dict.fromkeys(words[:_MOST_COVERED]):
            ranks = _each_once(self._ranks_of(word), len(self))
            of_word = float(np.log1p(len(self) / (1 + len(ranks))))
            total += of_word
            weight[ranks] += of_word
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

    def all(self) -> frozenset[str]:
        return frozenset(self._strings)

    def sorted(self, ranks: Ints) -> SortedStrings:
        own = ranks[np.frombuffer(self._rows, dtype=np.int32)] if self._rows else _NOTHING
        return SortedStrings.of(self._strings, own)


def _enter(entries: Mapping[str, _Entries], row: int, name: str) -> None:
    forms = forms_of(name)
    if (read := with_digits_as_letters(name)) != name:
        forms = (*forms, *forms_of(read))
    for parts in forms:
        _enter_whole(entries["keys"], row, parts or (key_of(name),))
        entries["spaced"].add(" ".join(parts), row)
        short = without_article(parts)
        if len(short) < len(parts):
            entries["spaced"].add(" ".join(short), row)
        for one, other in itertools.pairwise(parts):
            if len(one) + len(other) <= _LONGEST_PAIR:
                entries["pairs"].add(one + other, row)
    for word in {word for parts in forms for word in parts}:
        entries["words"].add(word, row)
    if is_written_without_spaces(name):
        entries["unspaced"].add(key_of(name), row)


def _enter_whole(entries: _Entries, row: int, parts: Sequence[str]) -> None:
    entries.add("".join(parts), row)
    short = without_article(parts)
    if len(short) < len(parts):
        entries.add("".join(short), row)


def one_by_one(grades: Iterable[Grade]) -> Iterator[Match]:
    """The rows of each grade as matches; of a large one only as many as are asked for."""
    for found in grades:
        for start in range(0, len(found.rows), _AT_ONCE):
            for row in found.rows[start : start + _AT_ONCE].tolist():
                yield Match(row, found.grade)


def _either(found: Iterable[Ints]) -> Ints:
    """Ranks that are in any, some of them twice."""
    return np.concatenate([_NOTHING, *found])


def _common(found: Sequence[Ints], size: int) -> Ints:
    """Ranks that are in each, each once, in ascending order."""
    shortest, *others = sorted(found, key=len)
    for other in others:
        shortest = shortest[_mask_of(other, size)[shortest]]
    return _each_once(shortest, size)


def _each_once(ranks: Ints, size: int) -> Ints:
    """The different ranks below `size`, in ascending order."""
    if len(ranks) * _FEW < size:
        return np.unique(ranks)
    return np.flatnonzero(_mask_of(ranks, size)).astype(np.int32)


def _mask_of(ranks: Ints, size: int) -> Mask:
    mask = np.zeros(size, dtype=np.bool_)
    mask[ranks] = True
    return mask
