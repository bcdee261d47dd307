"""How titles are rated by who voted: "rated above 8", "IMDb 7.5+", "at least four stars".

A number up to ten beside such a word is an average of votes and nobody's age. What a board's
certificate may bound as well ("rated under 8", "nothing rated over 8") is left to it, since a
child's limit depends on it; so is a number with years behind it.
"""

from dataclasses import dataclass

from api.language.maturity.age_signs import ends_phrase
from api.language.maturity.written_certificates import certificate_at, ends_praise
from api.language.reading.comparisons import bound_before, bound_behind
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, gap_behind, is_stop, phrase_at
from api.language.vocabulary.lexicon import Bound
from api.language.vocabulary.renown import rated_at_least, rated_at_most

_LONGEST = 3  # words of a phrase before a number
_LINKS = 4  # words between a number and what says that it is of votes
_TEN = 10
_FIVE = 5
_MOST_WITH_STARS = 8.0  # few titles have more, and five stars do not ask for none
_UPPER = (Bound.below, Bound.at_most)


@dataclass(slots=True)
class _Rated:
    """A number of votes in the words [start, stop)."""

    number: float
    start: int
    stop: int
    bound: Bound | None = None
    is_of_votes: bool = False  # whether a mark stands beside it
    may_be_certified: bool = False  # whether that mark is one of certificates as well


def find_ratings(reading: Reading) -> None:
    """Notes every average of votes that is asked for, and takes its words."""
    words, place = reading.words, 0
    if not any(word in reading.lexicon.ratings.first_words for word in words.words):
        return
    while place < len(words):
        rated = _rated_at(reading, place)
        if rated is not None and _note(reading, rated):
            place = rated.stop
        else:
            place += 1


def _rated_at(reading: Reading, place: int) -> _Rated | None:
    if reading.story[place] or reading.taken[place]:
        return None
    stop, whole = number_at(reading, place)
    is_article = whole == 1 and not reading.words.word(place).isdecimal()  # "una nota"
    if whole is None or whole > _TEN or is_article:
        return None
    stop, fraction = _fraction_behind(reading, stop)
    rated = _Rated(whole + fraction, place, stop)
    _read_behind(reading, rated)
    _read_before(reading, rated)
    beside = (*range(rated.start + 1, place + 1), *range(stop, rated.stop))
    if any(is_stop(gap) and ":" not in gap for gap in map(reading.words.gap, beside)):
        return None  # "M18 rated, 5 good films"
    is_whole = rated.bound is not None or ends_phrase(reading, rated.stop)
    return rated if rated.is_of_votes and is_whole and rated.number <= _TEN else None


def _fraction_behind(reading: Reading, stop: int) -> tuple[int, float]:
    """(end, fraction) of "7.5" and "7,5"."""
    words = reading.words
    digits = words.word(stop)
    if words.gap(stop) in (".", ",") and digits.isascii() and digits.isdigit() and len(digits) < 3:
        return stop + 1, int(digits) / 10 ** len(digits)
    return stop, 0.0


def _read_behind(reading: Reading, rated: _Rated) -> None:
    """ "8/10 or more", "8+ stars", "7.5 or higher on IMDb", "8 points"."""
    words, known = reading.words, reading.lexicon.ratings
    _read_bound_behind(reading, rated)
    if "/" in words.gap(rated.stop) and words.word(rated.stop) == str(_TEN):
        rated.stop, rated.is_of_votes = rated.stop + 1, True
    elif (stop := phrase_at(words, rated.stop, known.of_ten)) > rated.stop:
        rated.stop, rated.is_of_votes = stop, True
    elif (stop := phrase_at(words, rated.stop, known.stars)) > rated.stop:
        if rated.number <= _FIVE:
            rated.number = min(2 * rated.number, _MOST_WITH_STARS)
        rated.stop, rated.is_of_votes = stop, True
    elif (stop := phrase_at(words, rated.stop, known.points)) > rated.stop:
        rated.stop, rated.is_of_votes = stop, True
    _read_bound_behind(reading, rated)
    stop = rated.stop
    while stop < rated.stop + _LINKS and words.word(stop) in known.links:
        stop += 1
    if (end := phrase_at(words, stop, known.marks)) > stop and not _is_a_name(reading, stop, end):
        rated.stop, rated.is_of_votes = end, True


