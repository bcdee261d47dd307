"""What stands around a number and may make it somebody's age: units, bounds, and who it is of.

viewer_ages.py decides by these signs.
"""

import re
from dataclasses import dataclass, replace

from api.language.reading.reading import Reading, gap_behind, is_stop, phrase_at
from api.language.vocabulary.lexicon import Bound, Phrases

_HIGHEST = 36  # months; years end before that
_BEFORE = 6  # phrases before a number that say what it is
_MOST_SINGULAR = 2  # the German "eins" and the Portuguese "dois" end like "fives"
_LONGEST = 4  # words of such a phrase
_MOST_ARTICLES = 2  # words: "y otro de 9 años"
_OLDEST_CHILD = 17
_MOST_CHILDREN = 6  # "my two boys"
_LONGEST_PARENT = 3  # words: "mum of", "oma von einem"
_FIGURES = re.compile(r"(\d{1,3})([a-z]*)")
_DASHES = frozenset({"-", "–", "—", "/", "&"})
_RANGED = frozenset({"-", "–", "/"})
_LISTED = frozenset({*_DASHES, ","})
_RELATIVES = frozenset({"relatives", "young", "teens", "called"})


@dataclass(slots=True)
class Signs:
    """What was seen around numbers that end at `stop`; `start` is where their signs begin."""

    start: int
    stop: int
    numbers: list[int]
    bound: Bound | None = None
    is_aged: bool = False  # "aged", "the age of"
    is_for: bool = False  # "for", "my"
    is_child: bool = False
    is_relative: bool = False  # a child if it is somebody's
    is_pronoun: bool = False
    is_being: bool = False  # "is", "turns"
    is_past: bool = False  # "was", which says an age of now only beside "yesterday"
    is_dated: bool = False  # "tomorrow", "in march", before the number or behind it
    is_of_all: bool = False  # "all", "both"
    is_about: bool = False  # "around 10", "10ish"
    is_in_years: bool = False  # "für 7 Jahre"
    is_range: bool = False  # "de 8 a 10"
    is_joined: bool = False  # "8/10", "8-10", "8 to 10"
    is_plus: bool = False  # "6+", "12 and under"
    is_plural: bool = False  # "12s"
    is_noun: bool = False  # "7 year old", which is somebody; "7 years old" may be a film
    unit: str = ""  # old, years or months

    @property
    def is_in_passing(self) -> bool:
        """Whether an age was said of a time that may be long ago: "he was 6 when"."""
        return self.is_past and not (self.is_dated or self.is_for or self.is_noun)

    @property
    def is_someones(self) -> bool:
        """Whether somebody who watches, or an age, is named beside the number."""
        return self.is_for or self.is_child or self.is_aged


def signs_at(reading: Reading, place: int) -> Signs | None:
    """The numbers that begin at a place with all signs around them; None without a number."""
    end, numbers, unit = _numbers_at(reading, place)
    if not numbers or min(numbers) > _HIGHEST:
        return None
    signs = Signs(place, end, numbers)
    if not _drop_the_count(reading, signs, unit):
        return None
    signs.start = _start_of_range(reading, signs)
    signs.is_range = signs.start < place
    first = _number_at(reading, place)[0]
    signs.is_joined = len(numbers) > 1 and (
        _is_range_joint(reading, first) or _is_range_joint(reading, first + 1)
    )
    _read_before(reading, signs)
    signs.is_child = signs.is_child or (signs.is_relative and signs.is_for)
    signs.unit, signs.is_plural = ("", True) if unit == "s" else (unit, False)
    signs.is_noun = unit == "old"  # "14yo"
    if unit == "about":
        signs.unit, signs.is_about = "", True
    signs.stop = _unit_behind(reading, signs.stop, signs)
    signs.stop = _bound_behind(reading, signs.stop, signs)
    if not signs.unit:  # "6+ years"
        signs.stop = _unit_behind(reading, signs.stop, signs)
    signs.stop = _child_behind(reading, signs.stop, signs)
    if len(numbers) > 1 and (more := phrase_at(reading.words, signs.stop, _aged_behind(reading))):
        signs.is_aged = signs.is_aged or more > signs.stop
        signs.stop = more
    _read_behind(reading, signs)
    return signs


