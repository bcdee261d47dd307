"""What children watch or like, where whoever asks wants the same: "what do kids watch these days",
"qué ven los niños", "films that children love", "popular with kids".

Between what is asked for and them nothing stands that says anything: "films in which kids watch a
murder" are of a plot.
"""

from api.language.maturity.children_absent import says_nothing
from api.language.reading.reading import Reading, is_stop, phrase_at

_LONGEST = 4  # words of "gets a lot of love from"
_BETWEEN = 3  # words between children and what they do


def start_of_what_they_watch(reading: Reading, first: int, noun: int, stop: int) -> int | None:
    """Where "what do" or "popular with" begins, of children [noun, stop) whose lead begins at
    `first`; None for other words."""
    if reading.story[noun]:
        return None
    known = reading.lexicon.maturity
    # The "aux" of "qui plaît aux enfants" may be of either.
    for place in range(first, noun + 1):
        for start in _starts(reading, place, known.liked_by):
            return start
        for start in _starts(reading, place, known.watched_by):
            if (asked := _start_of_what(reading, start)) is not None:
                return asked
    if reading.words.word(stop) in known.what and _watch_behind(reading, stop + 1):
        return first  # "i bambini cosa guardano"
    return _start_of_what(reading, first) if _watch_behind(reading, stop) else None


def _starts(reading: Reading, first: int, phrases: frozenset[str]) -> list[int]:
    """Where each of the phrases begins that ends right before `first`."""
    starts = range(max(first - _LONGEST, 0), first)
    return [start for start in starts if reading.words.phrase(start, first) in phrases]


def _watch_behind(reading: Reading, stop: int) -> bool:
    words, watched = reading.words, reading.lexicon.maturity.watched
    for place in range(stop, min(stop + _BETWEEN + 1, len(words))):
        if is_stop(words.gap(place)):
            return False
        if phrase_at(words, place, watched) > place:
            return True
        if not says_nothing(reading, place):
            return False
    return False


def _start_of_what(reading: Reading, start: int) -> int | None:
    """Where "what", or a word for titles, begins before `start`, with nothing that says more."""
    words, lexicon = reading.words, reading.lexicon
    known, connectors = lexicon.maturity, lexicon.connectors
    of_titles = (lexicon.terms.media, lexicon.terms.stand_ins, lexicon.negation.stand_ins)
    for place in range(start - 1, -1, -1):
        if is_stop(words.gap(place + 1)) or reading.story[place]:
            return None
        word = words.word(place)
        if word in known.what or any(word in some for some in of_titles):
            return place
        is_small = says_nothing(reading, place) or word in connectors.prepositions
        if not is_small and word not in lexicon.years.of_titles_behind:
            return None
    return None
