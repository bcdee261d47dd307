"""How old titles are to be: "movies over 20 years old", "10-15 years old movies", "películas de más
de 20 años", "from 20 years ago".

Reads only what is left when the ages of whoever watches were read, so that no limit is lost.
"""

from dataclasses import dataclass

from api.language.parts.years import FIRST, LAST, Years, note_years
from api.language.reading.comparisons import bound_before
from api.language.reading.numbers import number_at
from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import Bound

_OLDEST = 150
_EXACTNESS = 10  # "20 years ago" is meant to a tenth
_OPEN = (Bound.above, Bound.at_least)
_LONGEST_LINK = 2  # words: "qui ont"
_NEAR = 4  # words from a medium to "30 years old"


@dataclass(frozen=True, slots=True)
class _Age:
    """A number of years in the words [start, stop), with what bounds it."""

    number: int
    start: int
    stop: int
    bound: Bound | None
    is_old: bool  # "years old"
    oldest: int | None = None  # of a range: "10 to 15 years old"


def find_ages_of_titles(reading: Reading) -> None:
    """Notes the years of release that ages of titles stand for, and takes their words."""
    for place, word in enumerate(reading.words.words):
        may_be_number = word.isdecimal() or word in reading.lexicon.numbers.words
        age = _age_at(reading, place) if may_be_number and not reading.story[place] else None
        if age is not None:
            _note(reading, age)


def _age_at(reading: Reading, place: int) -> _Age | None:
    words, lexicon = reading.words, reading.lexicon
    end, number = number_at(reading, place)
    if number is None or not 0 < number <= _OLDEST:
        return None
    start, bound = bound_before(reading, place)
    bound = None if bound is Bound.around else bound
    if bound is None and words.gap(end).startswith("+"):
        bound = Bound.at_least
    end, oldest = _oldest_behind(reading, end, number)
    if oldest is not None:
        bound, start = None, place - (words.word(place - 1) in lexicon.years.range_openers)
    is_unit = words.word(end) in lexicon.years.years | lexicon.maturity.years
    stop = phrase_at(words, end, lexicon.maturity.years_old)
    if stop == end and not is_unit:
        return None
    if stop == end:
        stop = phrase_at(words, end + 1, lexicon.maturity.old)
        return _Age(number, start, stop, bound, stop > end + 1, oldest)
    return _Age(number, start, stop, bound, is_old=True, oldest=oldest)


def _oldest_behind(reading: Reading, end: int, number: int) -> tuple[int, int | None]:
    """(end, the second number) of "10-15" and "10 to 15", whose first number ends at `end`."""
    words, known = reading.words, reading.lexicon.years
    is_dashed = words.gap(end).strip() in ("-", "–", "—")
    behind = end if is_dashed else phrase_at(words, end, known.range_joints)
    stop, oldest = number_at(reading, behind)
    is_range = oldest is not None and number < oldest <= _OLDEST and (is_dashed or behind > end)
    return (stop, oldest) if is_range else (end, None)


def _note(reading: Reading, age: _Age) -> None:
    found = _made_ago(reading, age) or _linked(reading, age)
    if found is None and age.is_old and _is_of_titles(reading, age):
        found = age.start, age.stop
    if found is None or not reading.is_free(*found):
        return
    note_years(reading, _years_of(age, reading.today.year), *found)
    reading.findings[-1].is_vague = age.bound is None and age.oldest is None


def _years_of(age: _Age, today: int) -> Years:
    if age.oldest is not None:
        return Years(today - age.oldest, today - age.number)
    if age.bound in _OPEN:
        return Years(FIRST, today - age.number)
    if age.bound in (Bound.below, Bound.at_most):
        return Years(today - age.number + 1, LAST)
    about = max(age.number // _EXACTNESS, 1)
    return Years(today - age.number - about, today - age.number + about)


def _linked(reading: Reading, age: _Age) -> tuple[int, int] | None:
    """The words of "films | qui ont plus de 20 ans": a bound, and titles before its link."""
    words, lexicon = reading.words, reading.lexicon
    for link in range(max(age.start - _LONGEST_LINK, 0), age.start):
        is_led_to = link == 0 or words.word(link - 1) in lexicon.terms.media
        is_link = words.phrase(link, age.start) in lexicon.years.aged
        if age.bound in _OPEN and is_led_to and is_link:
            return link, age.stop
    return None


def _is_of_titles(reading: Reading, age: _Age) -> bool:
    """Whether "years old" is said of titles; "someone over 20 years old" and "she is over 60" are
    people, and without a bound it takes a medium beside it."""
    words, lexicon = reading.words, reading.lexicon
    if age.bound is None:
        return _is_beside_a_medium(reading, age)
    before = words.word(age.start - 1)
    if before in lexicon.maturity.are:
        before = words.word(age.start - 2)
        is_that = before in lexicon.negation.relatives | lexicon.negation.companion_links
        return is_that or before in lexicon.terms.media
    if age.start == 0 or is_stop(words.gap(age.start)) or reading.taken[age.start - 1]:
        return True
    is_refused = before in lexicon.negation.negations
    return is_refused or (
        before in lexicon.plain_words and before not in lexicon.maturity.before_audiences
    )


def _is_beside_a_medium(reading: Reading, age: _Age) -> bool:
    """ "A 30 year old movie", "films that are 30 years old"."""
    words, lexicon = reading.words, reading.lexicon
    if words.word(age.stop) in lexicon.terms.media and not is_stop(words.gap(age.stop)):
        return True
    for place in range(age.start, max(age.start - _NEAR, 0), -1):
        if is_stop(words.gap(place)):
            return False
        if words.word(place - 1) in lexicon.terms.media:
            return True
    return False


def _made_ago(reading: Reading, age: _Age) -> tuple[int, int] | None:
    """The words of "from 20 years ago" and "de hace 20 años", whatever bounds them; of what
    somebody saw so long ago it says nothing."""
    words, known = reading.words, reading.lexicon.years
    is_opened = age.oldest is not None and words.word(age.start) in known.range_openers
    start, stop = age.start + is_opened, phrase_at(words, age.stop, known.ago_behind)
    if stop == age.stop:
        starts = range(max(start - _LONGEST_LINK - 1, 0), start)
        before = (at for at in starts if phrase_at(words, at, known.ago_before) == start)
        start = next(before, start)
        if start == age.start + is_opened:
            return None
    made = known.from_words | known.relative_openers
    is_made = words.word(start - 1) in made and not is_stop(words.gap(start))
    return (start - 1, stop) if start > 0 and is_made else None
