"""Ages of who watches, in figures and words: "for my 8-year-old", "kids 5 and 9", "12 and under".

Anchored at the numbers: what stands before and behind one says whether it is an age. Of several
the youngest counts. A number that nothing calls an age is none: "the last 5 years", "10 films".
"""

import re
from dataclasses import dataclass

from api.language.age_refusals import AgeRefusals
from api.language.ages import ADULT, OLDEST, OLDEST_OF_BOARDS, Ages, viewer_ages
from api.language.lexicon import Bound
from api.language.reading import Reading, gap_behind, is_stop, phrase_at

_BEFORE = 6  # phrases before a number that say what it is
_LONGEST = 4  # words of such a phrase
_OLDEST_VIEWER = 30  # "for a 20 year old"
_SURE_BOUND = 4  # "under 2" may be hours
_BOARDS_OVER = frozenset({16, 18, 21})  # years that titles are for those over
_FIGURES = re.compile(r"(\d{1,3})([a-z]*)")
_DASHES = frozenset({"-", "–", "—", "/", "&"})
_LISTED = frozenset({*_DASHES, ","})


@dataclass(frozen=True, slots=True)
class ViewerAge:
    """An age in the words [start, stop), the number of it at `number`."""

    ages: Ages
    is_refused: bool
    start: int
    number: int
    stop: int


@dataclass(slots=True)
class _Signs:
    """What was seen around a number."""

    start: int
    bound: Bound | None = None
    is_aged: bool = False  # "aged", "the age of"
    is_for: bool = False  # "for", "my"
    is_child: bool = False
    is_relative: bool = False  # a child if it is somebody's
    is_pronoun: bool = False
    is_being: bool = False  # "is", "turns"
    is_in_years: bool = False  # "für 7 Jahre"
    is_range: bool = False  # "de 8 a 10"
    is_plus: bool = False
    is_plural: bool = False  # "12s"
    unit: str = ""  # old, years or months


def viewer_age_at(reading: Reading, refusals: AgeRefusals, place: int) -> ViewerAge | None:
    """The age whose number begins at a place, None for other numbers."""
    end, numbers, unit = _numbers_at(reading, place)
    if not numbers or min(numbers) > 120:
        return None
    signs = _signs_before(reading, place)
    signs.is_child = signs.is_child or (signs.is_relative and signs.is_for)
    signs.unit, signs.is_plural = (unit, False) if unit != "s" else ("", True)
    openers = reading.lexicon.runtimes.range_openers
    signs.is_range = len(numbers) > 1 and reading.words.word(place - 1) in openers
    stop = _unit_behind(reading, end, signs)
    stop = _bound_behind(reading, stop, signs)
    if not signs.unit:
        stop = _unit_behind(reading, stop, signs)
    age = min(numbers) // 12 if signs.unit == "months" else min(numbers)
    refused_from = refusals.beside(signs.start)
    if not _is_age(reading, signs, place, stop, age):
        return None
    is_bare = not (signs.is_for or signs.is_child or signs.is_aged)
    is_refused = refused_from is not None or (
        (is_bare or (signs.bound is not None and age >= ADULT))
        and signs.bound in (Bound.above, Bound.at_least)
        and refusals.reach(signs.start, stop, over_commas=age >= ADULT)
    )
    ages = viewer_ages(age, signs.bound, is_refused=is_refused)
    return ViewerAge(ages, is_refused, signs.start, place, stop)


def _numbers_at(reading: Reading, place: int) -> tuple[int, list[int], str]:
    """(end, numbers, unit) of a list of numbers: "5", "5 and 9", "8-10", "14yo"."""
    words, joints = reading.words, reading.lexicon.maturity.number_joints
    end, number, unit = _number_at(reading, place)
    numbers = [] if number is None else [number]
    if not numbers or (
        place > 0 and words.gap(place) in _DASHES and _is_number(reading, place - 1)
    ):
        return place, [], ""
    while not unit:
        is_joint = words.word(end) in joints and not is_stop(words.gap(end))
        following = end + 1 if is_joint else end
        if not is_joint and words.gap(end).strip() not in _LISTED:
            break
        stop, number, more = _number_at(reading, following)
        if number is None or number > 99:
            break
        end, unit = stop, more
        numbers.append(number)
    return end, numbers, unit


def _is_number(reading: Reading, place: int) -> bool:
    return _number_at(reading, place)[1] is not None


