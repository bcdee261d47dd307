"""What people say to each other around a request: "I am fine, thank you for asking"."""

from api.language.reading.reading import Reading, negation_at, phrase_at


def leave_out_small_talk(reading: Reading) -> None:
    """Takes its words, so that nothing is searched for with them: "fine" is no fine dining."""
    for place in range(len(reading.words)):
        stop = phrase_at(reading.words, place, reading.lexicon.connectors.small_talk)
        if _begins_a_refusal(reading, place, stop):
            continue
        if stop > place and reading.is_free(place, stop):
            reading.taken[place:stop] = [True] * (stop - place)


def _begins_a_refusal(reading: Reading, start: int, stop: int) -> bool:
    """ "J'ai horreur des", "content warning: suicide"."""
    words, lexicon = reading.words, reading.lexicon
    if any(phrase_at(words, at, lexicon.negation.negations) > stop for at in range(start, stop)):
        return True
    return stop < len(words) and negation_at(words, lexicon, start) == stop
