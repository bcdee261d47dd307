"""Refusals behind what they refuse: "horror, no thanks", "westerns are not my thing", "gore no".

They reach back over the one clause before them where all that it says can be refused, and change
nothing otherwise: "something funny, no thanks". Ages stay as they were read.
"""

from api.catalogue.names.topics import LONGEST_TOPIC
from api.language.intent import IntentField
from api.language.reading.dismissed import dismissal_at, ends_its_clause, kept_before
from api.language.reading.plot_text import is_apart
from api.language.reading.reading import Finding, Reading, gap_behind, phrase_at
from api.language.refusals.refused_words import exclude_word

_REACH = 8  # words
_LONGEST_LEAD = 3  # words of "bleib mir mit"
_KEPT: frozenset[IntentField] = frozenset({"maturity", "count", "runtime"})


def refuse_what_is_dismissed(reading: Reading) -> None:
    """Marks such findings as negated, and takes the words of the refusal."""
    place = 0
    while place < len(reading.words):
        stop = _dismissal_at(reading, place)
        if stop > place:
            _refuse(reading, place, stop)
        elif _affirms(reading, place):
            reading.taken[place] = True
        place = max(stop, place + 1)


def _dismissal_at(reading: Reading, place: int) -> int:
    """The end of what dismisses what is before it, "no" as well; `place` for none."""
    words, known = reading.words, reading.lexicon.negation
    stop = dismissal_at(reading, place)
    if stop == place and not _asks_back(reading, place):
        stop = phrase_at(words, place, known.flat_dismissals)
        stop = stop if ends_its_clause(reading, stop) else place
    is_open = 0 < place < stop and not reading.story[place] and reading.is_free(place, stop)
    return stop if is_open else place


def _affirms(reading: Reading, place: int) -> bool:
    """The "yes" of "zombies yes, gore no"."""
    words = reading.words
    if words.word(place) not in reading.lexicon.negation.affirmations or reading.taken[place]:
        return False
    is_last = place + 1 == len(words) or is_apart(reading, place + 1)
    is_said_of_something = place > 0 and not is_apart(reading, place)
    return is_last and is_said_of_something and not reading.story[place]


def _asks_back(reading: Reading, place: int) -> bool:
    """ "A comedy, no?"; behind a mark a mere "no" may answer something else as well."""
    words = reading.words
    return any(mark in words.gap(place) for mark in ",;.!") or "?" in gap_behind(words, place + 1)


def _refuse(reading: Reading, place: int, stop: int) -> None:
    """Refuses all that stands before the words [place, stop), and takes these."""
    refused = dismissed_before(reading, place)
    described = [one for one in refused if one.kind != "media_type"]
    for finding in described or refused:
        finding.is_negated = True
    if described:  # "Horror movies, no thanks" does not refuse films
        media = [one for one in refused if one.kind == "media_type"]
        reading.findings = [one for one in reading.findings if one not in media]
    if refused:
        reading.taken[place:stop] = [True] * (stop - place)


def dismissed_before(reading: Reading, stop: int) -> list[Finding]:
    """All that the clause before `stop` says, with its topics noted; empty where some of it cannot
    be refused, as in "something scary, no thanks"."""
    words, lexicon = reading.words, reading.lexicon
    connectors = lexicon.connectors
    ends = connectors.contrasts | lexicon.negation.affirmations
    small = (
        connectors.fillers | connectors.prepositions | connectors.joints | lexicon.titles.articles
    ) | lexicon.terms.of_medium
    said, topics, place = list[Finding](), list[tuple[int, int]](), stop
    while place > 0 and (place == stop or not is_apart(reading, place)):
        found = [one for one in reading.findings if one.stop == place]
        if found:
            if any(one.kind in _KEPT or not one.can_be_negated for one in found):
                return []
            said += found
            place = min(one.start for one in found)
        elif (start := topic_before(reading, place)) < place:
            topics.append((start, place))
            place = start
        elif (word := words.word(place - 1)) in ends:
            break
        elif (said or topics) and (start := _kept_before(reading, place, stop)) < place:
            reading.taken[start:place] = [True] * (place - start)
            break
        elif not (said or topics) or word not in small or _asks(reading, place - 1):
            return []
        else:
            place -= 1
        if stop - place > _REACH:
            return []
    for start, end in topics:
        exclude_word(reading, start, end)
        said.append(reading.findings[-1])
    return said


def _kept_before(reading: Reading, place: int, stop: int) -> int:
    """Where "keep" or "ich kann" begins that ends at a place, before what is kept away up to
    `stop`; the place for none."""
    starts = range(max(place - _LONGEST_LEAD, 0), place)
    return next((at for at in starts if kept_before(reading, at, stop) == place), place)


def _asks(reading: Reading, place: int) -> bool:
    """Whether the word is of somebody who asks; the "i" of "i film horror" is an article."""
    word, lexicon = reading.words.word(place), reading.lexicon
    is_article = word in lexicon.titles.articles and (place == 0 or is_apart(reading, place))
    is_i = is_article and not reading.words.tokens[place].is_capital
    return word in lexicon.maturity.asking and not is_i


def topic_before(reading: Reading, stop: int) -> int:
    """The start of the longest topic that ends at `stop`; `stop` for none."""
    for start in range(max(stop - LONGEST_TOPIC, 0), stop):
        within = range(start + 1, stop)
        if any(is_apart(reading, place) for place in within) or not reading.is_free(start, stop):
            continue
        if reading.is_a_topic(start, stop):
            return start
    return stop
