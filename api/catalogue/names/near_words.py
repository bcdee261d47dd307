"""What a mistyped word may have meant, among the strings that there are."""

from collections import defaultdict
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from api.catalogue.names.sorted_strings import SortedStrings

_MOST_MEANT = 200  # for one number of edits
_SHORTEST_MISTYPED = 4
_TWO_EDITS_FROM = 7  # letters


class NearWords:
    """By optimal string alignment: a swap of two neighbours is one edit, as a typist makes it.

    Strings are laid out by length when the first slip is looked for. Among 300,000 strings a word
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
                    self._of_length(length, unfinished=unfinished),
                    scorer=OSA.distance,
                    score_cutoff=most,
                    limit=_MOST_MEANT,
                )
                if found != typed
            ]
            if near:
                return near[:_MOST_MEANT]
        return []

    def _of_length(self, length: int, *, unfinished: bool) -> list[str]:
        if not unfinished:
            return self._by_length.get(length, [])
        if length not in self._beginnings:
            self._beginnings[length] = sorted(
                {
                    one[:length]
                    for longer, strings in self._by_length.items()
                    if longer >= length
                    for one in strings
                }
            )
        return self._beginnings[length]

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found = defaultdict[int, list[str]](list)
        for one in self._strings.distinct():
            found[len(one)].append(one)
        return dict(found)

    @cached_property
    def _beginnings(self) -> dict[int, list[str]]:
        return {}