def _drop_the_count(reading: Reading, signs: Signs, unit: str) -> bool:
    """Leaves out of "dad of two, 4 and 7" how many they are; whether an age is left of "of two"."""
    if not ends_with_a_parent(reading, signs.start):
        return True
    is_first_a_count = signs.numbers[0] == len(signs.numbers) - 1
    signs.numbers = signs.numbers[1:] if is_first_a_count else signs.numbers
    has_unit = bool(unit) or _unit_behind(reading, signs.stop, replace(signs)) > signs.stop
    return bool(signs.numbers) and (len(signs.numbers) > 1 or is_first_a_count or has_unit)


def ends_with_a_parent(reading: Reading, stop: int) -> bool:
    """ "(I'm a) dad of", which says of what follows that they are whoever's who asks; "a mother of"
    is of a plot."""
    words, known = reading.words, reading.lexicon.maturity
    starts = range(max(stop - _LONGEST_PARENT, 0), stop)
    start = next((at for at in starts if words.phrase(at, stop) in known.parents), stop)
    if start == stop or is_stop(words.gap(stop)):
        return False
    is_one = words.word(start - 1) in reading.lexicon.titles.articles
    return not is_one or words.word(start - 2) in known.are | known.asking


def _read_behind(reading: Reading, signs: Signs) -> None:
    """ "8 geworden", "6 in march"."""
    words, known = reading.words, reading.lexicon.maturity
    become = phrase_at(words, signs.stop, known.become)
    if become > signs.stop and reading.is_free(signs.stop, become):
        signs.is_being, signs.is_dated, signs.stop = True, True, become
    signs.is_dated = signs.is_dated or comes_soon(reading, signs.stop)


def comes_soon(reading: Reading, stop: int) -> bool:
    """Whether "next week" follows, in which somebody turns that old."""
    return phrase_at(reading.words, stop, reading.lexicon.maturity.soon) > stop


def ends_a_range(reading: Reading, place: int) -> bool:
    """Whether the number at a place is the second one of "5 bis 6"."""
    words = reading.words
    is_whole = not (words.gap(place).strip() or words.gap(place - 1).strip())
    if place < 2 or not is_whole or not _is_range_joint(reading, place):
        return False
    first, second = _number_at(reading, place - 2)[1], _number_at(reading, place)[1]
    return first is not None and second is not None and first < second


def _is_range_joint(reading: Reading, place: int) -> bool:
    """Whether a dash or "to" stands before the word at a place: of two numbers the second begins
    there, and the range of "8 to 10" is joined as that of "8-10"."""
    lexicon = reading.lexicon
    if reading.words.gap(place).strip() in _RANGED:
        return True
    word = reading.words.word(place - 1)
    return word in lexicon.maturity.number_joints and word not in lexicon.connectors.joints


def _aged_behind(reading: Reading) -> Phrases:
    return reading.lexicon.maturity.aged_behind


def _start_of_range(reading: Reading, signs: Signs) -> int:
    """Where "between" begins, right before two numbers; the place of the first without it."""
    words, place = reading.words, signs.start
    is_article = words.word(place - 1) in reading.lexicon.maturity.articles
    opener = place - 2 if is_article else place - 1  # "tra i 6 e i 9 anni"
    if len(signs.numbers) < 2 or any(is_stop(words.gap(at)) for at in range(opener + 1, place + 1)):
        return place
    if ends_with_a_parent(reading, place):  # the "de" of "abuela de"
        return place
    runtimes = reading.lexicon.runtimes
    return opener if opener >= 0 and words.word(opener) in runtimes.range_openers else place


