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

from api.catalogue.names.sorted_strings import SortedStrings
from api.domain.arrays import Arrays, part_of, put_under

_MOST_MEANT = 200  # for one number of edits
_SHORTEST_MISTYPED = 4
_TWO_EDITS_FROM = 7  # letters
_SHORTEST_MISTYPED_NAME = 5
_NUMBER = re.compile(r"\d+")
_LENGTHS = 2  # letters that a mistyped name may be longer or shorter


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
        places = laid.alike(typed, length, edits)
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
    changes two at most, which leaves one string of fifty to compare."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._bounds, self._places = arrays["bounds"], arrays["places"]
        self._letters: NDArray[np.uint32] = arrays["letters"]

    @classmethod
    def of(cls, strings: Sequence[Sequence[tuple[int, str]]]) -> Self:
        """`strings[n]` are those of n letters, each with its place."""
        lengths = np.array([0, *map(len, strings)], dtype=np.int64)
        letters = [_letters_of([one for _, one in some]) for some in strings]
        return cls(
            {
                "bounds": np.cumsum(lengths),
                "places": np.array([place for some in strings for place, _ in some], np.int32),
                "letters": np.concatenate([np.empty(0, np.uint32), *letters]),
            }
        )

    def alike(self, typed: str, length: int, edits: int) -> list[int]:
        """The places of those of this length that may be so many edits from it."""
        if length + 1 >= len(self._bounds):
            return []
        own = slice(self._bounds[length], self._bounds[length + 1])
        changed = np.bitwise_count(self._letters[own] ^ _letters_of([typed])[0])
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


def _letters_of(strings: Sequence[str]) -> NDArray[np.uint32]:
    """32 bits each, of strings of one length; letters that share a bit only let more pass."""
    if not strings or not strings[0]:
        return np.zeros(len(strings), dtype=np.uint32)
    points = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
    bits = np.left_shift(np.uint32(1), points % np.uint32(32))
    found: NDArray[np.uint32] = np.bitwise_or.reduce(bits.reshape(len(strings), -1), axis=1)
    return found


class NearNames:
    """Of whole names within a text, where a wrong guess costs more: nobody mistypes the first
    letter or a number, and comparing only names that share them takes a twentieth."""

    def __init__(self, names: Iterable[str]) -> None:
        self._alike = defaultdict[tuple[str, int, str], list[str]](list)
        for name in names:
            if len(name) >= _SHORTEST_MISTYPED_NAME:
                self._alike[name[0], len(name), _numbers(name)].append(name)

    def nearest(self, name: str) -> str | None:
        """The name with the fewest edits; see `edits_of`."""
        edits = edits_of(name)
        if not edits:
            return None
        best: tuple[float, int, str] | None = None
        reach, numbers = min(_LENGTHS, edits), _numbers(name)
        for length in range(len(name) - reach, len(name) + reach + 1):
            alike = self._alike.get((name[0], length, numbers), ())
            found = process.extractOne(name, alike, scorer=OSA.distance, score_cutoff=edits)
            if found is not None:
                candidate = (found[1], abs(length - len(name)), found[0])
                best = candidate if best is None else min(best, candidate)
        return None if best is None else best[2]


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
