"""Words that put a bound on a number, before or behind it; running times and years share them."""

from enum import Enum

from api.language.tokens import Words


class Bound(Enum):
    """Which side of a number is wanted."""

    below = "below"
    at_most = "at_most"
    above = "above"
    at_least = "at_least"
    around = "around"


def _table(*rows: tuple[Bound, str]) -> dict[str, Bound]:
    return {phrase.strip(): bound for bound, listed in rows for phrase in listed.split(",")}


BEFORE = _table(
    (Bound.below, "under, less than, shorter than, below, fewer than, menos de, moins de, unter"),
    (Bound.below, "weniger als, kurzer als, meno di, quicker than, mas corta que, sotto le"),
    (Bound.at_most, "at most, no longer than, not longer than, no more than, not more than, max"),
    (Bound.at_most, "maximum, up to, within, not over, not exceeding, not above, nothing over"),
    (Bound.at_most, "no greater than, hochstens, maximal, hasta, maximo, au maximum, massimo"),
    (Bound.at_most, "nothing longer than, isn t longer than, not exceed, ate, no mas de, bis zu"),
    (Bound.at_most, "pas plus de, nicht langer als, non piu di, nothing above, don t exceed"),
    (Bound.above, "over, more than, longer than, above, exceeding, mas de, plus de, uber"),
    (Bound.above, "mehr als, langer als, piu di, mais de, upwards of, beyond"),
    (Bound.at_least, "at least, no shorter than, not shorter than, no less than, not less than"),
    (Bound.at_least, "minimum, min, not under, al menos, au moins, mindestens, almeno, pelo menos"),
    (Bound.around, "about, around, roughly, approximately, circa, some, approx, unos, environ"),
    (Bound.around, "ungefahr, etwa, almost, nearly"),
)
BEHIND = _table(
    (Bound.at_most, "or less, or under, or shorter, max, maximum, tops, at most, or so at most"),
    (Bound.at_least, "or more, or longer, or over, plus, minimum, at least, and up, and over"),
)
_LONGEST = 3


def bound_before(words: Words, place: int) -> tuple[int, Bound | None]:
    """(start, bound) of the longest comparison that ends just before `place`."""
    # "under a total of two hours" is rare, "less than the 2 hours" is not.
    end = place - 1 if words.word(place - 1) in ("the", "a", "an") else place
    for start in range(max(end - _LONGEST, 0), end):
        if (bound := BEFORE.get(words.phrase(start, end))) is not None:
            return start, bound
    return place, None


def bound_behind(words: Words, place: int) -> tuple[int, Bound | None]:
    """(end, bound) of the longest comparison that begins at `place`."""
    if place <= len(words) and words.gap(place).startswith("+"):
        return place, Bound.at_least
    for end in range(min(place + _LONGEST, len(words)), place, -1):
        if (bound := BEHIND.get(words.phrase(place, end))) is not None:
            return end, bound
    return place, None
