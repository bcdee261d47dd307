"""Words that refuse what stands before them: "no thanks", "are not really my thing", "bore me"."""

from collections.abc import Collection

from api.language.reading.plot_text import is_apart
from api.language.reading.reading import Reading, begins_for_who_asks, phrase_at


def dismissal_at(reading: Reading, place: int) -> int:
    """The end of "no thanks", "are not my thing" or "bore me" at a place, where its clause ends
    with it; `place` for none, as in "not for me, but for my father"."""
    words, known = reading.words, reading.lexicon.negation
    begun = _behind(reading, place, known.before_dismissals)
    stop = phrase_at(words, begun, known.dismissals)
    stop = stop if stop > begun else _not_mine_at(reading, begun)
    stop = stop if stop > begun else _judged_at(reading, place)
    stop = stop if stop > begun else _kept_away_at(reading, begun)
    return stop if stop > begun and ends_its_clause(reading, stop) else place


def _not_mine_at(reading: Reading, place: int) -> int:
    """The end of "not really my cup of tea", "no son lo mío"; `place` for none, as where somebody
    else is meant: "nicht für mich, sondern für Oma"."""
    words, known = reading.words, reading.lexicon.negation
    negated = phrase_at(words, place, known.negations)
    if negated == place:
        return place
    between = known.before_dismissals | known.degrees
    # The "a" of "isn't a" is the negation's; "per" and "für" are those of another, too.
    mine = _behind(reading, negated, between)
    stop = phrase_at(words, mine, known.not_mine)
    if stop == mine or any(is_apart(reading, at) for at in range(place + 1, stop)):
        return place
    contrasts = reading.lexicon.connectors.contrasts
    behind = stop + (words.word(stop) in contrasts)
    behind = _behind(reading, behind, known.before_dismissals)
    return place if words.word(behind) == words.word(mine) else stop


def _judged_at(reading: Reading, place: int) -> int:
    """The end of "are so boring", "sind mir zu langweilig"; `place` for none, as in "films that
    are boring"."""
    words, known = reading.words, reading.lexicon.negation
    begun = _behind(reading, place, known.before_dismissals)
    if begun == place or is_apart(reading, place) or words.word(place - 1) in known.relatives:
        return place
    small = known.degrees | known.emphasis | reading.lexicon.connectors.empty_words
    begun = _behind(reading, begun, small)
    stop = phrase_at(words, begun, known.judgements)
    return stop if stop > begun else place


def _kept_away_at(reading: Reading, place: int) -> int:
    """The end of "away" in "keep romance away", of "nicht leiden" in "ich kann Horror nicht
    leiden" and "boring" in "she finds horror boring"; `place` for none."""
    words, known = reading.words, reading.lexicon.negation
    stop = max(phrase_at(words, place, some) for some in (known.kept_away, known.judgements))
    if stop == place or is_apart(reading, place):
        return place
    at = place
    while at > 0 and (at == place or not is_apart(reading, at)):
        at -= 1
        if kept_before(reading, at, place) > at:
            return stop
    return place


def kept_before(reading: Reading, place: int, stop: int) -> int:
    """The end of "keep" or "ich kann" where a clause begins at a place, before something that ends
    at `stop`; `place` for none."""
    words, connectors = reading.words, reading.lexicon.connectors
    end = phrase_at(words, place, reading.lexicon.negation.kept_before)
    small = (connectors.joints, connectors.contrasts, connectors.small_talk, connectors.fillers)
    begins = any(words.word(place - 1) in some for some in small)
    begins = begins or begins_for_who_asks(words, reading.lexicon, place)
    return end if begins and end < stop else place


def _behind(reading: Reading, place: int, small: Collection[str]) -> int:
    """Behind such words from a place on."""
    while reading.words.word(place) in small:
        place += 1
    return place


def ends_its_clause(reading: Reading, stop: int) -> bool:
    """Whether a mark, a joint or a contrast follows the words up to `stop`, or nothing."""
    words, connectors = reading.words, reading.lexicon.connectors
    is_last = stop == len(words) or is_apart(reading, stop)
    return is_last or words.word(stop) in connectors.contrasts | connectors.joints