def _read_bound_behind(reading: Reading, rated: _Rated) -> None:
    words, known = reading.words, reading.lexicon.ratings
    if rated.bound is not None:
        return
    if gap_behind(words, rated.stop).startswith("+"):
        rated.bound = Bound.at_least
        return
    of_ages = reading.lexicon.maturity
    for phrases, bounds in (
        (known.phrases_behind, known.bounds_behind),
        (of_ages.phrases_behind, of_ages.bounds_behind),
    ):
        if (stop := phrase_at(words, rated.stop, phrases)) > rated.stop:
            rated.bound, rated.stop = bounds[words.phrase(rated.stop, stop)], stop
            return
    rated.stop, rated.bound = bound_behind(reading, rated.stop)


def _read_before(reading: Reading, rated: _Rated) -> None:
    """Reads backwards from a number: "rated at least", "with a rating of more than", "IMDb"."""
    words, lexicon = reading.words, reading.lexicon
    start, bound = _bound_before(reading, rated.start)
    rated.bound = rated.bound or bound
    mark = start
    while mark > start - _LINKS and words.word(mark - 1) in lexicon.ratings.links:
        mark -= 1
    if bound is None and mark < start:  # "a rating of at least 8": "of" is a link, too
        mark, bound = _bound_before(reading, mark)
        rated.bound = rated.bound or bound
    for length in range(_LONGEST, 0, -1):
        phrase = words.phrase(max(mark - length, 0), mark)
        if phrase in lexicon.ratings.marks and not ends_praise(reading, mark):
            rated.start, rated.is_of_votes = max(mark - length, 0), True
            rated.may_be_certified = phrase in lexicon.maturity.rated
            return
    rated.start = start


def _bound_before(reading: Reading, place: int) -> tuple[int, Bound | None]:
    words = reading.words
    for bounds in (reading.lexicon.ratings.bounds_before, reading.lexicon.maturity.bounds_before):
        for start in range(max(place - _LONGEST, 0), place):
            if (bound := bounds.get(words.phrase(start, place))) is not None:
                return start, bound
    return bound_before(reading, place)


def _is_a_name(reading: Reading, start: int, stop: int) -> bool:
    """ "8 rated R", "5 IMDb top": the mark belongs to what follows."""
    words = reading.words
    is_praise = words.phrase(start, stop + 1) in reading.lexicon.terms.renown
    return is_praise or certificate_at(reading, start) is not None


def _note(reading: Reading, rated: _Rated) -> bool:
    if not reading.is_free(rated.start, rated.stop) or _counts_years(reading, rated.stop):
        return False
    is_upper = rated.bound in _UPPER
    refusal = _refusal_before(reading, rated.start)
    is_refused = refusal is not None
    if rated.may_be_certified and (is_upper != is_refused or rated.number == _TEN):
        return False
    if refusal is not None:
        reading.taken[refusal[0] : refusal[1]] = [True] * (refusal[1] - refusal[0])
    asks_for_more = is_upper == is_refused
    renown = rated_at_least(rated.number) if asks_for_more else rated_at_most(rated.number)
    reading.take(Finding("renown", renown, renown.label, rated.start, rated.stop))
    return True


def _counts_years(reading: Reading, stop: int) -> bool:
    """ "Rated over 8 years"."""
    words, known = reading.words, reading.lexicon.maturity
    return words.word(stop) in known.years or phrase_at(words, stop, known.years_old) > stop


def _refusal_before(reading: Reading, place: int) -> tuple[int, int] | None:
    """The words of "nothing" right before a place, or before "films" and the like there."""
    words, lexicon = reading.words, reading.lexicon
    while place > 0 and not is_stop(words.gap(place)):
        for start in range(max(place - _LONGEST, 0), place):
            if words.phrase(start, place) in lexicon.negation.negations:
                return start, place
        if words.word(place - 1) not in lexicon.terms.media:
            return None
        place -= 1
    return None
