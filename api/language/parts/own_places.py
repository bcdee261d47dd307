"""Where whoever asks is from: "I'm from Spain", "we live in Canada" ask for no titles of there."""

from api.language.reading.reading import Reading, phrase_at


def leave_out_own_places(reading: Reading) -> None:
    """Takes the words and the place, so that it is neither asked for nor searched with."""
    words, terms = reading.words, reading.lexicon.terms
    for place in range(len(words)):
        start = phrase_at(words, place, terms.before_own_places)
        if start == place:
            continue
        if words.word(start) in reading.lexicon.titles.articles:
            start += 1
        stop = phrase_at(words, start, terms.places)
        if stop > start and reading.is_free(place, stop):
            reading.taken[place:stop] = [True] * (stop - place)
