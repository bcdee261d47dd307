"""Whether children watch of whom a text says nothing: "kids horror", "me and the kids", "Kinder".

They watch where their clause holds nothing else but what can be asked for, and with whom. Any
other word may be of a plot: "kids in a haunted house", "two kids find a map", "spy kids".
"""

from api.language.reading.reading import Reading, is_stop, phrase_at

_LONGEST_TOPIC = 3  # words
# Longer texts tell of films: "movie about (abandoned?) kids. One of them dies and they bury her".
_LONGEST_TEXT = 15  # words


def company_of(reading: Reading, start: int, stop: int) -> tuple[int, int] | None:
    """The words [first, last) of such children at [start, stop), with whoever watches with them;
    None where a plot or a title may be meant."""
    known = reading.lexicon.maturity
    # A "baby" on its own is of a film.
    is_one = phrase_at(reading.words, start, known.bare_children) == stop or (
        phrase_at(reading.words, start, known.called_phrases) == stop
        and reading.words.phrase(start, stop) not in known.little_ones
    )
    if len(reading.words) > _LONGEST_TEXT or not is_one:
        return None
    first, last = _clause_around(reading, start, stop)
    before = range(first, start)
    is_refused = any(_refuses(reading, place) for place in before)
    if is_refused:
        return None
    if not all(_says_with_whom(reading, place) for place in before):
        return None
    return _with_companions(reading, start, stop) if _asks_until(reading, stop, last) else None


def _clause_around(reading: Reading, start: int, stop: int) -> tuple[int, int]:
    """The words [first, last) between the stops around the children."""
    words = reading.words
    while start > 0 and not is_stop(words.gap(start)):
        start -= 1
    while stop < len(words) and not is_stop(words.gap(stop)):
        stop += 1
    return start, stop


def _refuses(reading: Reading, place: int) -> bool:
    """ "No kids", "I hate kids", and "starring kids", which is of a cast."""
    words, lexicon = reading.words, reading.lexicon
    phrases = lexicon.negation.negations, lexicon.negation.aversions, lexicon.maturity.refusals
    is_of_cast = words.word(place) in lexicon.people.roles
    is_of_cast = is_of_cast and words.word(place - 1) not in lexicon.maturity.schools
    is_of_cast = is_of_cast and words.word(place) not in lexicon.maturity.before_audiences
    return is_of_cast or any(phrase_at(words, place, some) > place for some in phrases)


def _with_companions(reading: Reading, start: int, stop: int) -> tuple[int, int]:
    """ "With grandma and the kids": those who are joined to the children by "and"."""
    words, lexicon = reading.words, reading.lexicon
    joints, companions = lexicon.connectors.joints, lexicon.negation.companions
    leading = lexicon.maturity.articles | lexicon.maturity.definite
    leading |= lexicon.negation.companion_owners
    first = start
    while first > 0 and words.word(first - 1) in leading:
        first -= 1
    if words.word(first - 1) in joints and words.word(first - 2) in companions and first > 1:
        start = first - 2
        while start > 0 and words.word(start - 1) in leading | lexicon.maturity.before_audiences:
            start -= 1
    last = stop + 1
    while words.word(last) in leading:
        last += 1
    if words.word(stop) in joints and words.word(last) in companions:
        stop = last + 1
    return start, stop


def _says_with_whom(reading: Reading, place: int) -> bool:
    """Whether a word is none of a plot: one of a wish, a companion, or what joins them."""
    words, lexicon = reading.words, reading.lexicon
    word, known = words.word(place), lexicon.maturity
    if reading.story[place]:
        return False
    joined = lexicon.connectors.joints, lexicon.negation.companions, known.bare_children
    leading = known.articles, known.definite, known.before_audiences
    small = lexicon.connectors.no_content, lexicon.negation.companion_owners
    counted = lexicon.numbers.words, known.schools
    watching = lexicon.negation.watching, known.watched  # "kids watching", and nothing they see
    said = (*joined, *leading, *small, *counted, *watching)
    if any(word in some for some in said) or word.isdecimal():
        return True
    links = lexicon.connectors.prepositions | known.before_age
    if words.word(place - 1) in known.schools and word in links:
        return True  # "a class of 25 pupils"
    return reading.taken[place] or _is_a_term(reading, place)


def _is_a_term(reading: Reading, place: int) -> bool:
    """ "Horror", "funny movie", and every word within."""
    phrases = reading.lexicon.term_phrases
    starts = range(max(place - _LONGEST_TOPIC, 0), place + 1)
    return any(phrase_at(reading.words, start, phrases) > place for start in starts)


def _asks_until(reading: Reading, place: int, last: int) -> bool:
    """Whether nothing but wishes follows; a topic is one beside a medium: "kids zombie movie"."""
    words, media = reading.words, reading.lexicon.terms.media
    has_medium = any(words.word(one) in media for one in range(place, last))
    while place < last:
        topic = next(
            (
                stop
                for stop in range(min(place + _LONGEST_TOPIC, last), place, -1)
                if has_medium and reading.is_a_topic(place, stop)
            ),
            place,
        )
        if topic == place and not _says_with_whom(reading, place):
            return False
        place = max(topic, place + 1)
    return True
