"""What a mistyped word or name may have meant, among the strings that there are.

Slips are edits by optimal string alignment: a swap of two neighbours is one, as a typist makes it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from api.catalogue.names.sorted_strings import SortedStrings

_MOST_MEANT = 200  # for one number of edits
_SHORTEST_MISTYPED = 4
_TWO_EDITS_FROM = 7  # letters
_SHORTEST_MISTYPED_NAME = 5
_NUMBER = re.compile(r"\d+")
_LENGTHS = 2  # letters that a mistyped name may be longer or shorter


class NearWords:
    """Of single words, and of names that people type.

    Strings are laid out by length when the first slip is looked for. Among a million strings a word
    takes some 10 ms.
    """

    def __init__(self, strings: SortedStrings) -> None:
        self._strings = strings

    def nearest(self, typed: str, *, unfinished: bool = False) -> list[str]:
        """The strings at one edit or, where there are none and the word is long, at two.

        With `unfinished` the beginnings of longer strings count.
        """
        edits = 0 if len(typed) < _SHORTEST_MISTYPED else 1 + (len(typed) >= _TWO_EDITS_FROM)
        for most in range(1, edits + 1):
            near = [
                found
                for length in range(len(typed) - most, len(typed) + most + 1)
                for found, _, _ in process.extract(
                    typed,
                    self._of_length(length, unfinished=unfinished).alike(typed, most),
                    scorer=OSA.distance,
                    score_cutoff=most,
                    limit=_MOST_MEANT,
                )
                if found != typed
            ]
            if near:
                return near[:_MOST_MEANT]
        return []

    def _of_length(self, length: int, *, unfinished: bool) -> "_OfLength":
        if not unfinished:
            return self._by_length.get(length, _NONE)
        if length not in self._beginnings:
            beginnings = {
                one[:length]
                for longer, strings in self._by_length.items()
                if longer >= length
                for one in strings.strings
            }
            self._beginnings[length] = _OfLength(sorted(beginnings))
        return self._beginnings[length]

    @cached_property
    def _by_length(self) -> "dict[int, _OfLength]":
        found = defaultdict[int, list[str]](list)
        for one in self._strings.distinct():
            found[len(one)].append(one)
        return {length: _OfLength(strings) for length, strings in found.items()}

    @cached_property
    def _beginnings(self) -> "dict[int, _OfLength]":
        return {}


class _OfLength:
    """Strings of one length, with the letters that each has as bits: an edit changes two at most,
    which leaves one string of fifty to compare."""

    def __init__(self, strings: Sequence[str]) -> None:
        self.strings = strings
        self._letters = _letters_of(strings)

    def alike(self, typed: str, edits: int) -> list[str]:
        """Those that may be so many edits from it."""
        changed = np.bitwise_count(self._letters ^ _letters_of([typed])[0])
        return [self.strings[place] for place in np.flatnonzero(changed <= 2 * edits).tolist()]


def _letters_of(strings: Sequence[str]) -> NDArray[np.uint32]:
    """32 bits each, of strings of one length; letters that share a bit only let more pass."""
    if not strings or not strings[0]:
        return np.zeros(len(strings), dtype=np.uint32)
    points = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
    bits = np.left_shift(np.uint32(1), points % np.uint32(32))
    found: NDArray[np.uint32] = np.bitwise_or.reduce(bits.reshape(len(strings), -1), axis=1)
    return found


_NONE = _OfLength(())


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
