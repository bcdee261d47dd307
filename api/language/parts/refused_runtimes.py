"""Running times that are refused: "no long movies", "nothing under 90 minutes", "nichts Langes".

runtimes.py reads the length, and its opposite is what is wished for. A refusal reaches over a
medium and small words, and over one thing before an "or": "no horror or long movies".
"""

from api.language.reading.dismissed import dismissal_at
from api.language.reading.reading import (
    Reading,
    aversion_at,
    half_at,
    is_stop,
    negation_at,
    only_at,
    phrase_at,
)

_REACH = 6  # words between a refusal and what it refuses
_LONGEST = 5  # words of a refusal


def refusal_before(
    reading: Reading, start: int, *, over_terms: bool = False, over_nouns: bool = False
) -> int | None:
    """Where the refusal of what begins at a place begins; None without one.

    `over_terms` lets it reach over what it refuses besides, `over_nouns` over a genre whose length
    it is: "no horror over two hours", as "no horror films under 80 minutes" always is.
    """
    words, has_medium = reading.words, False
    if phrase_at(words, start, reading.lexicon.negation.negations) > start:
        return None  # "not too long" says it itself
    for stop in range(start, max(start - _REACH, 0), -1):
        if is_stop(words.gap(stop)):
            return None
        if (place := _refusal_up_to(reading, stop)) is not None:
            return place
        has_medium = has_medium or words.word(stop - 1) in reading.lexicon.terms.media
        is_joined = (over_terms or over_nouns) and _is_joined(reading, stop - 1)
        is_noun = (over_nouns or has_medium) and words.word(stop - 1) in reading.lexicon.known_words
        if not (is_joined or is_noun or _is_small(reading, stop - 1, start)):
            return None
    return None


def dismissal_behind(reading: Reading, stop: int) -> tuple[int, int] | None:
    """The words [start, end) that refuse a length which ends at `stop`, be it behind its medium:
    "long movies bore me", "films over two hours are not my thing"; None without any."""
    words = reading.words
    start = stop + (
        words.word(stop) in reading.lexicon.terms.media and not is_stop(words.gap(stop))
    )
    end = dismissal_at(reading, start)
    return (start, end) if end > start and reading.is_free(start, end) else None


def adjective_at(reading: Reading, place: int) -> str | None:
    """Which length a word refuses that is no length where it is wished for: "nothing long",
    "not short", "keine langen Filme"; None for other words, and in "not long ago"."""
    words, known = reading.words, reading.lexicon.runtimes
    word = words.word(place)
    if word not in known.of_length:
        return None
    negation = reading.lexicon.negation
    if any(
        phrase_at(words, place - 1, some) > place for some in (negation.denials, negation.negations)
    ):
        return None  # "no longer into anime", "não curto terror"
    if phrase_at(words, place, reading.lexicon.term_phrases) > place:
        return None  # "short series"
    behind, connectors = words.word(place + 1), reading.lexicon.connectors
    ends = place + 1 >= len(words) or is_stop(words.gap(place + 1))
    ends = ends or half_at(words, reading.lexicon, place + 1) > place + 1
    ends = ends or behind in connectors.joints or behind in connectors.contrasts
    describes = behind in reading.lexicon.known_words or behind in reading.lexicon.terms.media
    if reading.story[place] or not (ends or describes):
        return None
    if refusal_before(reading, place, over_terms=True) is None:
        return None
    return "not_long" if word in known.long_words else "not_short"


def _refusal_up_to(reading: Reading, stop: int) -> int | None:
    """Where the longest refusal that ends at a place begins."""
    words, negation = reading.words, reading.lexicon.negation
    for place in range(max(stop - _LONGEST, 0), stop):
        is_aversion = aversion_at(words, reading.lexicon, place) == stop
        is_half = half_at(words, reading.lexicon, place) == stop
        is_opening = words.phrase(place, stop) in negation.opening
        is_opening = is_opening and negation_at(words, reading.lexicon, place) == stop
        is_refusal = is_aversion or is_half or is_opening
        if not is_refusal and words.phrase(place, stop) not in negation.negations:
            continue
        harmless = (
            phrase_at(words, before, reading.lexicon.refuse_nothing)
            for before in range(max(place - 2, 0), place + 1)
        )
        # "No muy larga" and "not enough time for long films" refuse it all the same.
        is_harmless = any(
            end >= stop and words.word(end - 1) not in negation.degrees for end in harmless
        )
        # "Nothing except short films" wants these.
        starts = range(max(place - _REACH, 0), place + 1)
        is_harmless |= any(only_at(words, reading.lexicon, at) >= stop for at in starts)
        # "Más o menos 2 horas" refuses nothing.
        is_joined = words.word(place - 1) in reading.lexicon.connectors.joints
        return None if is_harmless or (is_joined and stop - place == 1) else place
    return None


def _is_small(reading: Reading, place: int, start: int) -> bool:
    """Whether a word may stand between the two: "no films that last over two hours"."""
    lexicon, word = reading.lexicon, reading.words.word(place)
    if word in lexicon.connectors.joints and place < start - 1:
        return False
    between = (
        *(lexicon.connectors.fillers - lexicon.connectors.joints, lexicon.negation.degrees),
        *(lexicon.terms.media, lexicon.years.of_titles_behind, lexicon.runtimes.lasting),
        *(lexicon.terms.of_medium, lexicon.titles.articles),
    )
    return any(word in some for some in between)


def _is_joined(reading: Reading, place: int) -> bool:
    """ "Or", or the word before it that is refused as well."""
    words, lexicon = reading.words, reading.lexicon
    alternatives = lexicon.connectors.or_words
    is_before = words.word(place + 1) in alternatives and words.word(place) in lexicon.known_words
    return words.word(place) in alternatives or is_before
