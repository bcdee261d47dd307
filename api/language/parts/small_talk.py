"""What people say to each other around a request: "I am fine, thank you for asking"."""

from api.language.reading.reading import Reading, phrase_at


def leave_out_small_talk(reading: Reading) -> None:
    """Takes its words, so that nothing is searched for with them: "fine" is no fine dining."""
    for place in range(len(reading.words)):
        stop = phrase_at(reading.words, place, reading.lexicon.connectors.small_talk)
        if stop > place and reading.is_free(place, stop):
            reading.taken[place:stop] = [True] * (stop - place)
