"""How titles are rated by who voted: "rated above 8", "IMDb 7.5+", "at least four stars".

A number up to ten beside such a word is an average of votes and nobody's age. What a board's
certificate may bound as well ("rated under 8", "nothing rated over 8") is left to it, since a
child's limit depends on it; so is a number with years behind it.
"""

import re
from dataclasses import dataclass

from api.language.maturity.age_signs import ends_phrase, names_children
from api.language.maturity.written_certificates import certificate_at, ends_praise
from api.language.reading.comparisons import bound_before, bound_behind
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, gap_behind, is_stop, phrase_at
from api.language.vocabulary.lexicon import Bound
from api.language.vocabulary.renown import rated_at_least, rated_at_most, rated_between

_LONGEST = 3  # words of a phrase before a number
_LINKS = 4  # words between a number and what says that it is of votes
_TEN = 10
_FIVE = 5
_HUNDRED = 100
_OF_FIVE = 2  # what a point of five is worth
_MOST_OF_OTHERS = 8.0  # few titles have more, and five stars or 90 % do not ask for none
_DASHES = frozenset({"-", "–", "—"})
_DECIMAL = re.compile(r"\d[.,]\d")
_LOWER = (Bound.above, Bound.at_least)
_UPPER = (Bound.below, Bound.at_most)


@dataclass(slots=True)
class _Rated:
    """A number of votes in the words [start, stop)."""

    number: float
    start: int
    stop: int
    bound: Bound | None = None
    is_of_votes: bool = False  # whether a mark stands beside it
    may_be_certified: bool = False  # whether all marks are those of certificates as well
    is_of_hundred: bool = False  # "80%"
    highest: float | None = None  # of "between 7 and 9"
    has_fraction: bool = False  # "7.5", which no certificate has


def find_ratings(reading: Reading) -> None:
    """Notes every average of votes that is asked for, and takes its words."""
    words, place = reading.words, 0
    has_marks = any(word in reading.lexicon.ratings.first_words for word in words.words)
    if not has_marks and _DECIMAL.search(words.text) is None:
        return
    while place < len(words):
        rated = _between_at(reading, place) or _rated_at(reading, place)
        if rated is not None and _note(reading, rated):
            place = rated.stop
        else:
            place += 1


def _rated_at(reading: Reading, place: int) -> _Rated | None:
    if reading.story[place] or reading.taken[place]:
        return None
    stop, whole = number_at(reading, place)
    is_article = whole == 1 and not reading.words.word(place).isdecimal()  # "una nota"
    if whole is None or whole > _HUNDRED or is_article:
        return None
    end, fraction = _fraction_behind(reading, stop)
    rated = _Rated(whole + fraction, place, end, has_fraction=end > stop)
    _read_behind(reading, rated)
    _read_before(reading, rated)
    beside = (*range(rated.start + 1, place + 1), *range(end, rated.stop))
    if any(is_stop(gap) and ":" not in gap for gap in map(reading.words.gap, beside)):
        return None  # "M18 rated, 5 good films"
    if rated.is_of_hundred:
        rated.number = min(rated.number / _TEN, _MOST_OF_OTHERS)
    if rated.number > _TEN or not (rated.is_of_votes or _is_bare_decimal(reading, rated)):
        return None
    # "Five star comedies"
    is_of_titles = phrase_at(reading.words, rated.stop, reading.lexicon.term_phrases) > rated.stop
    has_stars = reading.words.word(rated.stop - 1) in reading.lexicon.ratings.stars
    is_whole = rated.bound is not None or ends_phrase(reading, rated.stop)
    return rated if is_whole or (has_stars and is_of_titles) else None


def _is_bare_decimal(reading: Reading, rated: _Rated) -> bool:
    """ "At least 7.5", which counts nothing and is of no child."""
    is_bounded = rated.has_fraction and rated.bound in _LOWER and rated.number >= 1
    return is_bounded and ends_phrase(reading, rated.stop) and not names_children(reading)


def _between_at(reading: Reading, place: int) -> _Rated | None:
    """ "Between 7 and 9 on IMDb", "imdb 6-8": both ends beside a mark that is of votes alone."""
    words, known = reading.words, reading.lexicon.runtimes
    middle, low = number_at(reading, place)
    if low is None or low >= _TEN or reading.story[place] or reading.taken[place]:
        return None
    middle, fraction = _fraction_behind(reading, middle)
    is_dashed = words.gap(middle) in _DASHES
    is_opened = words.word(place - 1) in known.range_openers
    behind = middle if is_dashed else phrase_at(words, middle, known.range_joints)
    end, high = number_at(reading, behind)
    if high is None or not (is_dashed or (is_opened and behind > middle)):
        return None
    end, more = _fraction_behind(reading, end)
    rated = _Rated(low + fraction, place - is_opened, end, highest=high + more)
    _read_marks_behind(reading, rated)
    if not rated.is_of_votes:
        _read_marks_before(reading, rated, rated.start)
    is_sure = rated.is_of_votes and not rated.may_be_certified
    return rated if is_sure and rated.number < (rated.highest or 0) <= _TEN else None


