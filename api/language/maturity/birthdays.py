"""Ages of children whose birthday it is, or who are only named: "her 8th birthday", "les 7 ans de
ma fille", "mein Sohn wird heute 7 Jahre alt"."""

import re

from api.language.maturity.age_signs import ends_phrase
from api.language.maturity.ages import ADULT, Ages
from api.language.maturity.viewer_ages import SHORT, ViewerAge
from api.language.reading.numbers import number_at
from api.language.reading.reading import Reading, phrase_at

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|eme|o|a)")


def birthday_age_at(reading: Reading, place: int) -> ViewerAge | None:
    """The age that begins at a place of a short text that is no plot; None for other numbers."""
    if len(reading.words) > SHORT or reading.story[place]:
        return None
    stop, age = _age_at(reading, place)
    if age is None or not 0 < age <= ADULT:
        return None
    end = _end_of(reading, place, stop)
    return None if end is None else ViewerAge(Ages(None, age), False, place, end)


def _age_at(reading: Reading, place: int) -> tuple[int, int | None]:
    """(end, number) of "8", "eight", "8th" and "eighth"."""
    word = reading.words.word(place)
    if (found := _ORDINAL.fullmatch(word)) is not None:
        return place + 1, int(found[1])
    if (ordinal := reading.lexicon.numbers.ordinals.get(word)) is not None:
        return place + 1, ordinal
    return number_at(reading, place)


def _end_of(reading: Reading, place: int, stop: int) -> int | None:
    """Where the age ends, if it is one: before "birthday", with its years where a child is named,
    or at the end of a phrase where a birthday is."""
    words, known = reading.words, reading.lexicon.maturity
    if (end := phrase_at(words, stop, known.birthdays)) > stop:
        return end
    if words.word(stop) in known.years:
        behind = phrase_at(words, stop + 1, known.old)
        if words.word(behind) in known.no_ages:
            return None
        if words.word(place - 1) in known.no_ages:
            return None
        return behind if _names_a_child(reading) or _is_a_birthday(reading) else None
    is_figure = words.word(place).isdecimal()
    return stop if is_figure and _is_a_birthday(reading) and ends_phrase(reading, stop) else None


def _is_a_birthday(reading: Reading) -> bool:
    birthdays, words = reading.lexicon.maturity.birthdays, reading.words
    return any(phrase_at(words, place, birthdays) > place for place in range(len(words)))


def _names_a_child(reading: Reading) -> bool:
    """ "Ma fille", "my sons"."""
    words, known = reading.words, reading.lexicon.maturity
    return any(
        words.word(place) in known.relatives and words.word(place - 1) in known.for_whom
        for place in range(1, len(words))
    )
