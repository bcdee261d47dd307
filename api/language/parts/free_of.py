"""What "free" stands behind: "gore free" and "gluten free" are without it, "movies free" cost
nothing.

An offer is "free" alone, before its noun, behind a medium or a small word, and wherever it is said
to be watched so: "watch horror free", "horror free on Tubi".
"""

from api.language.parts.free_in_idioms import is_free_in_an_idiom
from api.language.parts.topics import is_topic_first
from api.language.reading.reading import Reading, is_stop

_LONGEST = 3  # words of a term: "jump scare free"


def is_free_of(reading: Reading, place: int) -> bool:
    """Whether the "free" at a place says what titles are without."""
    words, lexicon = reading.words, reading.lexicon
    known, terms = lexicon.services, lexicon.terms
    if words.word(place) not in lexicon.negation.behind or place == 0:
        return False
    if is_free_in_an_idiom(reading, place):
        return False
    before, gap = words.word(place - 1), words.gap(place)
    if "-" in gap:
        return True
    says_nothing = before in lexicon.connectors.no_content | lexicon.connectors.prepositions
    if is_stop(gap) or says_nothing or before in known.before_free or before in terms.media:
        return False
    if any(before in some for some in (terms.origins, terms.moods, terms.renown)):
        return False
    is_term = any(
        words.phrase(start, place) in some
        for start in range(max(place - _LONGEST, 0), place)
        for some in (terms.meanings, lexicon.content.words)
    )
    if not is_term and (reading.taken[place - 1] or _is_a_title(reading, place - 1)):
        return False  # "Netflix free", "Dune free"
    if before in lexicon.negation.adjectives and words.word(place + 1) in terms.media:
        return False  # "funny free movies"
    return not _is_watched(reading, place)


def _is_a_title(reading: Reading, place: int) -> bool:
    """Whether the word is a title that many know, and no topic of many titles."""
    rows, titles = reading.titles_named(place, place + 1), reading.names.titles
    is_known = bool(rows) and titles.is_well_known(titles.best(rows))
    return is_known and not is_topic_first(reading, place, place + 1)


def _is_watched(reading: Reading, place: int) -> bool:
    """Whether the clause says where or that it is watched."""
    words, known = reading.words, reading.lexicon.services
    behind = words.word(place + 1)
    is_within = place + 1 < len(words) and not is_stop(words.gap(place + 1))
    if is_within and (behind in known.on or behind in known.behind_free):
        return True
    while place > 0 and not is_stop(words.gap(place)):
        place -= 1
        if words.word(place) in known.watching:
            return True
    return False
