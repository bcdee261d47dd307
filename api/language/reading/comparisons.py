"""Words that put a bound on a number, before or behind it."""

from api.language.reading.reading import Reading, gap_behind
from api.language.vocabulary.lexicon import Bound

_LONGEST = 3


def bound_before(reading: Reading, place: int) -> tuple[int, Bound | None]:
    """(start, bound) of the longest comparison that ends just before `place`."""
    words, known = reading.words, reading.lexicon.comparisons
    # "under a total of two hours" is rare, "less than the 2 hours" is not; the "a" of "superior a"
    # is no article.
    ends = (place, place - 1) if words.word(place - 1) in known.articles else (place,)
    for end in ends:
        for start in range(max(end - _LONGEST, 0), end):
            if (bound := known.before.get(words.phrase(start, end))) is not None:
                return start, bound
    return place, None


def bound_behind(reading: Reading, place: int) -> tuple[int, Bound | None]:
    """(end, bound) of the longest comparison that begins at `place`."""
    words, known = reading.words, reading.lexicon.comparisons
    if place <= len(words) and gap_behind(words, place).startswith("+"):
        return place, Bound.at_least
    for end in range(min(place + _LONGEST, len(words)), place, -1):
        if (bound := known.behind.get(words.phrase(place, end))) is not None:
            return end, bound
    return place, None
