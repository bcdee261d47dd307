"""Ages of who watches, in figures and words: "for my 8-year-old", "kids 5 and 9", "12 and under".

Anchored at the numbers: the signs around one say whether it is an age. Of several the youngest
counts. A number that nothing calls an age is none: "the last 5 years", "10 films".
"""

from dataclasses import dataclass

from api.language.maturity.age_refusals import AgeRefusals
from api.language.maturity.age_signs import (
    Signs,
    comes_soon,
    ends_a_range,
    ends_phrase,
    is_before_another_child,
    names_children,
    signs_at,
)
from api.language.maturity.ages import (
    ADULT,
    OLDEST,
    OLDEST_OF_BOARDS,
    Ages,
    certificate_ages,
    viewer_ages,
)
from api.language.maturity.lone_children import is_a_lone_child
from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import Bound

# In longer texts a number that nobody is said to have is of a plot or a memory.
SHORT = 40  # words
_OLDEST_VIEWER = 30  # "for a 20 year old"
_SURE_BOUND = 4  # "under 2" may be hours
_YOUNGEST_OPEN = 3  # "3+"
_BOARDS_OVER = frozenset({16, 18, 21})  # years that titles are for those over
_BOARDS_BELOW_ADULTS = 16  # from which "rated over" it is meant for nobody young
_MONTHS = 12
_OPEN = (Bound.above, Bound.at_least)


@dataclass(frozen=True, slots=True)
class ViewerAge:
    """What an age in the words [start, stop) asks for."""

    ages: Ages
    is_refused: bool
    start: int
    stop: int


def viewer_age_at(reading: Reading, refusals: AgeRefusals, place: int) -> ViewerAge | None:
    """The age whose number begins at a place, None for other numbers."""
    signs = signs_at(reading, place)
    if signs is None:
        return None
    youngest = min([*signs.numbers, *_numbers_before(reading, signs, place)])
    age = youngest // _MONTHS if signs.unit == "months" else youngest
    is_beside = refusals.beside(signs.start) is not None
    if not _is_age(reading, signs, place, age, is_refused=is_beside):
        return None
    # "Nothing scary for my 6 year old" is for one of six, "no films from 16 on" is not.
    is_limit = signs.bound in _OPEN and (age >= ADULT or not signs.is_someones)
    is_refused = is_beside or (
        is_limit and refusals.reach(signs.start, signs.stop, over_commas=age >= ADULT)
    )
    if not is_refused and _is_of_certificates(reading, refusals, signs, age):
        ages = certificate_ages(age, signs.bound, is_refused=False)
    else:
        ages = viewer_ages(age, signs.bound, is_refused=is_refused)
    return ViewerAge(ages, is_refused, signs.start, signs.stop)


def _numbers_before(reading: Reading, signs: Signs, place: int) -> list[int]:
    """The 6 of "(got) 6 and 10 year olds" for its 10, where the first was no age for itself."""
    joint = place - 1
    joints = reading.lexicon.connectors.and_words | reading.lexicon.maturity.number_joints
    if signs.start != place or reading.words.word(joint) not in joints or not signs.is_noun:
        return []
    word = reading.words.word(joint - 1)
    return [int(word)] if word.isascii() and word.isdecimal() and 0 < int(word) < ADULT else []


def _is_of_certificates(reading: Reading, refusals: AgeRefusals, signs: Signs, age: int) -> bool:
    """ "Rated over 16" is of titles, where the text names no child and refuses nothing."""
    words, known = reading.words, reading.lexicon.maturity
    is_rated = words.word(signs.start - 1) in known.rated and signs.bound in _OPEN
    if not (is_rated and _BOARDS_BELOW_ADULTS <= age < ADULT) or refusals.are_any:
        return False
    return not names_children(reading)


