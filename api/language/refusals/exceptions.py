"""Exceptions to what is refused: "no horror except zombies", "no anime but Ghibli is fine".

What is taken out of a refusal is neither refused with it nor asked for, and told as a part that
cannot be honoured: filters know no exceptions.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.language.intent import IntentField
from api.language.reading.reading import (
    Finding,
    Reading,
    harmless_at,
    is_stop,
    negation_at,
    phrase_at,
)

_LONGEST = 16  # words of what is refused before an exception
_NO_EXCEPTION = "No exception can be made: what is refused is left out, whatever it is besides."
# Told by their words: the names of some say what is refused, those of others what there is.
_REFUSALS: frozenset[IntentField] = frozenset({"exclude_content", "exclude_language"})
_AS_WORDS = _REFUSALS | {"seed", "title", "franchise", "character", "topic"}


def exception_at(reading: Reading, place: int) -> int:
    """The end of "except" at a place behind what is refused; `place` for none, as in "except
    horror" and "nothing except horror"."""
    stop = phrase_at(reading.words, place, reading.lexicon.negation.exceptions)
    return stop if stop > place and refuses_before(reading, place) else place


def note_exception(reading: Reading, start: int, stop: int, found: Sequence[Finding]) -> None:
    """Notes what the words [start, stop) take out of a refusal: what was `found` in them, and the
    other words that say something."""
    told = [one for one in found if one.kind not in _AS_WORDS]
    described = [one for one in told if one.kind != "media_type"]
    taken = {place for one in told for place in range(one.start, one.stop)}
    words = _as_words(reading, [place for place in range(start, stop) if place not in taken])
    for finding in described + words or told:
        reading.excepted.append(replace(finding, is_negated=False, note=_NO_EXCEPTION))


def drop_exceptions_to_nothing(reading: Reading) -> None:
    """Removes those before which nothing turned out to be refused: "I remember nothing except for
    one scene"."""
    refused = [one.stop for one in reading.findings if one.is_negated or one.kind in _REFUSALS]
    reading.excepted = [
        one
        for one in reading.excepted
        if any(one.start - _LONGEST <= stop <= one.start for stop in refused)
    ]


def _as_words(reading: Reading, places: Sequence[int]) -> list[Finding]:
    """The words at these places as topics, one for each run of them that say something.

    Whether the catalogue knows them is not told: what a profile may not see, it may not learn of.
    """
    words, small, runs = reading.words, reading.lexicon.connectors.plot_joints, list[Finding]()
    for place in places:
        if words.word(place) in small:
            continue
        is_next = runs and runs[-1].stop == place and not is_stop(words.gap(place))
        first = runs.pop().start if is_next else place
        runs.append(Finding("topic", None, words.written(first, place + 1), first, place + 1))
    return runs


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