def _number_at(reading: Reading, place: int) -> tuple[int, int | None, str]:
    words, lexicon = reading.words, reading.lexicon
    known, word = lexicon.maturity, words.word(place)
    if word[:1].isdecimal() and word.isascii():
        figures = _FIGURES.fullmatch(word)
        unit = _unit_of(reading, figures[2]) if figures is not None else None
        if figures is None or unit is None:
            return place, None, ""
        return _without_fraction(reading, place + 1), int(figures[1]), unit
    if (stop := phrase_at(words, place, known.number_phrases)) > place:
        return stop, known.numbers[words.phrase(place, stop)], ""
    number = lexicon.numbers.words.get(word)
    if number is not None:
        return _without_fraction(reading, place + 1), number, ""
    for ending in known.old_endings:  # "sechsjährige"
        stem = word.removesuffix(ending)
        if stem != word and (number := known.numbers.get(stem, lexicon.numbers.words.get(stem))):
            return place + 1, number, "old"
    return place, None, ""


def _unit_of(reading: Reading, letters: str) -> str | None:
    """What is written right behind figures: "14yo", "12s"; None for another word."""
    known = reading.lexicon.maturity
    if letters in ("", "s"):
        return letters
    if letters in known.years_old or letters in known.old_endings:
        return "old"
    return "years" if letters in known.years else None


def _without_fraction(reading: Reading, end: int) -> int:
    """ "6.5", "two and a half": whole years count."""
    words = reading.words
    if words.gap(end) in (".", ",") and words.word(end).isdecimal() and len(words.word(end)) == 1:
        return end + 1
    return phrase_at(words, end, reading.lexicon.runtimes.and_a_half)


def _signs_before(reading: Reading, place: int) -> _Signs:
    """Reads backwards from a number, phrase by phrase, as far as they speak of ages."""
    words = reading.words
    signs = _Signs(place)
    if words.gap(place).endswith("+"):
        signs.bound, signs.is_plus = Bound.at_least, True  # "+18"
    elif _is_minus(words.gap(place)):
        signs.bound, signs.is_aged = Bound.below, True  # "-16" is the French for "under 16"
    for _ in range(_BEFORE):
        gap = words.gap(signs.start)
        # "My son, 8", "kids: 5 and 9"; else a stop ends it.
        if is_stop(gap) and not _goes_on(signs, gap, is_first=signs.start == place):
            break
        start = _phrase_before(reading, signs, place)
        if start is None or (is_stop(gap) and not (signs.is_child or signs.is_relative)):
            break
        signs.start = start
    return signs


def _goes_on(signs: _Signs, gap: str, *, is_first: bool) -> bool:
    """Whether whoever is meant may stand behind a comma: "my son, 8", "my son, who is 8"."""
    is_named = signs.is_child or signs.is_relative or signs.is_pronoun
    is_open = is_first or ((signs.is_being or signs.is_aged) and not is_named)
    return is_open and ("," in gap or ":" in gap)


def _is_minus(gap: str) -> bool:
    return gap.endswith("-") and gap[:-1].endswith((" ", "(", ",")) and gap.strip(" (,") == "-"


def _phrase_before(reading: Reading, signs: _Signs, place: int) -> int | None:
    """Notes the longest phrase that ends where the signs begin; its start, None for no sign."""
    words, known = reading.words, reading.lexicon.maturity
    stop = signs.start
    for start in range(max(stop - _LONGEST, 0), stop):
        phrase = words.phrase(start, stop)
        is_sign = True
        if phrase in known.bounds_before:
            signs.bound = signs.bound or known.bounds_before[phrase]
        elif phrase in known.aged:
            signs.is_aged = True
        elif phrase in known.children:
            signs.is_child = True
        elif phrase in known.relatives:
            signs.is_relative = True
        elif phrase in known.pronouns and signs.is_being:
            signs.is_pronoun = True
        else:
            is_sign = False
        if phrase in known.are:
            is_sign = signs.is_being = True
        if phrase in known.for_whom:
            is_sign = signs.is_for = True
        if phrase in known.before_years:
            is_sign = True
            signs.is_in_years = signs.is_in_years or start + 1 == place
        if is_sign or phrase in known.before_ages or _is_count(reading, signs, start, stop):
            return start
    return None


def _is_count(reading: Reading, signs: _Signs, start: int, stop: int) -> bool:
    """ "My two boys, 5 and 9"."""
    is_counted = signs.is_child or signs.is_relative
    return is_counted and start + 1 == stop and _is_number(reading, start)


