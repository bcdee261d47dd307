"""Ages of pupils by the class they are in: "for my 10th grade students", "with our 5th grader",
"year 3 pupils", "la seconda elementare", "she starts school in autumn".

Of a class the youngest count, and a country's schools count from their own first one: `grades` and
`before_grades` say by how many years its number is short of their age.
"""

import re
from collections.abc import Iterator

from api.language.maturity.age_signs import (
    comes_soon,
    ends_phrase,
    ends_with_a_parent,
    names_children,
)
from api.language.maturity.ages import Ages
from api.language.maturity.viewer_ages import SHORT, ViewerAge
from api.language.reading.reading import Reading, is_stop, phrase_at

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|a|o|e)")
_NUMBERED = re.compile(r"([a-z]+)(\d{1,2})")
_JOINED = frozenset({"&", "/", "-", "–"})
_YEARS_BEFORE_SCHOOL = 5  # the youngest of the first grade are six
_LAST_GRADE = 13
_LEAD = 2  # words: "for my"
_LONGEST_LEAD = 3  # words: "he is in"


def grade_age_at(reading: Reading, place: int) -> ViewerAge | None:
    """The age that begins with a grade at a place of a short text; None for other numbers.

    "First graders" are among the young children of children_present.py.
    """
    # "Kinder in der 3. Klasse": right behind what may open a plot a class is where they are.
    is_told = reading.story[place] and (place == 0 or reading.story[place - 1])
    if len(reading.words) > SHORT or is_told:
        return None
    found = _of_a_class(reading, place)
    return found if found is not None or reading.story[place] else _of_graders(reading, place)


def school_age_at(reading: Reading, place: int) -> ViewerAge | None:
    """The age of a child by the school that they go to, or are too young for: "my son is in
    kindergarten", "elle est en CM1", "he starts school in september"."""
    words, known = reading.words, reading.lexicon.maturity
    stop = phrase_at(words, place, known.at_school_phrases)
    if stop == place or len(words) > SHORT or reading.story[place]:
        return None
    owners = known.for_whom | reading.lexicon.negation.companion_owners
    children = known.relatives | known.children
    is_theirs = any(
        words.word(at) in children and words.word(at - 1) in owners for at in range(1, place)
    )
    # "She starts school and falls in love" is a story, "and loves trains" is not.
    joined = stop + (words.word(stop) in reading.lexicon.connectors.joints)
    wants = phrase_at(words, joined, known.wishes) > joined
    ends = stop == len(words) or is_stop(words.gap(stop)) or comes_soon(reading, stop)
    if not (is_theirs or ((ends or wants) and _says_nothing_before(reading, place))):
        return None
    return ViewerAge(Ages(None, known.at_school[words.phrase(place, stop)]), False, place, stop)


def _of_a_class(reading: Reading, place: int) -> ViewerAge | None:
    """ "In second grade", "2. Klasse", "year 3 pupils"."""
    words, known = reading.words, reading.lexicon.maturity
    for start, end, age in _classes_at(reading, place):
        stop = end
        while words.word(stop) in known.relatives | known.children:  # "year 3 pupils"
            stop += 1
        is_whole = start == 0 and stop == len(words)
        lead = words.words[max(start - _LONGEST_LEAD, 0) : start]
        is_theirs = names_children(reading) or not known.pronouns.isdisjoint(lead)
        is_theirs = is_theirs or not known.before_audiences.isdisjoint(lead[-_LEAD:])
        is_at_one = comes_soon(reading, stop) or phrase_at(words, stop, known.occasions) > stop
        is_at_one = is_at_one or stop > end
        # "Year 2 of the plague"
        is_told = is_at_one or _ends_a_clause(reading, stop)
        is_told = is_told and _says_nothing_before(reading, start)
        ends = is_at_one or ends_phrase(reading, stop)
        if is_whole or is_told or (is_theirs and ends):
            return ViewerAge(Ages(None, age), False, start, stop)
    return None


def _ends_a_clause(reading: Reading, stop: int) -> bool:
    connectors = reading.lexicon.connectors
    is_joined = reading.words.word(stop) in connectors.joints | connectors.contrasts
    return stop == len(reading.words) or is_stop(reading.words.gap(stop)) or is_joined