def _is_age(reading: Reading, signs: Signs, place: int, age: int, *, is_refused: bool) -> bool:
    words, no_ages = reading.words, reading.lexicon.maturity.no_ages
    if signs.is_in_passing:
        return False
    is_to_come = signs.is_being and comes_soon(reading, signs.stop)
    is_other = words.word(signs.stop) in no_ages and not is_to_come
    # The Italian "fa" is "turns" before a number, and "ago" behind it.
    is_said = words.word(place - 1) in reading.lexicon.maturity.are and signs.is_being
    if is_other or (words.word(place - 1) in no_ages and not is_said):
        return False
    limit = _OLDEST_VIEWER if signs.unit == "old" and signs.is_for else OLDEST_OF_BOARDS
    is_narrative = reading.story[place] and not is_refused
    if age > limit or (is_narrative and not _is_of_viewers(reading, signs, place)):
        return False
    if not signs.is_someones and len(words) > SHORT:
        return False
    is_told = is_narrative or len(words) > SHORT or age > OLDEST
    if not is_told and is_a_lone_child(reading, signs, place):
        return True
    match signs.unit:
        case "old":
            is_theirs = signs.is_someones or signs.is_pronoun or _is_range_of_ages(reading, signs)
            is_theirs = is_theirs or (
                signs.is_plus and signs.is_noun and age < ADULT
            )  # "5yo and up"
            return is_theirs or _is_apart(reading, signs, age)
        case "years":
            is_in_years = signs.is_in_years and not _is_a_time(reading, signs)
            is_theirs = signs.is_child or signs.is_aged or is_in_years
            is_theirs = is_theirs or _is_said_of_somebody(reading, signs)
            is_theirs = is_theirs or _is_range_of_ages(reading, signs)
            is_theirs = is_theirs or _are_years_of_titles_for(reading, signs, place)
            is_theirs = is_theirs or _are_set_off(reading, signs, place, age)
            is_bound = _bounds_years(signs, age) and not ends_a_range(reading, place)
            return is_theirs or (is_bound and not _is_of_titles(reading, signs))
        case "months":
            return signs.is_someones
        case _:
            is_theirs = _is_someones_number(reading, signs, place, age)
            is_theirs = is_theirs or _is_of_somebody_unnamed(reading, signs, place, age)
            return is_theirs or _is_bare_age(reading, signs, age, is_refused=is_refused)


def _is_of_viewers(reading: Reading, signs: Signs, place: int) -> bool:
    """Whether an age within a plot is of whoever watches: "about pirates, ab 6 Jahren"."""
    words, known = reading.words, reading.lexicon.maturity
    if not known.in_plots.isdisjoint(words.words[signs.start : place]):
        return True
    is_closed = signs.is_plus and ends_phrase(reading, signs.stop)
    is_bounded = signs.bound is not None and (signs.unit == "years" or signs.is_aged or is_closed)
    is_of_children = signs.is_child and (signs.unit == "years" or len(signs.numbers) > 1)
    return len(words) <= SHORT and (is_bounded or is_of_children)


def _is_apart(reading: Reading, signs: Signs, age: int) -> bool:
    """ "Dinosaurs, 6 years old", "under 12 years old"; "over 20 years old" are films."""
    if signs.bound is not None:
        return signs.bound not in _OPEN and not _is_how_old_titles_are(reading, signs)
    if signs.is_relative:
        return False  # lone_children.py tells the child of a plot
    begins = signs.start == 0 or is_stop(reading.words.gap(signs.start))
    return begins and ends_phrase(reading, signs.stop) and age <= OLDEST


def _is_how_old_titles_are(reading: Reading, signs: Signs) -> bool:
    """ "Films less than 10 years old", where no child is named; "cartoons less than" and "movies
    under 10 years old" may be for children."""
    words, known = reading.words, reading.lexicon.maturity
    compares = any(
        words.phrase(signs.start, stop) in known.less_than
        for stop in range(signs.start + 1, signs.stop)
    )
    is_behind = words.word(signs.start - 1) in reading.lexicon.terms.media
    return compares and is_behind and not names_children(reading)


