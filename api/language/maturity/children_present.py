"""Children of no said age who watch, though nobody asks "for kids": "the kids are with us tonight",
"our little ones", "una película que puedan ver mis hijos".

Children of who asks watch wherever a short text speaks of them, unless it is certain that they do
not: "my kids are asleep", "without the kids". Of others something has to say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from api.language.maturity.bare_children import company_of
from api.language.reading.reading import Reading, is_stop, phrase_at

_OLDEST = 8  # of whose age nothing is known
_BETWEEN = 4  # words between children and what is said of them
_LONGEST_LEAD = 3  # words: "my two little"


@dataclass(frozen=True, slots=True)
class Children:
    """Children in the words [start, stop), with what leads to them and what is said of them."""

    start: int
    noun: int  # where "kids" stands
    stop: int
    oldest: int  # whose titles the youngest of them may see
    is_audience: bool  # whether "for" or "with" leads to them
    is_absent: bool = False  # whether they surely do not watch
    is_only_named: bool = False  # whether nothing but "my" says that they do


def children_present(reading: Reading) -> Iterator[Children]:
    """Those who watch, and those who surely do not, in the order of the text."""
    for place in range(len(reading.words)):
        stop, oldest = _children_at(reading, place)
        if stop > place and reading.words.gap(stop) != "-":  # "child-free"
            found = _told_of(reading, place, stop, oldest)
            yield from () if found is None else (found,)


def _children_at(reading: Reading, place: int) -> tuple[int, int]:
    """(end, age) of "kids", "little ones" and "little sister"; `place` for nobody."""
    words, known = reading.words, reading.lexicon.maturity
    phrases = known.little_ones, known.young, known.bare_children
    stop = max(phrase_at(words, place, some) for some in phrases)
    age = known.ages_of_children.get(words.word(place))
    return (stop, _OLDEST) if age is None else (max(stop, place + 1), age)


def _told_of(reading: Reading, place: int, stop: int, oldest: int) -> Children | None:
    words, known = reading.words, reading.lexicon.maturity
    first = _start_of(reading, place)
    lead = words.words[first:place]
    is_audience = words.word(first - 1) in known.before_audiences and not is_stop(words.gap(first))
    start = first - is_audience
    if (end := _end_of_absence(reading, start, stop)) is not None:
        start = _start_of_after(reading, start)
        return Children(start, place, end, oldest, is_audience, is_absent=True)
    is_owned = not reading.lexicon.negation.companion_owners.isdisjoint(lead)
    # "Toda la familia" has its own article.
    is_definite = is_owned or not known.definite.isdisjoint(words.words[first:stop])
    is_young = phrase_at(words, place, known.young) == stop
    said = _end_of_presence(reading, stop)
    if is_definite and (bedtime := _end_of_bedtime_to_come(reading, start, stop)) > stop:
        start, said = start - 1, bedtime
    # "With little girls" and "caring for a child" are of a plot.
    is_asked_for = words.word(start) in known.in_plots and _begins_a_wish(reading, start)
    company = company_of(reading, place, stop)
    is_said = (
        (is_audience and (is_definite or is_asked_for))
        or (said > stop and (is_definite or _begins(reading, start)))
        or (is_definite and _may_watch_before(reading, first))
        or (is_young and _begins(reading, start) and _ends(reading, stop))
        or company is not None
    )
    # "Unsere kleinen Geheimnisse": words for children that are adjectives as well.
    is_noun = is_young or words.word(place) in known.ages_of_children or said > stop
    if not (is_said or is_owned) or not (is_noun or _ends_a_noun(reading, stop)):
        return None
    first, last = company or (start, stop)
    start, end = min(start, first), max(said, last)
    return Children(start, place, end, oldest, is_audience, is_only_named=not is_said)


def _start_of(reading: Reading, place: int) -> int:
    """Where "my", "the" and "our two" begin that lead to the children at a place."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    leading = known.articles, known.definite, lexicon.negation.companion_owners
    start = place
    while start > max(place - _LONGEST_LEAD, 0) and not is_stop(words.gap(start)):
        word = words.word(start - 1)
        is_number = word in lexicon.numbers.words or word.isdecimal()
        if not is_number and not any(word in some for some in leading):
            break
        start -= 1
    return start


