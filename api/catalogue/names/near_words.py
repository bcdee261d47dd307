"""What a mistyped word or name may have meant, among the strings that there are.

Slips are edits by optimal string alignment: a swap of two neighbours is one, as a typist makes it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from api.catalogue.names.name_table import NameTable
from api.catalogue.names.sorted_strings import SortedStrings
from api.domain.arrays import Arrays, Ints, part_of, put_under

_MOST_MEANT = 200  # for one number of edits
_SHORTEST_MISTYPED = 4
_TWO_EDITS_FROM = 7  # letters
_SHORTEST_MISTYPED_NAME = 5
_NUMBER = re.compile(r"\d+")
_LENGTHS = 2  # letters that a mistyped name may be longer or shorter
_LETTERS = 32  # that are told apart


class NearWords:
    """Of single words, and of names that people type.

    Among a million strings a word takes some 10 ms.
    """

    def __init__(self, strings: SortedStrings, arrays: Arrays) -> None:
        """Over the strings and the arrays that were made of them, which are not copied."""
        self._strings = strings
        self.arrays = arrays
        self._whole = _ByLength(part_of(arrays, "whole"))
        self._begun = _ByLength(part_of(arrays, "begun"))

    @classmethod
    def of(cls, strings: SortedStrings, *, unfinished: bool = True) -> Self:
        """Lays the strings out by length; their beginnings only for `unfinished` words."""
        whole, begun = _laid_out(strings, unfinished=unfinished)
        return cls(
            strings,
            {
                **put_under("whole", _ByLength.of(whole).arrays),
                **put_under("begun", _ByLength.of(begun).arrays),
            },
        )

    def nearest(self, typed: str, *, unfinished: bool = False) -> list[str]:
        """The strings at one edit or, where there are none and the word is long, at two.

        With `unfinished` the beginnings of longer strings count.
        """
        edits = 0 if len(typed) < _SHORTEST_MISTYPED else 1 + (len(typed) >= _TWO_EDITS_FROM)
        for most in range(1, edits + 1):
            lengths = range(len(typed) - most, len(typed) + most + 1)
            near = [
                found
                for length in lengths
                for found in self._within(most, typed, length, unfinished=unfinished)
            ]
            if near:
                return near[:_MOST_MEANT]
        return []

    def _within(self, edits: int, typed: str, length: int, *, unfinished: bool) -> list[str]:
        laid = self._begun if unfinished else self._whole
        places = laid.alike(_letters_of(typed), length, edits)
        found = process.extract(
            typed,
            [self._strings.text_at(place)[:length] for place in places],
            scorer=OSA.distance,
            score_cutoff=edits,
            limit=_MOST_MEANT,
        )
        return [one for one, _, _ in found if one != typed]


class _ByLength:
    """Strings of each length by their places, with the letters that each has as bits: an edit
    changes two at most, which leaves one string of some hundreds to compare."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._bounds, self._places = arrays["bounds"], arrays["places"]
        self._letters: NDArray[np.uint64] = arrays["letters"]

    @classmethod
    def of(cls, strings: Sequence[Sequence[tuple[int, str]]]) -> Self:
        """`strings[n]` are those of n letters, each with its place."""
        lengths = np.array([0, *map(len, strings)], dtype=np.int64)
        letters = [_letters_of_each([one for _, one in some]) for some in strings]
        return cls(
            {
                "bounds": np.cumsum(lengths),
                "places": np.array([place for some in strings for place, _ in some], np.int32),
                "letters": np.concatenate([np.empty(0, np.uint64), *letters]),
            }
        )

    def alike(self, letters: np.uint64, length: int, edits: int) -> list[int]:
        """The places of those of this length that may be so many edits from these letters."""
        if length + 1 >= len(self._bounds):
            return []
        own = slice(self._bounds[length], self._bounds[length + 1])
        changed = np.bitwise_count(self._letters[own] ^ letters)
        found: list[int] = self._places[own][changed <= 2 * edits].tolist()
        return found


_Laid = list[list[tuple[int, str]]]


def _laid_out(strings: SortedStrings, *, unfinished: bool) -> tuple[_Laid, _Laid]:
    """Every string once, and every beginning of one once, by length and with a place of it."""
    whole, begun = _Laid(), _Laid()
    before = None
    for place in range(len(strings)):
        one = strings.text_at(place)
        if one != before:
            _put(whole, place, one)
            # Sorted, so that whose beginning is there has its shorter ones there too.
            length = len(one) if unfinished else 0
            while length and _put(begun, place, one[:length]):
                length -= 1
        before = one
    return whole, begun


