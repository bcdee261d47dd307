"""Ages of pupils by the grade they are in: "for my 10th grade students", "with our 5th grader"."""

import re

from api.language.maturity.ages import Ages
from api.language.maturity.viewer_ages import SHORT, ViewerAge
from api.language.reading.reading import Reading, is_stop, phrase_at

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_YEARS_BEFORE_SCHOOL = 5  # the youngest of the first grade are six
_LAST_GRADE = 12
_LEAD = 2  # words: "for my"


def grade_age_at(reading: Reading, place: int) -> ViewerAge | None:
    """The age that begins with a grade at a place of a short text; None for other numbers.

    "First graders" are among the young children of children_present.py.
    """
    words, known = reading.words, reading.lexicon.maturity
    stop = phrase_at(words, place + 1, known.graders)
    is_apart = is_stop(words.gap(place + 1)) or phrase_at(words, place, known.young) > place
    if stop == place + 1 or is_apart or len(words) > SHORT:
        return None
    grade = _ordinal(reading, place)
    start = max(place - _LEAD, 0)
    watching = known.before_audiences | reading.lexicon.negation.companion_owners
    is_led_to = not watching.isdisjoint(words.words[start:place])
    if not (0 < grade <= _LAST_GRADE and is_led_to) or reading.story[place]:
        return None
    return ViewerAge(Ages(None, grade + _YEARS_BEFORE_SCHOOL), False, place, stop)


def _ordinal(reading: Reading, place: int) -> int:
    """ "10th" and "fifth"; 0 for others."""
    word = reading.words.word(place)
    if (found := _ORDINAL.fullmatch(word)) is not None:
        return int(found[1])
    return reading.lexicon.numbers.ordinals.get(word, 0)
