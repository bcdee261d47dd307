"""Words that refuse what stands before them: "no thanks", "are not really my thing", "bore me"."""

from collections.abc import Collection

from api.language.reading.plot_text import is_apart
from api.language.reading.reading import Reading, phrase_at


def dismissal_at(reading: Reading, place: int) -> int:
    """The end of "no thanks", "are not my thing" or "bore me" at a place, where its clause ends
    with it; `place` for none, as in "not for me, but for my father"."""
    words, known = reading.words, reading.lexicon.negation
    begun = _behind(reading, place, known.before_dismissals)
    stop = phrase_at(words, begun, known.dismissals)
    stop = stop if stop > begun else _not_mine_at(reading, begun)
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
