"""Where whoever asks is from: "I'm from Spain", "we live in Canada", "I'm German, looking for a
thriller" ask for no titles of there."""

from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import Phrases


def leave_out_own_places(reading: Reading) -> None:
    """Takes the words and the place, so that it is neither asked for nor searched with."""
    words, terms = reading.words, reading.lexicon.terms
    for place in range(len(words)):
        stop = _stop_of(reading, place, terms.before_own_places, terms.places)
        begins = place == 0 or is_stop(words.gap(place))
        if stop == place and begins:
            stop = _stop_of(reading, place, terms.before_own_nationality, terms.nationalities)
            stop = stop if _ends_clause(reading, stop) else place
        if stop > place and reading.is_free(place, stop):
            reading.taken[place:stop] = [True] * (stop - place)


def _stop_of(reading: Reading, place: int, leads: Phrases, named: Phrases) -> int:
    """The end of one of `named` behind one of `leads` at a place; the place for none."""
    words = reading.words
    start = phrase_at(words, place, leads)
    if start == place:
        return place
    if words.word(start) in reading.lexicon.titles.articles:
        start += 1
    stop = phrase_at(words, start, named)
    return stop if stop > start else place


def _ends_clause(reading: Reading, stop: int) -> bool:
    """ "I'm German and want", but "I am a French film lover"."""
    words, connectors = reading.words, reading.lexicon.connectors
    is_next = words.word(stop) in connectors.and_words or words.word(stop) in connectors.contrasts
    return stop == len(words) or is_stop(words.gap(stop)) or is_next
