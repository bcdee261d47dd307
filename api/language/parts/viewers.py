"""How many watch, who, and when: "for the two of us", "wir sind zu dritt", "for a long flight". It
is no number of titles, no name and no topic, and asks for nothing."""

from api.language.reading.numbers import number_at
from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import Phrases

_MOST = 20
_GROWN_UP = 30  # years
_LONGEST_LEAD = 4  # words of "for a group of"
# "For five" may be an age.
_MOST_ALONE = 4


def leave_out_how_many_watch(reading: Reading) -> None:
    """Takes the words, so that no title is counted or named by them."""
    for place in range(len(reading.words)) if reading.is_short else ():
        if reading.story[place] or reading.taken[place]:
            continue
        start, stop = _how_many_at(reading, place)
        if stop > start and reading.is_free(start, stop):
            leave_out_of_viewing(reading, start, stop)


def leave_out_of_viewing(reading: Reading, start: int, stop: int) -> None:
    """Takes the words [start, stop) as those of an evening, which are no part and in no rest."""
    reading.taken[start:stop] = [True] * (stop - start)
    reading.of_viewing.update(range(start, stop))


def _how_many_at(reading: Reading, place: int) -> tuple[int, int]:
    """The words [start, stop) of those who watch, if they begin or are counted at `place`."""
    words, known = reading.words, reading.lexicon.viewers
    if (stop := phrase_at(words, place, known.occasions)) > place:
        return place, stop
    if (stop := phrase_at(words, place, known.groups)) > place:
        is_age = words.word(stop) in reading.lexicon.maturity.years
        return place, place if is_age else stop
    end, number = number_at(reading, place)
    if number is None or number < 2:
        return place, place
    if number > _MOST:
        return _somebody_of_an_age(reading, place, end, number)
    start = _start_of(reading, place, known.before)
    leads = min(start, _start_of(reading, place, known.before_people))
    if (stop := phrase_at(words, end, known.of_us)) > end:
        return leads, stop
    if leads < place and (stop := phrase_at(words, end, known.people)) > end:
        return leads, stop
    is_alone = number <= _MOST_ALONE and (number == 2 or not words.word(place).isdecimal())
    is_told = start < place and is_alone and _ends_the_wish(reading, end)
    return (start, end) if is_told else (place, place)


def _somebody_of_an_age(reading: Reading, place: int, end: int, number: int) -> tuple[int, int]:
    """ "For a 70 year old", "for my 80-year-old grandmother", who is no child."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, end, lexicon.maturity.years_old)
    leading = lexicon.titles.articles | lexicon.negation.companion_owners
    start = place - (words.word(place - 1) in leading)
    is_led_to = words.word(start - 1) in lexicon.viewers.for_whom
    is_old = number >= _GROWN_UP and stop > end and words.word(stop) not in lexicon.terms.media
    return (start - 1, stop) if is_led_to and is_old else (place, place)


def _start_of(reading: Reading, place: int, phrases: Phrases) -> int:
    """Where one of the phrases begins that ends right before `place`; `place` for none."""
    starts = range(max(place - _LONGEST_LEAD, 0), place)
    return next((at for at in starts if reading.words.phrase(at, place) in phrases), place)


def _ends_the_wish(reading: Reading, stop: int) -> bool:
    """ "For two", "for two tonight", but not "for two hours" or "for two, three or four year
    olds"."""
    words = reading.words
    if number_at(reading, stop)[1] is not None:
        return False
    if stop == len(words) or is_stop(words.gap(stop)):
        return True
    is_joined = words.gap(stop).strip() != ""  # "for two-year-olds"
    return not is_joined and phrase_at(words, stop, reading.lexicon.viewers.behind) > stop
