"""Children of whom more is said than whose they are, so that they are no grown-ups: they are easily
frightened, bored or ill, or have a party.

A son may be grown up; one who gets scared or has a pyjama party is not. A brother or sister of
whom nobody says that they are little is as old as whoever asks.
"""

from api.language.maturity.children_absent import begins_or_is_told, says_nothing
from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import Phrases

_BETWEEN = 4  # words between children and what is said of them


def needs_care(reading: Reading, lead: int, stop: int) -> bool:
    """ "My son gets scared easily", "der Kleine fürchtet sich", "too scary for my son", "my
    daughter is ill": said of somebody's child in the words [lead, stop)."""
    words, known = reading.words, reading.lexicon.maturity
    is_theirs = not reading.lexicon.negation.companion_owners.isdisjoint(words.words[lead:stop])
    starts = range(lead, stop)
    is_a_child = any(phrase_at(words, at, known.children) == stop for at in starts)
    if _is_a_sibling(reading, lead, stop):
        return False
    if not is_theirs and not (is_a_child and words.word(lead) in known.definite):
        return False
    for place in range(stop, min(stop + _BETWEEN, len(words))):
        if is_stop(words.gap(place)):
            break
        if any(
            phrase_at(words, place, some) > place for some in (known.frightened, known.bored_or_ill)
        ):
            return True
        # "My son was so bored" tells of another evening.
        if not says_nothing(reading, place) or words.word(place) in known.became:
            break
    # The "à" of "peur à ma fille" may be of either.
    said = known.frightened, known.frightens
    is_said = any(_is_said_before(reading, at, some) for at in starts for some in said)
    return is_said or _is_too_frightening_for(reading, lead)


def has_a_party(reading: Reading, lead: int, stop: int) -> bool:
    """ "My daughter's birthday party", "fiesta de pijamas de mi hija": of somebody's child, of whom
    nobody says that they are grown up."""
    words, known = reading.words, reading.lexicon.maturity
    is_theirs = not reading.lexicon.negation.companion_owners.isdisjoint(words.words[lead:stop])
    if not is_theirs or _is_a_sibling(reading, lead, stop):
        return False
    behind = stop + (words.word(stop) in reading.lexicon.plots.possessives)
    if phrase_at(words, behind, known.parties) > behind:
        return True
    links = reading.lexicon.connectors.prepositions | known.before_age
    before = lead - (words.word(lead - 1) in links)
    return before > 0 and _is_said_before(reading, before, known.parties)


def are_bored_or_ill(reading: Reading, first: int) -> bool:
    """ "Sick kid at home", "bored children": where nothing stands before it."""
    words, known = reading.words, reading.lexicon.maturity.bored_or_ill
    return words.word(first - 1) in known and begins_or_is_told(reading, first - 1)


def are_not_to_be_frightened(reading: Reading, first: int, noun: int) -> bool:
    """ "(Something that) won't scare (the kids)", "que no asuste a": a monster that scares them is
    of a plot."""
    words, lexicon = reading.words, reading.lexicon
    frightens, negations = lexicon.maturity.frightens, lexicon.negation.negations
    starts = range(max(first - _BETWEEN, 0), noun)
    stops = range(first, noun + 1)
    start = next((at for at in starts for to in stops if words.phrase(at, to) in frightens), noun)
    before = range(max(start - _BETWEEN, 0), start + 1)
    return start < noun and any(phrase_at(words, at, negations) > at for at in before)


def _is_a_sibling(reading: Reading, lead: int, stop: int) -> bool:
    siblings = reading.lexicon.maturity.siblings
    return any(phrase_at(reading.words, at, siblings) == stop for at in range(lead, stop))


def _is_said_before(reading: Reading, stop: int, phrases: Phrases) -> bool:
    """Whether one of the phrases ends right before the word at `stop`."""
    starts = range(max(stop - _BETWEEN, 0), stop)
    return any(reading.words.phrase(start, stop) in phrases for start in starts)


def _is_too_frightening_for(reading: Reading, lead: int) -> bool:
    """ "(Not scary) for (my son)", "(a not too scary) movie for"."""
    words, lexicon = reading.words, reading.lexicon
    place = lead - 1
    if words.word(place) not in lexicon.maturity.before_audiences or is_stop(words.gap(lead)):
        return False
    for stop in range(place, max(place - _BETWEEN, 0), -1):
        if _is_said_before(reading, stop, lexicon.maturity.frightening):
            return True
        is_small = says_nothing(reading, stop - 1) or words.word(stop - 1) in lexicon.terms.media
        if not is_small:
            break
    return False
