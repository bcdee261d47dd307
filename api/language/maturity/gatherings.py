"""Children who watch where they are together, though no word names them: "school trip bus", "in der
Kita", "for my class", "at summer camp".

A film "set at a summer camp" or "in school" is of a plot, and so is what went wrong there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from api.language.maturity.children_absent import ends_a_clause, says_nothing
from api.language.maturity.leads_to_children import start_of_lead
from api.language.reading.reading import Reading, is_stop, phrase_at

# Of a school. Where younger ones gather, a film is as likely shown as set, so the limit stays.
_YOUNGEST_OF_STORIES = 12


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where children are, in the words [start, stop), and the age of the youngest there."""

    start: int
    noun: int
    stop: int
    oldest: int


def gatherings(reading: Reading) -> Iterator[Gathering]:
    """Those at which whoever asks is to show something, in the order of the text."""
    place = 0
    while place < len(reading.words):
        found = _of_itself_at(reading, place) or _led_to_at(reading, place)
        if found is not None and not goes_wrong(reading, found.stop):
            yield found
        place = place + 1 if found is None else max(found.stop, place + 1)


def goes_wrong(reading: Reading, stop: int) -> bool:
    """ "(Babysitting) gone wrong": whether a plot goes on right behind what ends at `stop`."""
    is_apart = is_stop(reading.words.gap(stop))
    return (
        not is_apart and phrase_at(reading.words, stop, reading.lexicon.maturity.gone_wrong) > stop
    )


def _of_itself_at(reading: Reading, place: int) -> Gathering | None:
    """ "School trip", whatever leads to it, with nothing of a plot beside it."""
    words, known = reading.words, reading.lexicon.maturity
    stop = phrase_at(words, place, known.gathering_phrases)
    if stop == place:
        return None
    first = start_of_lead(reading, place)
    if reading.story[first]:  # the "der" of "in der Kita" opens no plot
        return None
    start = first
    # "Horror auf Klassenfahrt" is set there.
    is_set_there = words.word(first - 1) in known.before_gatherings and first > 0
    leads = _shows if is_set_there else _asks
    while start > 0 and not is_stop(words.gap(start)) and leads(reading, start - 1):
        start -= 1
    end = stop
    while end < len(words) and not is_stop(words.gap(end)) and _asks(reading, end):
        end += 1
    is_whole = (start == 0 or is_stop(words.gap(start))) and _ends(reading, end)
    if not is_whole:
        return None
    return Gathering(first, place, stop, known.gatherings[words.phrase(place, stop)])


def _led_to_at(reading: Reading, place: int) -> Gathering | None:
    """ "For school", "in class": behind "in" nothing may stand before it that a plot begins with,
    as in "romance at summer camp"."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    stop = phrase_at(words, place, known.gathered_at_phrases)
    if stop == place:
        return None
    leads = known.before_gatherings | known.before_audiences
    first = start_of_lead(reading, place)
    first -= not is_stop(words.gap(first)) and first > 0
    # The "no" of "no colégio" may be of its lead.
    start = next((at for at in range(first, place) if words.word(at) in leads), place)
    if start == place or reading.story[start]:
        return None
    is_for = words.word(start) in known.before_audiences
    oldest = known.gathered_at[words.phrase(place, stop)]
    if not is_for and _is_a_setting(reading, start, stop, oldest):
        return None
    at = start
    while at > 0 and not is_stop(words.gap(at)):
        if not (_asks(reading, at - 1) if is_for else _shows(reading, at - 1)):
            return None
        at -= 1
    if not (is_for or _ends(reading, stop) or _is_said_there(reading, stop)):
        return None
    return Gathering(start, place, stop, oldest)


def _is_a_setting(reading: Reading, start: int, stop: int, oldest: int) -> bool:
    """ "A film in high school", with nothing behind it; "a film to show in school" is watched
    there, and so may be one of younger children or of a class."""
    words, lexicon = reading.words, reading.lexicon
    is_of_a_film = start > 0 and words.word(start - 1) in lexicon.terms.media
    if not is_of_a_film or words.word(start - 2) in lexicon.plots.infinitive:  # "to show"
        return False
    is_a_class = words.word(stop - 1) in lexicon.maturity.relatives
    return oldest >= _YOUNGEST_OF_STORIES and not is_a_class and ends_a_clause(reading, stop)


def _is_said_there(reading: Reading, stop: int) -> bool:
    """ "In der Kita zeigen", "in class tonight", but not "in a class of its own"."""
    links = reading.lexicon.connectors.prepositions | reading.lexicon.maturity.before_age
    return reading.words.word(stop) not in links and _asks(reading, stop)


def _ends(reading: Reading, place: int) -> bool:
    """Whether the clause ends, or a plot begins of what they are to see."""
    words, lexicon = reading.words, reading.lexicon
    behind = lexicon.plots.openers, lexicon.maturity.occasions
    is_end = place >= len(words) or is_stop(words.gap(place))
    return is_end or any(phrase_at(words, place, some) > place for some in behind)


def _asks(reading: Reading, place: int) -> bool:
    """Whether a word is one of a wish: what can be asked for, who asks, and when."""
    words, lexicon = reading.words, reading.lexicon
    word = words.word(place)
    is_number = word.isdecimal() or word in lexicon.numbers.words
    is_asked_for = reading.taken[place] or word in lexicon.known_words
    is_theirs = word in lexicon.maturity.signs or word in lexicon.maturity.occasions
    return is_number or is_asked_for or is_theirs or _shows(reading, place)


def _shows(reading: Reading, place: int) -> bool:
    """ "A film to watch", which is shown somewhere and not set there."""
    words, lexicon = reading.words, reading.lexicon
    word, connectors = words.word(place), lexicon.connectors
    small = (connectors.joints, connectors.prepositions, lexicon.terms.media)
    watching = (lexicon.negation.watching, lexicon.plots.infinitive, lexicon.maturity.seeing)
    is_small = says_nothing(reading, place) or any(word in some for some in small)
    return is_small or any(word in some for some in watching)
