"""What is adapted from somebody's books: "stephen king adaptations", "Verfilmung von Stephen King".

Not every title credits whoever wrote its book, so they are lifted where they are credited, and
filter nothing; TMDB's keyword of adaptations is a topic.
"""

from dataclasses import replace

from api.language.intent import Part
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at

_BASED_ON = "based on novel or book"
_LONGEST = 4  # words before a name


def find_adaptations(reading: Reading) -> None:
    """Makes of people beside words for adaptations those who wrote what is adapted."""
    words, known = reading.words, reading.lexicon.people
    for finding in reading.found("person"):
        behind = finding.stop + (words.word(finding.stop) in known.possessives)
        stop = phrase_at(words, behind, known.adaptations)
        start = _sign_before(reading, finding.start)
        if stop > behind and not is_stop(words.gap(behind)):
            _note(reading, finding, behind, stop)
        elif start is not None:
            _note(reading, finding, start, finding.start)


def _sign_before(reading: Reading, place: int) -> int | None:
    """Where "adaptations of" begins right before a name."""
    phrases = reading.lexicon.people.adaptations_of
    starts = range(max(place - _LONGEST, 0), place)
    found = (at for at in starts if phrase_at(reading.words, at, phrases) == place)
    return next(found, None)


def _note(reading: Reading, finding: Finding, start: int, stop: int) -> None:
    if isinstance(finding.value, Part):
        finding.value = replace(finding.value, roles=frozenset())
    finding.is_vague = True
    topic = reading.names.topics.named(_BASED_ON)
    if topic is not None:
        told = Finding("topic", topic, topic.name, start, stop)
        reading.take(told)