def _numbers_at(reading: Reading, place: int) -> tuple[int, list[int], str]:
    """(end, numbers, unit) of a list of numbers: "5", "5 and 9", "8-10", "14yo"."""
    words, known = reading.words, reading.lexicon.maturity
    joints = known.number_joints
    end, number, unit = _number_at(reading, place)
    numbers = [] if number is None else [number]
    if not numbers or (
        place > 0 and words.gap(place) in _DASHES and _is_number(reading, place - 1)
    ):
        return place, [], ""
    # "Three boys 10 12 14".
    is_of_children = words.word(place - 1) in known.children | known.relatives
    while not unit:
        is_joint = words.word(end) in joints and not is_stop(words.gap(end))
        following = end + 1 if is_joint else end
        is_listed = words.gap(end).strip() in _LISTED
        is_listed = is_listed or (is_of_children and _are_figures(words.words[end - 1 : end + 1]))
        if not (is_joint or is_listed):
            break
        following = _behind_an_article(reading, following)
        stop, number, more = _number_at(reading, following)
        # "Ist 5, eine Komödie", "un hijo de 5 y una hija"
        is_before_a_child = words.word(following + 1) in known.children | known.relatives
        is_article = number == 1 and not words.word(following).isdecimal()
        is_article = is_article and (is_before_a_child or not is_joint)
        if number is None or number > 99 or is_article:
            break
        end, unit = stop, more
        numbers.append(number)
    return end, numbers, unit


def _are_figures(written: tuple[str, ...]) -> bool:
    """Whether two numbers with nothing between them may both be ages: "three boys 10 12 14"."""
    return len(written) > 1 and all(
        word.isdecimal() and int(word) <= _OLDEST_CHILD for word in written
    )


def _behind_an_article(reading: Reading, place: int) -> int:
    """Where the number stands of "(a 6) and a 9 year old", whose years are of both, or `place`."""
    words, known = reading.words, reading.lexicon.maturity
    start = place
    while start < place + _MOST_ARTICLES and not is_stop(words.gap(start + 1)):
        if words.word(start) not in known.articles | known.before_age:
            break
        start += 1
    stop, number, unit = _number_at(reading, start)
    if start == place or number is None or number > _OLDEST_CHILD:
        return place
    has_years = phrase_at(words, stop, known.years_old) > stop or words.word(stop) in known.years
    if unit in ("old", "years") or has_years:
        return start
    following = stop + (words.word(stop) in known.number_joints)
    is_listed = following > stop or words.gap(stop).strip() == ","
    return start if is_listed and _behind_an_article(reading, following) > following else place


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
        of_ages, is_plural = known.numbers[words.phrase(place, stop)], word.endswith("s")
        return stop, of_ages, "s" if is_plural and of_ages > _MOST_SINGULAR else ""
    number = lexicon.numbers.words.get(word)
    if number is not None:
        return _without_fraction(reading, place + 1), number, ""
    for ending in known.old_endings if word.endswith(known.old_endings) else ():  # "sechsjährige"
        stem = word.removesuffix(ending)
        if stem != word and (number := known.numbers.get(stem, lexicon.numbers.words.get(stem))):
            return place + 1, number, "old"
    return place, None, ""


def _unit_of(reading: Reading, letters: str) -> str | None:
    """What is written right behind figures: "14yo", "12s"; None for another word."""
    known = reading.lexicon.maturity
    if letters in ("", "s"):
        return letters
    if letters in known.about_endings:
        return "about"
    if letters in known.months and letters:
        return "months"
    if letters in known.years_old or letters in known.old_endings:
        return "old"
    return "years" if letters in known.years | known.joined_years else None


def _without_fraction(reading: Reading, end: int) -> int:
    """ "6.5", "two and a half": whole years count."""
    words = reading.words
    if words.gap(end) in (".", ",") and words.word(end).isdecimal() and len(words.word(end)) == 1:
        return end + 1
    return phrase_at(words, end, reading.lexicon.runtimes.and_a_half)