def _bounds_years(signs: Signs, age: int) -> bool:
    """ "Ab 6 Jahren", "mayores de 18 años"; "over 10 years" is a time."""
    is_bounded = signs.bound is not None and (signs.bound is not Bound.above or age in _BOARDS_OVER)
    return signs.is_range or is_bounded


def _is_a_time(reading: Reading, signs: Signs) -> bool:
    """ "She has 5 years to find a cure"."""
    return reading.words.word(signs.stop) in reading.lexicon.plots.infinitive


def _is_range_of_ages(reading: Reading, signs: Signs) -> bool:
    """ "Somewhere between 8 and 12 years old", "8/10 ans"; "10-15 years old movies" are that old
    themselves, and "5-6 years in prison" are no ages."""
    words, media = reading.words, reading.lexicon.terms.media
    is_range = len(signs.numbers) > 1 and (signs.is_range or signs.is_joined)
    is_half = words.gap(signs.stop - 2).strip() == "/" and signs.numbers[0] < 2  # "8 1/2 years"
    is_rising = is_range and not is_half and signs.numbers[0] < signs.numbers[1]
    if not is_rising or (signs.is_relative and not signs.is_child):
        return False
    is_end = signs.stop == len(words) or is_stop(words.gap(signs.stop))
    if signs.unit == "years" and not (signs.is_child or is_end):
        return False
    is_of_titles = words.word(signs.stop) in media or words.word(signs.start - 1) in media
    return max(signs.numbers) < ADULT and not (signs.unit == "old" and is_of_titles)


def _are_years_of_titles_for(reading: Reading, signs: Signs, place: int) -> bool:
    """ "Kid movie 6yrs", "dessin animé 6 ans", "kids movie for 6 years": behind a medium or an
    audience, where nothing follows."""
    words, lexicon = reading.words, reading.lexicon
    audiences = lexicon.maturity.audience_phrases
    is_for = signs.is_for and any(phrase_at(words, at, audiences) > at for at in range(place))
    known = lexicon.terms.media, lexicon.terms.meanings
    is_behind = any(words.word(place - 1) in some for some in known)
    is_behind = is_behind and not is_stop(words.gap(place))
    return (is_behind or is_for) and ends_phrase(reading, signs.stop) and max(signs.numbers) < ADULT


def _are_set_off(reading: Reading, signs: Signs, place: int, age: int) -> bool:
    """ "Neffe zu Besuch, 8 Jahre", "a calm show, 2y": where nothing else stands in their clause."""
    is_apart = signs.start > 0 and is_stop(reading.words.gap(signs.start))
    ends = signs.stop == len(reading.words) or is_stop(reading.words.gap(signs.stop))
    is_written_so = not reading.words.word(place).isdecimal() and signs.stop == place + 1
    is_whole = is_apart and ends and signs.bound is None and age < ADULT
    return is_whole and (is_written_so or names_children(reading))


def _is_of_titles(reading: Reading, signs: Signs) -> bool:
    """ "Movies not older than ten years"; of "not older than ten years" it is unclear."""
    words, lexicon = reading.words, reading.lexicon
    compared = any(
        words.phrase(start, stop) in lexicon.years.compared
        for start in range(signs.start, signs.stop)
        for stop in range(start + 1, signs.stop)
    )
    before = words.word(signs.start - 1)
    is_of_titles = before in lexicon.terms.media or before in lexicon.years.of_titles_behind
    return compared and is_of_titles and not signs.is_someones


def _is_said_of_somebody(reading: Reading, signs: Signs) -> bool:
    """ "He is five years", "turned 6 years yesterday"."""
    is_theirs = signs.is_pronoun or _comes_of_age(reading, signs)
    if is_theirs and (ends_phrase(reading, signs.stop) or signs.is_dated):
        return True
    is_open = signs.is_being and _begins_a_clause(reading, signs.start)
    return is_open and _wants(reading, signs.stop)  # "ha 6 anni e ama i treni"


