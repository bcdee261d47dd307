"""Animals that are not to die: "where the dog doesn't die", "in dem der Hund nicht stirbt".

A refusal stands before what is refused ("nothing where a dog dies"); here the animal stands before
it and the death behind, so that neither half says it alone. What tells of such deaths is left out.
"""

from api.language.reading.reading import Finding, Reading, is_stop, phrase_at

_REFUSED = "animal death"  # of meanings.py
_GOES_BY = "Goes by TMDB's keywords, which few of the titles with such a death have."
_LONGEST_OPENER = 3  # words: "in dem der"
_LONGEST_TEXT = 40  # words: in longer ones it is told of a film


def refuse_deaths_of_the_spared(reading: Reading) -> None:
    """Notes what is refused, and takes its words from whatever was read from a part of them."""
    words, known = reading.words, reading.lexicon.negation
    if len(words) > _LONGEST_TEXT:
        return
    for place, word in enumerate(words.words):
        stop = phrase_at(words, place + 1, known.spared) if word in known.animals else place
        is_whole = stop > place + 1 and not is_stop(words.gap(place + 1))
        if is_whole and _ends_a_clause(reading, stop) and _opens_at(reading, place):
            _refuse(reading, place, stop)


def _ends_a_clause(reading: Reading, stop: int) -> bool:
    """Whether nothing of a story follows, as in "doesn't die of hunger"."""
    connectors = reading.lexicon.connectors
    is_joined = reading.words.word(stop) in connectors.joints | connectors.contrasts
    return stop == len(reading.words) or is_stop(reading.words.gap(stop)) or is_joined


def _opens_at(reading: Reading, place: int) -> bool:
    """Whether titles are told by the clause: "where the", or nothing, stands before the animal."""
    words, lexicon = reading.words, reading.lexicon
    start = place - (words.word(place - 1) in lexicon.titles.articles)
    if start == 0 or is_stop(words.gap(start)):
        return True
    starts = range(max(place - _LONGEST_OPENER, 0), place)
    return any(phrase_at(words, at, lexicon.plots.openers) in (start, place) for at in starts)


def _refuse(reading: Reading, start: int, stop: int) -> None:
    reading.findings = [one for one in reading.findings if one.stop <= start or stop <= one.start]
    refused = Finding("exclude_content", _REFUSED, _REFUSED, start, stop, is_negated=True)
    refused.remark, refused.is_vague = _GOES_BY, True
    reading.take(refused)