def _read_before(reading: Reading, signs: Signs) -> None:
    """Reads backwards from a number, phrase by phrase, as far as they speak of ages."""
    words, known, place = reading.words, reading.lexicon.maturity, signs.start
    if words.gap(place).endswith("+"):
        signs.bound, signs.is_plus = Bound.at_least, True  # "+18"
    elif _is_minus(words.gap(place), is_first=place == 0):
        signs.bound, signs.is_aged = Bound.below, True  # "-16" is the French for "under 16"
    for _ in range(_BEFORE):
        gap = words.gap(signs.start)
        is_over = is_stop(gap) and not _goes_on(signs, gap)
        is_over = is_over and words.word(signs.start - 1) not in known.roughly  # "ca. 8"
        is_dash = is_spaced_dash(gap) and words.word(signs.start - 1) not in known.aged
        if is_over or is_dash:
            break
        start = _phrase_before(reading, signs, place)
        is_lost = is_stop(gap) and not (signs.is_child or signs.is_relative or signs.is_about)
        if start is None or is_lost:
            break
        signs.start = start


def _goes_on(signs: Signs, gap: str) -> bool:
    """Whether whoever is meant may stand before a comma: "my son, 8", "my son, who is 8", "my son,
    nearly 8"."""
    is_named = signs.is_child or signs.is_relative or signs.is_pronoun
    is_bound = signs.bound is not None or signs.is_for
    return not (is_named or is_bound) and ("," in gap or ":" in gap)


def _is_minus(gap: str, *, is_first: bool) -> bool:
    if is_first:
        return gap == "-"
    return gap.endswith((" -", "(-", ",-")) and gap.strip(" (,") == "-"


def _phrase_before(reading: Reading, signs: Signs, place: int) -> int | None:
    """Notes the longest phrase that ends where the signs begin; its start, None for no sign."""
    words, known = reading.words, reading.lexicon.maturity
    stop = signs.start
    for start in range(max(stop - _LONGEST, 0), stop):
        phrase = words.phrase(start, stop)
        found = known.signs.get(phrase)
        if found == frozenset({"parents"}) and not ends_with_a_parent(reading, stop):
            found = None
        if found is not None and "minding" in found and _is_minded_by_theirs(reading, start):
            signs.is_for = True
            # "Babysitting 5 and 7"; of "babysitting 2" they are so many.
            is_of_ages = len(signs.numbers) > 1 and ends_phrase(reading, signs.stop)
            signs.is_child = signs.is_child or is_of_ages
        if found is not None:
            _note(signs, found, is_next=stop == place)
            signs.bound = signs.bound or known.bounds_before.get(phrase)
            return start
        if _is_count(reading, signs, start, stop):
            return start
    return None


def _is_minded_by_theirs(reading: Reading, start: int) -> bool:
    """ "(Nan) looking after" those whose age follows; "a nanny looking after" them is of a plot."""
    words, lexicon = reading.words, reading.lexicon
    small = lexicon.connectors.no_content | lexicon.negation.companions | lexicon.maturity.are
    small |= lexicon.negation.companion_owners | lexicon.maturity.selves
    while start > 0 and not is_stop(words.gap(start)):
        start -= 1
        if words.word(start) not in small:
            return False
    return True


def _note(signs: Signs, found: frozenset[str], *, is_next: bool) -> None:
    signs.is_aged = signs.is_aged or "aged" in found
    signs.is_child = signs.is_child or not found.isdisjoint(("children", "parents"))
    signs.is_relative = signs.is_relative or not found.isdisjoint(_RELATIVES)
    signs.is_being = signs.is_being or not found.isdisjoint(("are", "became"))
    # "Was für 5-jährige": behind "for" it is another word.
    signs.is_past = signs.is_past or ("became" in found and not signs.is_for)
    signs.is_dated = signs.is_dated or not found.isdisjoint(("soon", "just"))
    is_of_some = "pronouns" in found or ("we" in found and len(signs.numbers) > 1)
    signs.is_pronoun = signs.is_pronoun or (is_of_some and signs.is_being)
    signs.is_of_all = signs.is_of_all or "everyone" in found
    signs.is_about = signs.is_about or "roughly" in found
    signs.is_for = signs.is_for or not found.isdisjoint(("for_whom", "parents"))
    signs.is_in_years = signs.is_in_years or ("before_years" in found and is_next)


