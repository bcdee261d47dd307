"""Ages of pupils by the grade they are in: "for my 10th grade students", "with our 5th grader"."""

import re

from api.language.maturity.age_signs import ends_phrase, names_children
from api.language.maturity.ages import Ages
from api.language.maturity.viewer_ages import SHORT, ViewerAge
from api.language.reading.reading import Reading, is_stop, phrase_at

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_YEARS_BEFORE_SCHOOL = 5  # the youngest of the first grade are six
_LAST_GRADE = 12
_LEAD = 2  # words: "for my"
_LONGEST_LEAD = 3  # words: "he is in"


def grade_age_at(reading: Reading, place: int) -> ViewerAge | None:
    """The age that begins with a grade at a place of a short text; None for other numbers.

    "First graders" are among the young children of children_present.py.
    """
    words, known = reading.words, reading.lexicon.maturity
    grade = _ordinal(reading, place)
    if not 0 < grade <= _LAST_GRADE or reading.story[place]:
        return None
    ages = Ages(None, grade + _YEARS_BEFORE_SCHOOL)
    if (end := phrase_at(words, place + 1, known.grades)) > place + 1:
        is_whole = place == 0 and end == len(words)
        lead = words.words[max(place - _LONGEST_LEAD, 0) : place]
        is_theirs = names_children(reading) or not known.pronouns.isdisjoint(lead)
        is_in_it = len(words) <= SHORT and is_theirs and ends_phrase(reading, end)
        if is_whole or is_in_it:
            return ViewerAge(ages, False, place, end)
    stop = phrase_at(words, place + 1, known.graders)
    is_apart = is_stop(words.gap(place + 1)) or phrase_at(words, place, known.young) > place
    if stop == place + 1 or is_apart or len(words) > SHORT:
        return None
    start = max(place - _LEAD, 0)
    watching = known.before_audiences | reading.lexicon.negation.companion_owners
    is_led_to = not watching.isdisjoint(words.words[start:place])
    return ViewerAge(ages, False, place, stop) if is_led_to or _asks(reading, place, stop) else None


def before_school_at(reading: Reading, place: int) -> ViewerAge | None:
    """What a child may see who is too young for school: "my son is in kindergarten"."""
    words, known = reading.words, reading.lexicon.maturity
    stop = phrase_at(words, place, known.before_school)
    if stop == place or len(words) > SHORT or reading.story[place]:
        return None
    owners = known.for_whom | reading.lexicon.negation.companion_owners
    children = known.relatives | known.children
    is_theirs = any(
        words.word(at) in children and words.word(at - 1) in owners for at in range(1, place)
    )
    return ViewerAge(Ages(None, 0), False, place, stop) if is_theirs else None


def _asks(reading: Reading, start: int, stop: int) -> bool:
    """Whether they begin a clause that asks: "4th grader likes mysteries", "5th graders"."""
    words, lexicon = reading.words, reading.lexicon
    begins = start == 0 or is_stop(words.gap(start))
    phrases = lexicon.maturity.wishes, lexicon.term_phrases
    asks = any(phrase_at(words, stop, some) > stop for some in phrases)
    if begins and len(words) <= SHORT:  # "5th grader sleepover movie"
        asks = asks or any(word in lexicon.terms.media for word in words.words[stop:])
    return begins and (asks or ends_phrase(reading, stop))


def _ordinal(reading: Reading, place: int) -> int:
    """ "10th" and "fifth"; 0 for others."""
    word = reading.words.word(place)
    if (found := _ORDINAL.fullmatch(word)) is not None:
        return int(found[1])
    return reading.lexicon.numbers.ordinals.get(word, 0)