def _put(laid: _Laid, place: int, one: str) -> bool:
    """Whether it was not there yet."""
    while len(laid) <= len(one):
        laid.append([])
    own = laid[len(one)]
    is_new = not own or own[-1][1] != one
    if is_new:
        own.append((place, one))
    return is_new


def _letters_of_each(strings: Sequence[str]) -> NDArray[np.uint64]:
    """`_letters_of` of strings of one length."""
    if not strings or not strings[0]:
        return np.zeros(len(strings), dtype=np.uint64)
    points = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
    once = twice = np.zeros(len(strings), dtype=np.uint64)
    for letter in (points % np.uint32(_LETTERS)).astype(np.uint64).reshape(len(strings), -1).T:
        bit = np.left_shift(np.uint64(1), letter)
        twice = twice | (once & bit)
        once = once | bit
    return np.asarray(once | np.left_shift(twice, np.uint64(_LETTERS)), dtype=np.uint64)


def _letters_of(text: str) -> np.uint64:
    """A bit for each letter that it has, and one for each that it has twice and more.

    Letters that share a bit only let more pass.
    """
    once = twice = 0
    for letter in text:
        bit = 1 << ord(letter) % _LETTERS
        twice |= once & bit
        once |= bit
    return np.uint64(once | twice << _LETTERS)


class NearNames:
    """Of whole names within a text, where a wrong guess costs more: nobody mistypes the first
    letter or a number, and comparing only names that share them takes a twentieth."""

    def __init__(self, names: NameTable, arrays: Arrays) -> None:
        """Over a table's names and the arrays that were made of them, which are not copied."""
        self._names = names
        self.arrays = arrays
        self._groups = NameTable(part_of(arrays, "groups"))
        self._bounds = arrays["bounds"].data
        self._places: Ints = arrays["places"]
        self._letters: NDArray[np.uint64] = arrays["letters"]

    @classmethod
    def of(cls, names: NameTable, meant: Iterable[str]) -> Self:
        """Of those names of the table that may be meant."""
        alike = defaultdict[str, dict[str, int]](dict)
        for name in meant:
            if len(name) >= _SHORTEST_MISTYPED_NAME:
                alike[_group(name, len(name))].setdefault(name, names.place_of(name))
        places = [place for own in alike.values() for place in own.values()]
        letters = [_letters_of_each(list(own)) for own in alike.values()]
        return cls(
            names,
            {
                **put_under("groups", NameTable.of(list(alike), range(len(alike))).arrays),
                "bounds": np.cumsum([0, *map(len, alike.values())], dtype=np.int64),
                "places": np.array(places, dtype=np.int32),
                "letters": np.concatenate([np.empty(0, np.uint64), *letters]),
            },
        )

    def nearest(self, name: str) -> list[str]:
        """The names with the fewest edits, one at least; none where all have more than
        `edits_of`."""
        edits = edits_of(name)
        reach = min(_LENGTHS, edits)
        near: list[tuple[str, float]] = []
        letters = _letters_of(name)
        for length in range(len(name) - reach, len(name) + reach + 1) if edits else ():
            alike = self._alike(name, letters, length, edits)
            found = process.extract(
                name, alike, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_MEANT
            )
            near += [(one, distance) for one, distance, _ in found if distance]
        fewest = min((distance for _, distance in near), default=0)
        return [one for one, distance in near if distance == fewest]

    def _alike(self, name: str, letters: np.uint64, length: int, edits: int) -> list[str]:
        """The names of this length that may be so many edits from it."""
        found = self._groups.get(_group(name, length))
        if not found:
            return []
        (group,) = found
        own = slice(self._bounds[group], self._bounds[group + 1])
        changed = np.bitwise_count(self._letters[own] ^ letters)
        places = self._places[own][changed <= 2 * edits].tolist()
        return [self._names.name_at(place) for place in places]


def _group(name: str, length: int) -> str:
    """What the names of this length that this one may be mistyped for have in common."""
    return f"{name[0]}{length} {_numbers(name)}"


def edits_of(name: str) -> int:
    """How many slips a name of a text may have: one per five letters, three at most."""
    return min(len(name) // _SHORTEST_MISTYPED_NAME, 3)


def is_a_slip(name: str, other: str) -> bool:
    """Whether `name` may be `other` mistyped in a text."""
    edits = edits_of(name)
    if not edits or other[:1] != name[0] or _numbers(name) != _numbers(other):
        return False
    return bool(OSA.distance(name, other, score_cutoff=edits) <= edits)


def _numbers(name: str) -> str:
    return " ".join(_NUMBER.findall(name))
