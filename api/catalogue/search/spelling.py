"""What a mistyped word may have meant, among the words that the catalogue has."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_MOST_MEANT = 5


class Spelling:
    """A fixed vocabulary. Compares beginnings of words, so that half a word may be mistyped too.

    A swap of two neighbours counts as one edit (optimal string alignment). One word takes about
    10 ms against 100k words.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._beginnings = cache(self._beginnings_of_length)

    def is_known(self, beginning: str) -> bool:
        """Whether any word begins like this."""
        place = bisect_left(self._words, beginning)
        return place < len(self._words) and self._words[place].startswith(beginning)

    def meant(self, beginning: str) -> list[str]:
        """The beginnings of words that are nearest to this one; up to 5, all equally near."""
        edits = _edits_allowed(beginning)
        if not edits:
            return []
        near: list[tuple[str, float]] = []
        for length in (len(beginning) - 1, len(beginning), len(beginning) + 1):
            found = process.extract(
                beginning,
                self._beginnings(length),
                scorer=OSA.distance,
                score_cutoff=edits,
                limit=_MOST_MEANT,
            )
            near += [(word, distance) for word, distance, _ in found]
        if not near:
            return []
        nearest = min(distance for _, distance in near)
        return sorted(word for word, distance in near if distance == nearest)[:_MOST_MEANT]

    def _beginnings_of_length(self, length: int) -> list[str]:
        return sorted({word[:length] for word in self._words if len(word) >= length})


def _edits_allowed(word: str) -> int:
    if len(word) < 4:
        return 0
    return 1 if len(word) < 6 else 2
