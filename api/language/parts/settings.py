"""Countries and cities in which a story is set: "takes place in Italy", "ambientada en Roma".

They are topics, which a title made anywhere may have: "from Italy" asks for what was made there.
"""

from api.catalogue.names.topics import Topic
from api.language.parts.topics import GOES_BY
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at

_LONGEST = 4  # words of a negation


def find_settings(reading: Reading) -> None:
    """Notes them with the words that lead to them, in a text that is short enough for a wish."""
    words, lexicon = reading.words, reading.lexicon
    settings = lexicon.plots.settings
    for place in range(len(words)) if reading.is_short else ():
        start = phrase_at(words, place, settings)
        stop = _end_of_place(reading, start) if start > place else start
        if start == place and words.word(place) in lexicon.plots.set_in:
            start = place + 1
            stop = _end_of_place(reading, start)
            # "Filme, die in Italien spielen"
            behind = phrase_at(words, stop, lexicon.plots.settings_behind)
            stop = start if behind == stop or is_stop(words.gap(stop)) else stop
        if stop == start and start > place and words.word(start - 1) in lexicon.negation.negations:
            # The Portuguese "se passam no Rio" refuses none.
            reading.taken[place:start] = [True] * (start - place)
        if stop == start or is_stop(words.gap(start)) or not reading.is_free(place, stop):
            continue
        topic = _topic_of(reading, words.phrase(start, stop))
        if topic is None:
            continue
        label, begun = words.written(start, stop), _start_of_negation(reading, place, start)
        if begun < place:
            own = words.phrase(start, stop)
            word = own if own in lexicon.topics.cities else topic.name
            reading.take(Finding("exclude_content", word, label, begun, stop, is_negated=True))
        else:
            reading.take(Finding("topic", topic, label, place, stop, remark=GOES_BY))


def _start_of_negation(reading: Reading, place: int, start: int) -> int:
    """Where the "not" of "not set in" begins, which may end within [place, start); `place` without
    one."""
    words, lexicon = reading.words, reading.lexicon
    titles = place
    while words.word(titles - 1) in lexicon.terms.media and titles > 0:  # "no films set in"
        titles -= 1
    negations = lexicon.negation.negations
    starts = range(max(titles - _LONGEST, 0), titles)
    return next((at for at in starts if titles <= phrase_at(words, at, negations) <= start), place)


def _end_of_place(reading: Reading, start: int) -> int:
    """The end of the country that begins at `start`, or of the city: what titles are about, by its
    name in any of the languages. `start` for neither."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, start, lexicon.terms.places)
    return stop if stop > start else phrase_at(words, start, lexicon.topics.cities)


def _topic_of(reading: Reading, place: str) -> Topic | None:
    """By the English name, which the keywords have: that of the same meaning."""
    terms, topics = reading.lexicon.terms, reading.names.topics
    if (meaning := terms.origins.get(place)) is None:
        return topics.named(reading.lexicon.topics.words[place])
    names = (name for name in terms.places if terms.origins[name] == meaning)
    found = (topics.named(name) for name in (place, *sorted(names)))
    return next((topic for topic in found if topic is not None), None)
