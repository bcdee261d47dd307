"""Ages of children who are called by their names: "with Emma (6) and Tom (9)", "Emma is 6".

A catalogue knows no children, so a name is whatever is no other word. What may be the age of
somebody who watches limits, though a film may have the name.
"""

from api.language.maturity.age_signs import Signs, ends_phrase, signs_at
from api.language.maturity.ages import ADULT, Ages
from api.language.maturity.viewer_ages import SHORT, ViewerAge
from api.language.reading.reading import Reading, gap_behind, is_stop, phrase_at

_MONTHS = 12
_LONGEST_RELATIVE = 2  # words: "little sister"
_BETWEEN = 3  # words from a name to its number: "is now 6"
_FARTHEST = 12  # words from "with" to the last of several names
_SHORTEST = 2  # letters of a name
_YEAR_DIGITS = 4


def named_child_at(reading: Reading, place: int) -> ViewerAge | None:
    """The age that begins at a place of a short text, of a child who is named before it."""
    name = _name_before(reading, place) if len(reading.words) <= SHORT else None
    if name is None or (reading.story[place] and not _is_told_of_a_relative(reading, name)):
        return None
    signs = signs_at(reading, place)
    if signs is None or signs.bound is not None or signs.is_plus:
        return None
    if signs.is_noun:  # "they adopt a 9 year old girl"
        return None
    is_in_months = signs.unit == "months"
    age = min(signs.numbers) // (_MONTHS if is_in_months else 1)
    if not (0 < age < ADULT or is_in_months) or not _is_said(reading, signs, name, place):
        return None
    relative = _relative_before(reading, name)
    # "Paul, der 7 ist": the verb is no word to search for.
    stop = signs.stop + (reading.words.word(signs.stop) in reading.lexicon.maturity.are)
    return ViewerAge(Ages(None, age), False, relative, stop)


def _relative_before(reading: Reading, name: int) -> int:
    """Where "my niece" begins, right before a name; `name` for nobody."""
    words, known = reading.words, reading.lexicon.maturity
    starts = range(max(name - _LONGEST_RELATIVE, 0), name)
    some = known.relatives, known.young
    start = next(
        (one for one in starts if any(phrase_at(words, one, those) == name for those in some)), name
    )
    while 0 < start < name and words.word(start - 1) in known.articles:
        start -= 1
    return start


def _is_told_of_a_relative(reading: Reading, name: int) -> bool:
    """ "My niece Lily, who is 6": what is told of one who watches is no plot."""
    words, lexicon = reading.words, reading.lexicon
    start = _relative_before(reading, name)
    led = {words.word(start), words.word(start - 1)}
    watches = lexicon.maturity.before_audiences | lexicon.negation.companion_owners
    return start < name and not reading.story[name] and not watches.isdisjoint(led)


def _name_before(reading: Reading, place: int) -> int | None:
    """Where the name stands that a number at a place may belong to; None for other words."""
    words, known = reading.words, reading.lexicon.maturity
    name = place - 1
    while name > max(place - _BETWEEN, 0) and words.word(name) in known.are | known.before_age:
        name -= 1
    if name < 0 or "/" in gap_behind(words, place + 1):  # "Dunkirk is 8/10"
        return None
    is_a_title = bool(reading.titles_named(name, place + 1))  # "with Rocky 4"
    return name if _is_a_name(reading, name) and not is_a_title else None


def _is_a_name(reading: Reading, place: int) -> bool:
    """Whether the word may be somebody's first name: with a capital, or beside another child, none
    that asks; else none that is anything else."""
    words, lexicon = reading.words, reading.lexicon
    word, known = words.word(place), lexicon.maturity
    if len(word) < _SHORTEST or not word.isalpha() or word in lexicon.plain_words:
        return False
    if word in known.no_ages or word in lexicon.counts.not_counted:
        return False
    # "Lena ist 9, Max ist 5": of the number before it, too, "max" is a word.
    may_be_given = any(
        one.start == place and one.stop == place + 1 for one in reading.found("person")
    ) or any(one.stop == place + 1 for one in reading.found("maturity"))
    if reading.taken[place] and not may_be_given:
        return False
    is_nothing_else = word not in lexicon.all_words and not reading.is_a_word(place)
    is_unknown = is_nothing_else and not reading.names.topics.has_word(word)
    return words.tokens[place].is_capital or is_unknown or bool(reading.found("maturity"))


def _is_said(reading: Reading, signs: Signs, name: int, place: int) -> bool:
    """Whether words or signs make the number an age: "Emma is 6", "(6)", "with Emma, 6,"."""
    words = reading.words
    are = reading.lexicon.maturity.are
    is_behind = words.word(signs.stop) in are  # "Paul, der 7 ist"
    ends = ends_phrase(reading, signs.stop) or bool(signs.unit) or is_behind
    if name < place - 1:
        return ends and (is_behind or not are.isdisjoint(words.words[name:place]))
    gap = words.gap(place)
    if gap.endswith("(") and ")" in gap_behind(words, signs.stop):
        return _is_in_company(reading, signs, place)
    return ends and gap.strip() in ("", ",") and _is_led_to(reading, name)


def _is_in_company(reading: Reading, signs: Signs, place: int) -> bool:
    """Whether more than brackets says that somebody watches: "with" before the name, years, what
    they want, or another one with an age in brackets."""
    words, known = reading.words, reading.lexicon.maturity
    if _relative_before(reading, place - 1) < place - 1:  # "our son Max (8)"
        return True
    farthest = max(place - _FARTHEST, 0)
    if any(words.word(before) in known.before_audiences for before in range(farthest, place)):
        return True
    said = (known.wishes, known.present)
    says_more = any(phrase_at(words, signs.stop, some) > signs.stop for some in said)
    bracketed = sum(
        words.gap(one).endswith("(") and word.isdecimal() and len(word) < _YEAR_DIGITS
        for one, word in enumerate(words.words)
    )
    return says_more or bool(signs.unit) or bracketed > 1


def _is_led_to(reading: Reading, name: int) -> bool:
    """ "With Emma, 6", "for Emma 6 and Tom 9": "with" stands right before the first of them."""
    words, lexicon = reading.words, reading.lexicon
    if _relative_before(reading, name) < name:  # "mit Enkelin Mia, 6"
        return True
    place = name
    while place > 0 and words.word(place - 1) in lexicon.titles.articles:
        place -= 1
    if words.word(place - 1) in lexicon.maturity.before_audiences:
        return not is_stop(words.gap(place))
    before = place - (words.word(place - 1) in lexicon.connectors.joints)
    is_listed = before < place or "," in words.gap(place)
    return is_listed and any(one.stop == before for one in reading.found("maturity"))