def _end_of_absence(reading: Reading, start: int, stop: int) -> int | None:
    """Where it ends that children surely do not watch: "are asleep", and "without" before them;
    None where it is not said."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    starts = range(max(start - _BETWEEN, 0), start)
    if any(phrase_at(words, before, known.absent_before) == start for before in starts):
        return stop
    bedtime = phrase_at(words, stop, known.bedtime)
    if bedtime > stop and _start_of_after(reading, start) < start:
        return bedtime
    if words.word(start - 1) in known.until:  # "until the kids are in bed" they are not
        return None
    for place in range(stop, min(stop + _BETWEEN, len(words))):
        if is_stop(words.gap(place)):
            return None
        if (end := phrase_at(words, place, known.absent)) > place:
            joined = end + (words.word(end) in lexicon.connectors.joints)
            return end if phrase_at(words, joined, known.wishes) == joined else None
        is_refused = phrase_at(words, place, lexicon.negation.negations) > place
        if is_refused or words.word(place) in known.refusals or not _says_nothing(reading, place):
            return None
    return None


def _end_of_bedtime_to_come(reading: Reading, start: int, stop: int) -> int:
    """The end of "before the kids go to bed", up to when they watch; `stop` for other words."""
    words, known = reading.words, reading.lexicon.maturity
    is_until = words.word(start - 1) in known.until
    return phrase_at(words, stop, known.bedtime) if is_until else stop


def _start_of_after(reading: Reading, start: int) -> int:
    """Where "after" begins, right before children who go to bed; `start` without it."""
    words, after = reading.words, reading.lexicon.maturity.after
    starts = range(max(start - _BETWEEN, 0), start)
    return next((one for one in starts if phrase_at(words, one, after) == start), start)


def _end_of_presence(reading: Reading, stop: int) -> int:
    """Where "are with us" and "want" end that are said of children before `stop`; `stop` for
    neither."""
    words, known = reading.words, reading.lexicon.maturity
    for place in range(stop, min(stop + _BETWEEN, len(words))):
        if is_stop(words.gap(place)):
            break
        for phrases in (known.present, known.wishes):
            if (end := phrase_at(words, place, phrases)) > place:
                return end
        if not _says_nothing(reading, place):
            break
    return stop


def _says_nothing(reading: Reading, place: int) -> bool:
    """ "Finally" and "all", between children and what is said of them."""
    word, lexicon = reading.words.word(place), reading.lexicon
    return word in lexicon.connectors.no_content or word in lexicon.maturity.are


def _may_watch_before(reading: Reading, start: int) -> bool:
    """ "Que puedan ver los niños": what they may do stands before them; "I want my kids" does not
    say it."""
    words, wishes = reading.words, reading.lexicon.maturity.wishes
    starts = range(max(start - _BETWEEN, 0), start - 1)
    return any(phrase_at(words, before, wishes) == start for before in starts)


def _begins(reading: Reading, start: int) -> bool:
    words, connectors = reading.words, reading.lexicon.connectors
    is_joined = words.word(start - 1) in connectors.joints | connectors.contrasts
    return start == 0 or is_stop(reading.words.gap(start)) or is_joined


def _begins_a_wish(reading: Reading, start: int) -> bool:
    """Whether nothing stands before "for a child", or what can be asked for."""
    lexicon, before = reading.lexicon, reading.words.word(start - 1)
    return _begins(reading, start) or before in lexicon.plain_words or reading.taken[start - 1]


def _ends(reading: Reading, stop: int) -> bool:
    return stop == len(reading.words) or is_stop(reading.words.gap(stop))


def _ends_a_noun(reading: Reading, stop: int) -> bool:
    """Whether no other noun follows: a stop, or a small word."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.connectors.plot_joints, lexicon.maturity.are, lexicon.negation.companion_links
    return _ends(reading, stop) or any(words.word(stop) in some for some in known)
