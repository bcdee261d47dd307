"""What the household has: "from my watchlist", "what of our library", "not on my list"."""

from collections.abc import Mapping

from api.language.intent import IntentField
from api.language.reading.reading import Finding, Reading, phrase_at
from api.language.vocabulary.lexicon import Phrases

_LABELS: Mapping[IntentField, str] = {"watchlist": "On the watchlist", "library": "In the library"}


def find_own_lists(reading: Reading) -> None:
    """Notes the watchlist and the library of whoever asks, and takes their words."""
    known = reading.lexicon.own_lists
    if known.first_words.isdisjoint(reading.words.words):
        return
    fields: tuple[tuple[IntentField, Phrases], ...] = (
        ("watchlist", known.watchlist),
        ("library", known.library),
    )
    for place in range(len(reading.words)):
        for kind, phrases in fields:
            stop = phrase_at(reading.words, place, phrases)
            if stop > place and _is_meant(reading, place, stop):
                reading.take(Finding(kind, "only", _LABELS[kind], place, stop, True))


def _is_meant(reading: Reading, start: int, stop: int) -> bool:
    """ "My list", but not "my list of favourites", not what a story tells, and not where a list
    lacks something: "not enough comedies on my list"."""
    lacking = reading.lexicon.negation.fondness
    if any(phrase_at(reading.words, at, lacking) > at for at in range(start)):
        return False
    goes_on = reading.words.word(stop) in reading.lexicon.own_lists.of
    return reading.is_free(start, stop) and not reading.story[start] and not goes_on
