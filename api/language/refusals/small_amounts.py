"""Wishes for little of something: "less gore", "light on romance", "go easy on the violence".

They refuse more softly than "no gore" does. What the catalogue is sure of is left out: titles of
the genre, with one of the keywords, or of the genres that violent titles have; no age is drawn from
it, and no word of a story. "Zero gore" refuses as "no gore" does. Only what is known can be had
less of: "less talking" is searched for, but not "like Inception but less confusing", a contrast.
"Not so much singing" is the same of a topic; of a genre or a content it refuses as any "not" does.
"""

from api.language.reading.plot_text import is_content
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at
from api.language.refusals.negation import spare_what_is_asked
from api.language.refusals.refused_words import exclude_word, leave_out_medium
from api.language.vocabulary.meanings import Content

_KINDS = frozenset({"genre", "exclude_content", "mood", "renown"})
_LONGEST = 3  # words of a topic
_LESS = "Of what there is to be little of, titles are left out that are marked so."


def refuse_small_amounts(reading: Reading) -> None:
    """Marks what little is wanted of as negated, and takes the words that say so."""
    words, known = reading.words, reading.lexicon.negation
    place = 0
    while place < len(words):
        stop = phrase_at(words, place, known.small_amounts)
        if stop == place or is_stop(words.gap(stop)) or not _is_a_wish(reading, place, stop):
            place += 1
            continue
        place = max(_refuse(reading, place, stop), place + 1)


def _is_a_wish(reading: Reading, start: int, stop: int) -> bool:
    """Whether the amount is of what is wanted: not "a little romance" or "a man with no less
    money"; of the words, at most a mood may have been read: "light on romance"."""
    words, lexicon = reading.words, reading.lexicon
    within = [one for one in reading.findings if start <= one.start < stop]
    covered = {place for one in within for place in range(one.start, one.stop)}
    if any(one.kind != "mood" or one.stop > stop for one in within):
        return False
    if reading.story[start] or any(
        reading.taken[place] and place not in covered for place in range(start, stop)
    ):
        return False
    first = start
    if words.word(first - 1) in lexicon.connectors.prepositions and not is_stop(words.gap(first)):
        first -= 1
    if first == 0 or is_stop(words.gap(first)) or reading.taken[first - 1]:
        return True
    before = words.word(first - 1)
    if before in lexicon.titles.articles | lexicon.titles.indefinite_articles:
        return False
    connectors = lexicon.connectors
    if before in lexicon.negation.emphasis:
        return True  # "Absolutely zero gore"
    is_small = before in connectors.no_content | connectors.joints | connectors.contrasts
    return is_small or before in lexicon.terms.meanings


def _refuse(reading: Reading, start: int, stop: int) -> int:
    """The end of all that the words [start, stop) are said of; `start` for nothing."""
    words, known = reading.words, reading.lexicon.negation
    said = words.phrase(start, stop)
    refused: list[Finding] = []
    is_contrast = words.word(start - 1) in reading.lexicon.connectors.contrasts
    place, end = stop, start
    while True:
        while words.word(place) in reading.lexicon.titles.articles | known.skipped:
            place += 1
        found = _at(reading, place, said, is_contrast=is_contrast)
        if not found:
            break
        refused += found
        end = place = max(one.stop for one in found)
        leave_out_medium(reading, end)
        is_joined = words.word(end) in reading.lexicon.connectors.joints
        is_new = words.word(end + 1) in reading.lexicon.titles.indefinite_articles or (
            # "Less horror and more comedy"
            phrase_at(words, end + 1, reading.lexicon.terms.before_weak_genres) > end + 1
        )
        if not is_joined or is_new or is_stop(words.gap(end)):
            break
        place += 1
    if refused:
        _note(reading, refused, start, stop, is_softer=said not in known.zero)
    return end


def _at(reading: Reading, place: int, said: str, *, is_contrast: bool) -> list[Finding]:
    """What is known there that there can be little of, and in a contrast to a wish any last word:
    "like Inception but less confusing"."""
    known = reading.lexicon.negation
    # "Little monsters" are small, and not few; "little horror" may be a film of that size.
    is_of_size = said.split()[-1] in known.small
    found = [one for one in reading.findings if one.start == place and one.kind in _KINDS]
    found = [one for one in found if one.can_be_negated and not one.is_negated]
    if said in known.small:
        return [one for one in found if isinstance(one.value, Content)]
    if said in known.not_much and found:
        return []
    if found or is_of_size:
        return found
    for stop in range(min(place + _LONGEST, len(reading.words)), place, -1):
        if reading.is_free(place, stop) and reading.is_a_topic(place, stop):
            exclude_word(reading, place, stop)
            return [reading.findings[-1]]
    is_refused = said in known.not_much or said.split()[0] in known.negations or is_contrast
    if is_refused and _is_the_last_word(reading, place):
        exclude_word(reading, place, place + 1, is_of_things=False)
        return [reading.findings[-1]]
    return []


def _is_the_last_word(reading: Reading, place: int) -> bool:
    """ "Not so much talking": a word that nobody knows, and the clause ends with it."""
    words, stop = reading.words, place + 1
    is_known = any(one.start <= place < one.stop for one in reading.findings)
    is_last = stop == len(words) or (stop < len(words) and is_stop(words.gap(stop)))
    return is_last and not is_known and is_content(reading, place)


def _note(
    reading: Reading, refused: list[Finding], start: int, stop: int, *, is_softer: bool
) -> None:
    within = [one for one in reading.findings if start <= one.start < stop]
    reading.findings = [one for one in reading.findings if one not in within]
    reading.taken[start:stop] = [True] * (stop - start)
    for one in spare_what_is_asked(reading, refused) if is_softer else refused:
        one.is_negated, one.is_softer = True, is_softer
        if is_softer and one.note is None:
            one.remark = _LESS
