"""Exceptions to what is refused: "no horror except zombies", "no anime but Ghibli is fine".

What is taken out of a refusal is neither refused with it nor asked for.
"""

from api.language.reading.reading import Reading, harmless_at, is_stop, negation_at, phrase_at

_LONGEST = 16  # words of what is refused before an exception


def exception_at(reading: Reading, place: int) -> int:
    """The end of "except" at a place behind what is refused; `place` for none, as in "except
    horror" and "nothing except horror"."""
    stop = phrase_at(reading.words, place, reading.lexicon.negation.exceptions)
    return stop if stop > place and refuses_before(reading, place) else place


def refuses_before(reading: Reading, place: int) -> bool:
    """Whether the sentence before a place refuses something up to there; a comma may stand before
    the place alone."""
    words, lexicon = reading.words, reading.lexicon
    begun = place
    while begun > max(place - _LONGEST, 0):
        gap = words.gap(begun)
        if is_stop(gap) and not (begun == place and gap.strip() == ","):
            return False
        begun -= 1
        if words.word(begun) in lexicon.connectors.contrasts and begun < place - 1:
            return False
        if harmless_at(words, lexicon, begun) > begun:
            return False
        if phrase_at(words, begun, lexicon.negation.exceptions) > begun:
            continue
        stop = negation_at(words, lexicon, begun)
        if begun < stop < place:
            return any(_is_refused(reading, at) for at in range(stop, place))
    return False


def _is_refused(reading: Reading, place: int) -> bool:
    """Whether a word says what is refused, and not only that it is films."""
    word, lexicon = reading.words.word(place), reading.lexicon
    return not any(word in some for some in (lexicon.connectors.no_content, lexicon.terms.media))