def _classes_at(reading: Reading, place: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, age) of a class with its number at a place: "2nd grade", "year 3", "p3"."""
    words, known = reading.words, reading.lexicon.maturity
    grade = _ordinal(reading, place) or _dotted(reading, place)
    behind = _behind_more_ordinals(reading, place)
    end = phrase_at(words, behind, known.grade_phrases)
    if 0 < grade <= _LAST_GRADE and end > behind:
        yield place, end, grade + known.grades[words.phrase(behind, end)]
    joined = _NUMBERED.fullmatch(words.word(place))
    if joined is not None and (short := known.before_grades.get(joined[1])) is not None:
        yield place, place + 1, int(joined[2]) + short
    start, number = place - 1, _cardinal(reading, place)
    word = words.word(start)
    short = known.before_grades.get(word) if len(word) > 1 else None  # "5 y 3" are two
    if short is None or is_stop(words.gap(place)) or not 0 < number <= _LAST_GRADE:
        return
    stop = place + 1
    while stop < len(words) and not is_stop(words.gap(stop)):  # "year 1 and 2", "grades 1-2"
        following = stop + (words.word(stop) in known.number_joints)
        if not 0 < _cardinal(reading, following) <= _LAST_GRADE:
            break
        stop = following + 1
    # "Kids year 5" may be in that class, or that old.
    is_their_age = words.word(start - 1) in known.relatives | known.children
    yield start, stop, number if is_their_age else number + short


def _behind_more_ordinals(reading: Reading, place: int) -> int:
    """Where the noun begins of "1st and 2nd graders", of whom the first are the youngest."""
    words, joints = reading.words, reading.lexicon.maturity.number_joints
    behind = place + 1
    following = behind + (words.word(behind) in joints)
    is_joined = following > behind or words.gap(behind).strip(" .") in _JOINED
    is_another = _ordinal(reading, following) or _dotted(reading, following)
    return following + 1 if is_joined and is_another else behind


def _of_graders(reading: Reading, place: int) -> ViewerAge | None:
    words, known = reading.words, reading.lexicon.maturity
    dotted = _dotted(reading, place)
    grade = dotted or _ordinal(reading, place)
    behind = _behind_more_ordinals(reading, place)
    stop = phrase_at(words, behind, known.graders)
    is_apart = is_stop(words.gap(behind)) and not dotted
    is_apart = is_apart or phrase_at(words, place, known.young) > place
    if not 0 < grade <= _LAST_GRADE or stop == behind or is_apart:
        return None
    start = max(place - _LEAD, 0)
    watching = known.before_audiences | reading.lexicon.negation.companion_owners
    is_led_to = not watching.isdisjoint(words.words[start:place])
    ages = Ages(None, grade + _YEARS_BEFORE_SCHOOL)
    return ViewerAge(ages, False, place, stop) if is_led_to or _asks(reading, place, stop) else None


def _says_nothing_before(reading: Reading, place: int) -> bool:
    """Whether nothing but who goes to school, and that they do, stands before in the clause: "I
    teach", "she starts", "un enfant en"."""
    words, lexicon = reading.words, reading.lexicon
    known, connectors = lexicon.maturity, lexicon.connectors
    small = connectors.joints | connectors.prepositions | connectors.no_content | known.pronouns
    small |= known.are | known.articles | known.definite | known.attending
    small |= known.relatives | known.children
    while place > 0 and not is_stop(words.gap(place)):
        if ends_with_a_parent(reading, place):  # "teacher of"
            return True
        starts = range(max(place - _LONGEST_LEAD, 0), place)
        dated = next((at for at in starts if words.phrase(at, place) in known.soon), place)
        if dated == place and words.word(place - 1) not in small:
            return False
        place = min(dated, place - 1)
    return True


def _asks(reading: Reading, start: int, stop: int) -> bool:
    """Whether they begin a clause that asks: "4th grader likes mysteries", "5th graders"."""
    words, lexicon = reading.words, reading.lexicon
    begins = start == 0 or is_stop(words.gap(start)) or _says_nothing_before(reading, start)
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


def _dotted(reading: Reading, place: int) -> int:
    """The German "2." before its noun; 0 for other words."""
    words = reading.words
    is_dotted = words.gap(place + 1).strip(" -/&–") == "."
    return _figures(words.word(place)) if is_dotted else 0


def _cardinal(reading: Reading, place: int) -> int:
    """ "3", "7s" and "three"; 0 for others."""
    word = reading.words.word(place)
    return _figures(word.removesuffix("s")) or reading.lexicon.numbers.words.get(word, 0)


def _figures(word: str) -> int:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 3 else 0