def _is_count(reading: Reading, signs: Signs, start: int, stop: int) -> bool:
    """ "My two boys, 5 and 9", "mum of 3 (2, 5 and 8)"."""
    is_counted = signs.is_child or signs.is_relative or ends_with_a_parent(reading, start)
    number = _number_at(reading, start)[1] if is_counted and start + 1 == stop else None
    return number is not None and number <= _MOST_CHILDREN


def _unit_behind(reading: Reading, end: int, signs: Signs) -> int:
    """The end of "year old", "years", "months" and what belongs to them."""
    words, known = reading.words, reading.lexicon.maturity
    if signs.unit and signs.unit != "years":
        # "My 18mo", and "18mo" where nothing follows.
        is_whole = signs.unit == "months" and ends_phrase(reading, end)
        signs.is_aged = signs.is_aged or is_whole
        return end
    if (stop := phrase_at(words, end, known.years_old)) > end:
        signs.unit, signs.is_noun = "old", True
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


def _child_behind(reading: Reading, stop: int, signs: Signs) -> int:
    """ "7 year old girl", "6yo son", "7 ans, fille"."""
    words, known = reading.words, reading.lexicon.maturity
    is_first = signs.start == 0 and words.word(0).isdecimal() and len(signs.numbers) == 1
    is_aged = signs.unit in ("old", "years") or (is_first and "," in words.gap(stop))  # "8, girl"
    if not is_aged or signs.is_range or signs.bound is not None:
        return stop
    place = stop
    while words.word(place) in known.articles and not is_stop(words.gap(place)):
        place += 1  # "7 year old little girl"
    end = max(phrase_at(words, place, known.relatives), phrase_at(words, place, known.children))
    is_set_off = "," in words.gap(stop) and place == stop and ends_phrase(reading, end)
    if end == place or (is_stop(words.gap(stop)) and not is_set_off):
        return stop
    signs.is_relative = True
    return end if reading.is_free(stop, end) else stop


def _bound_behind(reading: Reading, stop: int, signs: Signs) -> int:
    """ "6+", "12 and under", "ages 10 and up"."""
    words, known = reading.words, reading.lexicon.maturity
    gap = gap_behind(words, stop)
    is_apart = gap.strip() == "+" and stop == len(words)  # "3 years +"
    if gap.startswith("+") or is_apart:
        signs.bound, signs.is_plus = signs.bound or Bound.at_least, True
        return stop
    behind = known.bounds_behind.get(f"and {words.word(stop)}") if gap.strip() == "&" else None
    if behind is not None:
        signs.bound = signs.bound or behind
        signs.is_plus = True
        return stop + 1
    end = phrase_at(words, stop, known.phrases_behind)
    if end > stop and reading.is_free(stop, end):
        signs.bound = signs.bound or known.bounds_behind[words.phrase(stop, end)]
        signs.is_plus = True
        return end
    return stop


def ends_phrase(reading: Reading, stop: int) -> bool:
    """Whether no noun follows that a number before it may count."""
    words, lexicon = reading.words, reading.lexicon
    word, gap = words.word(stop), words.gap(stop)
    if stop >= len(words) or is_stop(gap) or ")" in gap or is_spaced_dash(gap):
        return True
    if word in lexicon.negation.negations or word in lexicon.maturity.refusals:
        return True
    return word in lexicon.connectors.plot_joints and word not in lexicon.term_phrases


def is_before_another_child(reading: Reading, stop: int) -> bool:
    """ "(Son 7) daughter 10": whoever follows has a number of their own, so this one counts
    nothing."""
    words, known = reading.words, reading.lexicon.maturity
    some = known.relatives, known.children, known.young
    end = max(phrase_at(words, stop, phrases) for phrases in some)
    return end > stop and words.word(end)[:1].isdecimal()


def names_children(reading: Reading) -> bool:
    """Whether the text has a word for children, whoever they are."""
    known = reading.lexicon.maturity
    children = known.children, known.relatives, known.ages_of_children, known.little_ones
    return any(word in some for some in children for word in reading.words.words)


def is_spaced_dash(gap: str) -> bool:
    """Whether a gap is a dash that parts two clauses; the one of "8-10" does not."""
    return gap.startswith((" ", "+ ")) and gap.strip(" +") in ("-", "–", "—")