def _comes_of_age(reading: Reading, signs: Signs) -> bool:
    """ "Was 5 in march", "wurde gestern 6", whoever it is."""
    return signs.is_being and signs.is_dated and _begins_a_clause(reading, signs.start)


def _begins_a_clause(reading: Reading, start: int) -> bool:
    words = reading.words
    is_joined = words.word(start - 1) in reading.lexicon.connectors.joints
    return start == 0 or is_stop(words.gap(start)) or is_joined


def _is_of_somebody_unnamed(reading: Reading, signs: Signs, place: int, age: int) -> bool:
    """ "Was 5 in march", "all 10ish", "for 3-5", "almost 5, loves dinosaurs"."""
    if _comes_of_age(reading, signs):
        return not signs.is_plus
    is_figure = reading.words.word(place)[:1].isdecimal()
    if not is_figure or signs.bound is not None or max(signs.numbers) >= ADULT:
        return False
    begins, ends = _begins_a_clause(reading, signs.start), ends_phrase(reading, signs.stop)
    is_range = signs.is_for and signs.is_joined and signs.numbers[0] < signs.numbers[-1]
    if ends and (is_range or (begins and signs.is_of_all and signs.is_about)):
        return True
    return begins and age > 1 and _wants(reading, signs.stop)


def _wants(reading: Reading, stop: int) -> bool:
    """Whether "and loves" or ", is into" follows, of whoever is that old; "10 like Heat" and "5,
    love stories" are counted."""
    words, lexicon = reading.words, reading.lexicon
    place = stop + (words.word(stop) in lexicon.connectors.joints)
    if place == stop and "," not in words.gap(stop):
        return False
    is_a_term = phrase_at(words, place, lexicon.term_phrases) > place
    end = phrase_at(words, place, lexicon.maturity.wishes)
    return end > place and not is_a_term and words.phrase(place, end) not in lexicon.titles.like


def _is_someones_number(reading: Reading, signs: Signs, place: int, age: int) -> bool:
    """ "Ages 6", "my son is 8", "kids 5 and 9", "for kids under 6"."""
    is_figure = reading.words.word(place)[:1].isdecimal()
    if signs.is_aged or (signs.is_child and signs.bound is not None):
        return age > 0 or is_figure
    ends = ends_phrase(reading, signs.stop) or comes_soon(reading, signs.stop)
    is_listed = len(reading.words) <= SHORT and is_before_another_child(reading, signs.stop)
    is_whole = len(signs.numbers) > 1 or ends or is_listed
    is_number = is_figure or signs.is_range or (signs.is_for and age > 1)
    return signs.is_child and (signs.is_being or (is_number and is_whole))


def _is_bare_age(reading: Reading, signs: Signs, age: int, *, is_refused: bool) -> bool:
    """ "She's 8", "under 12s", "18+", "ab 6"."""
    ends = ends_phrase(reading, signs.stop) or comes_soon(reading, signs.stop)
    if signs.is_pronoun:
        return ends and not signs.is_plus and age > 1
    if signs.bound is None:
        return False
    if signs.is_plus or signs.is_plural:
        return age >= _YOUNGEST_OPEN
    is_joined = reading.words.gap(signs.start + 1) == "-"
    # "Rated below 5 horror": behind "rated" a number counts no titles.
    rated = reading.lexicon.maturity.rated
    is_rated = reading.words.word(signs.start - 1) in rated
    is_rated_behind = reading.words.word(signs.stop) in rated  # "ab 6 freigegeben"
    is_whole = is_joined or is_refused or ends or is_rated or is_rated_behind
    return age >= (0 if signs.is_for or is_rated_behind else _SURE_BOUND) and is_whole