def _fraction_behind(reading: Reading, stop: int) -> tuple[int, float]:
    """(end, fraction) of "7.5" and "7,5"."""
    words = reading.words
    digits = words.word(stop)
    if words.gap(stop) in (".", ",") and digits.isascii() and digits.isdigit() and len(digits) < 3:
        return stop + 1, int(digits) / 10 ** len(digits)
    return stop, 0.0


def _read_behind(reading: Reading, rated: _Rated) -> None:
    """ "8/10 or more", "8+ stars", "7.5 or higher on IMDb", "8 points", "80%"."""
    words, known = reading.words, reading.lexicon.ratings
    if gap_behind(words, rated.stop).startswith("%"):
        rated.is_of_hundred = True
    elif (stop := phrase_at(words, rated.stop, known.percent)) > rated.stop:
        rated.stop, rated.is_of_hundred = stop, True
    _read_bound_behind(reading, rated)
    is_fraction = "/" in words.gap(rated.stop)
    if is_fraction and words.word(rated.stop) == str(_TEN):
        rated.stop, rated.is_of_votes = rated.stop + 1, True
    elif (stop := phrase_at(words, rated.stop, known.of_ten)) > rated.stop:
        rated.stop, rated.is_of_votes = stop, True
    elif (stop := phrase_at(words, rated.stop, known.of_five)) > rated.stop:
        stop = max(stop, phrase_at(words, stop, known.stars))
        _count_in_stars(rated)
        rated.stop, rated.is_of_votes = stop, True
    elif (stop := phrase_at(words, rated.stop, known.stars)) > rated.stop:
        _count_in_stars(rated)
        rated.stop, rated.is_of_votes = stop, True
    elif (stop := phrase_at(words, rated.stop, known.points)) > rated.stop:
        rated.stop, rated.is_of_votes = stop, True
    _read_bound_behind(reading, rated)
    _read_marks_behind(reading, rated)
    _read_bound_behind(reading, rated)


def _count_in_stars(rated: _Rated) -> None:
    if rated.number <= _FIVE:
        rated.number = min(_OF_FIVE * rated.number, _MOST_OF_OTHERS)


def _read_marks_behind(reading: Reading, rated: _Rated) -> None:
    words, known = reading.words, reading.lexicon.ratings
    stop = rated.stop
    while stop < rated.stop + _LINKS and words.word(stop) in known.links:
        stop += 1
    if (end := phrase_at(words, stop, known.marks)) > stop and not _is_a_name(reading, stop, end):
        rated.stop = end
        _note_mark(reading, rated, words.phrase(stop, end))


def _note_mark(reading: Reading, rated: _Rated, mark: str) -> None:
    """One mark that is of votes alone is enough: "rated under 5 on IMDb"."""
    is_unsure = mark in reading.lexicon.maturity.rated
    rated.may_be_certified = is_unsure and (rated.may_be_certified or not rated.is_of_votes)
    rated.is_of_votes = True
    is_of_hundred = mark in reading.lexicon.ratings.of_hundred and rated.number > _TEN
    rated.is_of_hundred = rated.is_of_hundred or is_of_hundred


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
    if not _read_marks_before(reading, rated, mark):
        rated.start = start


def _read_marks_before(reading: Reading, rated: _Rated, stop: int) -> bool:
    """Whether a mark stands before `stop`, which the words then begin with."""
    words, known = reading.words, reading.lexicon.ratings
    for length in range(_LONGEST, 0, -1):
        phrase = words.phrase(max(stop - length, 0), stop)
        if phrase in known.marks and not ends_praise(reading, stop):
            rated.start = max(stop - length, 0)
            _note_mark(reading, rated, phrase)
            return True
    return False


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
    is_fraction = rated.has_fraction and not names_children(reading)  # of no certificate
    is_certified = rated.may_be_certified and not is_fraction
    if is_certified and (is_upper != is_refused or rated.number == _TEN):
        return False
    if refusal is not None:
        reading.taken[refusal[0] : refusal[1]] = [True] * (refusal[1] - refusal[0])
    asks_for_more = is_upper == is_refused
    renown = rated_at_least(rated.number) if asks_for_more else rated_at_most(rated.number)
    if rated.highest is not None:
        renown = rated_between(rated.number, rated.highest)
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