def _unit_behind(reading: Reading, end: int, signs: _Signs) -> int:
    """The end of "year old", "years", "months" and what belongs to them."""
    words, known = reading.words, reading.lexicon.maturity
    if signs.unit and signs.unit != "years":
        return end
    if (stop := phrase_at(words, end, known.years_old)) > end:
        signs.unit = "old"
    elif signs.unit == "years":
        stop = end
    elif words.word(end) in known.years:
        signs.unit, stop = "years", end + 1
    elif words.word(end) in known.months:
        signs.unit, stop = "months", end + 1
    else:
        return end
    if (behind := phrase_at(words, stop, known.old)) > stop:
        signs.is_aged = signs.is_aged or signs.unit == "months"
        signs.unit = "old" if signs.unit == "years" else signs.unit
        return behind
    return stop


def _bound_behind(reading: Reading, stop: int, signs: _Signs) -> int:
    """ "6+", "12 and under", "ages 10 and up"."""
    words, known = reading.words, reading.lexicon.maturity
    gap = gap_behind(words, stop)
    if gap.startswith("+"):
        signs.bound, signs.is_plus = signs.bound or Bound.at_least, True
        return stop
    behind = known.bounds_behind.get(f"and {words.word(stop)}") if gap.strip() == "&" else None
    if behind is not None:
        signs.bound = signs.bound or behind
        signs.is_plus = True
        return stop + 1
    if (end := phrase_at(words, stop, known.phrases_behind)) > stop:
        signs.bound = signs.bound or known.bounds_behind[words.phrase(stop, end)]
        signs.is_plus = True
        return end
    return stop


def _is_age(reading: Reading, signs: _Signs, place: int, stop: int, age: int) -> bool:
    words, known = reading.words, reading.lexicon.maturity
    before = words.word(signs.start - 1)
    if words.word(stop) in known.no_ages or before in known.no_ages:
        return False
    told = reading.story[place] and known.in_plots.isdisjoint(words.words[signs.start : place])
    limit = _OLDEST_VIEWER if signs.unit == "old" and signs.is_for else OLDEST_OF_BOARDS
    if told or age > limit:
        return False
    ends = _ends(reading, stop)
    is_someone = signs.is_for or signs.is_child or signs.is_aged
    match signs.unit:
        case "old":
            is_film = signs.bound in (Bound.above, Bound.at_least)
            is_known = is_someone or (signs.bound is not None and not is_film)
            return is_known or signs.is_pronoun or (ends and age <= OLDEST and not is_film)
        case "years":
            return signs.is_child or signs.is_aged or signs.is_in_years or _bounds_years(signs, age)
        case "months":
            return is_someone
        case _:
            return _is_bare_age(reading, signs, place, stop, age, ends=ends)


def _bounds_years(signs: _Signs, age: int) -> bool:
    """ "Ab 6 Jahren", "mayores de 18 años"; "over 10 years" is a time."""
    if signs.is_range:
        return True
    return signs.bound is not None and (signs.bound is not Bound.above or age in _BOARDS_OVER)


def _is_bare_age(
    reading: Reading, signs: _Signs, place: int, stop: int, age: int, *, ends: bool
) -> bool:
    """Without a word for years: "ages 6", "my son is 8", "under 12s", "18+", "ab 6"."""
    words = reading.words
    if signs.is_aged:
        return age > 0
    if signs.is_child:
        is_figure = words.word(place)[:1].isdecimal()
        return (ends and is_figure) or (signs.is_being and not _is_counted(reading, stop))
    if signs.is_pronoun and signs.is_being:
        return ends and not signs.is_plus
    if signs.bound is None:
        return False
    if signs.is_plus or signs.is_plural:
        return age > 0
    is_joined = words.gap(signs.start + 1) == "-"
    return age >= (0 if signs.is_for else _SURE_BOUND) and (is_joined or ends)


def _ends(reading: Reading, stop: int) -> bool:
    """Whether no noun follows that the number may count."""
    words, lexicon = reading.words, reading.lexicon
    word = words.word(stop)
    is_end = stop >= len(words) or is_stop(words.gap(stop)) or ")" in words.gap(stop)
    return (
        is_end
        or word in lexicon.connectors.joints
        or (
            word in lexicon.connectors.plot_joints
            and word not in lexicon.terms.media
            and word not in lexicon.known_words
        )
    )


def _is_counted(reading: Reading, stop: int) -> bool:
    return reading.words.word(stop) in reading.lexicon.known_words
