"""Children of no said age who watch, though nobody asks "for kids": "the kids are with us tonight",
"our little ones", "una película que puedan ver mis hijos".

Children of who asks watch wherever a short text speaks of them, unless it is certain that they do
not: "my kids are asleep", "without the kids", "we don't have kids". Of others something has to say
so: "are not asleep yet", "want", "hate", and who watches or minds them: "for my in-laws and a
toddler", "babysitting two boys". A film "without kids" has none in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from api.language.maturity.age_signs import ends_with_a_parent
from api.language.maturity.bare_children import company_of
from api.language.maturity.children_absent import (
    absence_of,
    begins,
    begins_or_is_told,
    denies,
    end_of_absence_denied,
    ends_a_clause,
    is_refused_with_titles,
    says_nothing,
)
from api.language.maturity.children_cared_for import (
    are_bored_or_ill,
    are_not_to_be_frightened,
    has_a_party,
    needs_care,
)
from api.language.maturity.gatherings import gatherings, goes_wrong
from api.language.maturity.grown_ups import is_grown_up
from api.language.maturity.leads_to_children import (
    start_of_company,
    start_of_having,
    start_of_lead,
    start_of_minding,
)
from api.language.maturity.minders import minded_at, youngest_minded
from api.language.maturity.what_children_watch import start_of_what_they_watch
from api.language.reading.reading import Reading, aversion_at, is_stop, phrase_at

OLDEST_OF_UNKNOWN_AGE = 8
_OLDEST_TEEN = 13  # the same
_LONGEST_CHILD = 3  # words: "little sister"
_BETWEEN = 4  # words between children and what is said of them


@dataclass(frozen=True, slots=True)
class Children:
    """Children in the words [start, stop), with what leads to them and what is said of them."""

    start: int
    noun: int  # where "kids" stands
    stop: int
    oldest: int  # whose titles the youngest of them may see
    is_audience: bool  # whether "for" or "with" leads to them
    is_absent: bool = False  # whether they surely do not watch
    is_none_of_a_plot: bool = False  # whether that was looked at already
    is_only_named: bool = False  # whether nothing but "my", or what they must not see, says it


def children_present(reading: Reading) -> Iterator[Children]:
    """Those who watch, and those who surely do not, in the order of the text."""
    away: set[int] = set()
    for place in range(len(reading.words)):
        stop, oldest = _children_at(reading, place)
        is_called = phrase_at(reading.words, stop, reading.lexicon.maturity.called_phrases) > stop
        # "Child-free", but "CE1-CE2".
        if stop > place and (is_called or reading.words.gap(stop) != "-"):
            found = _told_of(reading, place, stop, oldest)
            if found is not None:
                away.update(range(found.start, found.stop) if found.is_absent else ())
                yield found
        minded = minded_at(reading, place)
        is_of_a_plot = goes_wrong(reading, minded) and not _do_children_watch(reading, minded)
        if minded > place and not is_of_a_plot:
            youngest = youngest_minded(reading, minded)
            oldest = OLDEST_OF_UNKNOWN_AGE if youngest is None else youngest
            yield Children(place, place, minded, oldest, is_audience=False)
    for one in gatherings(reading):
        if one.noun in away:  # "the kids are in class"
            continue
        is_led_to = one.start < one.noun
        yield Children(one.start, one.noun, one.stop, one.oldest, is_led_to, is_none_of_a_plot=True)


def _do_children_watch(reading: Reading, start: int) -> bool:
    """ "(Babysitting goes wrong) when kids watch horror", said behind `start`."""
    words, known = reading.words, reading.lexicon.maturity
    ends = (phrase_at(words, at, known.bare_children) for at in range(start, len(words)))
    places = (end for at, end in enumerate(ends, start) if end > at)
    return any(phrase_at(words, end, known.watched) > end for end in places)


def _children_at(reading: Reading, place: int) -> tuple[int, int]:
    """(end, age) of "kids", "little ones", "little sister" and "teenage son"; `place` for
    nobody."""
    words, known = reading.words, reading.lexicon.maturity
    if (stop := phrase_at(words, place, known.teens)) > place:
        return stop, _OLDEST_TEEN
    called = phrase_at(words, place, known.called_phrases)
    phrases = known.little_ones, known.young, known.bare_children
    stop = max(phrase_at(words, place, some) for some in phrases)
    if called > place and called >= stop:
        return called, known.called[words.phrase(place, called)]
    age = known.ages_of_children.get(words.word(place))
    if age is not None:
        return max(stop, place + 1), age
    relative = max(phrase_at(words, place, some) for some in (known.relatives, known.children))
    if relative > stop:
        lead = start_of_lead(reading, place)
        is_minded = start_of_minding(reading, lead, place) is not None
        is_cared_for = is_minded or needs_care(reading, lead, relative)
        is_cared_for = is_cared_for or has_a_party(reading, lead, relative)
        relative = relative if is_cared_for else stop
    return max(stop, relative), OLDEST_OF_UNKNOWN_AGE


def _is_young(reading: Reading, place: int, stop: int) -> bool:
    """Whether they are no adults, whoever else is meant: a "baby" may be."""
    phrase, known = reading.words.phrase(place, stop), reading.lexicon.maturity
    return phrase in known.young or (phrase in known.called and phrase not in known.little_ones)


def _told_of(reading: Reading, place: int, stop: int, oldest: int) -> Children | None:
    words, known = reading.words, reading.lexicon.maturity
    first = start_of_lead(reading, place)
    lead = words.words[first:place]
    joined = start_of_company(reading, first)
    is_led_to = words.word(first - 1) in known.before_audiences and not is_stop(words.gap(first))
    is_audience = is_led_to or joined is not None
    start = first - is_led_to if joined is None else joined
    is_owned = not reading.lexicon.negation.companion_owners.isdisjoint(lead)
    # "Toda la familia" has its own article.
    is_definite = is_owned or not known.definite.isdisjoint(words.words[first:stop])
    if (absent := absence_of(reading, start, stop)) is not None:
        start, end = absent
        if not is_definite and is_refused_with_titles(reading, start, end):
            return None
        return Children(start, place, end, oldest, is_audience, is_absent=True)
    if is_grown_up(reading, place, stop):
        return None
    is_young = _is_young(reading, place, stop)
    is_of_known_age = oldest < OLDEST_OF_UNKNOWN_AGE
    said = _end_of_presence(reading, stop)
    is_denied = _is_denied_before(reading, first)
    said = stop if is_denied and said is not None else said
    is_kept_from = is_denied and is_definite and _is_to_watch(reading, stop)
    if is_definite and (bedtime := _end_of_bedtime_to_come(reading, start, stop)) > stop:
        start, said = start - 1, bedtime
    begun = start_of_minding(reading, first, place)
    begun = start_of_having(reading, first, place) if begun is None else begun
    # "With little girls" and "caring for a child" are of a plot.
    is_asked_for = words.word(start) in known.in_plots and _begins_a_wish(reading, start)
    company = company_of(reading, place, stop)
    is_bored_or_ill = are_bored_or_ill(reading, first)
    is_host = has_a_party(reading, first, stop)
    asked = start_of_what_they_watch(reading, first, place, stop)
    is_said = (
        (is_audience and (is_definite or is_asked_for or joined is not None))
        or (said is not None and (is_definite or begins_or_is_told(reading, start)))
        or (is_definite and _may_watch_before(reading, first))
        or (is_young and begins(reading, start) and _ends_or_has_an_occasion(reading, stop))
        or company is not None
        or asked is not None
        or is_bored_or_ill
        or is_host
        or (is_owned and needs_care(reading, first, stop))
        or are_not_to_be_frightened(reading, first, place)
        or begun is not None
        or ends_with_a_parent(reading, first)
        or _are_joined_to_who_asks(reading, start, stop)
        or (is_of_known_age and _is_beside_a_child(reading, start, stop))
    )
    # "Unsere kleinen Geheimnisse": words for children that are adjectives as well.
    is_noun = is_young or words.word(place) in known.ages_of_children or said is not None
    is_noun = is_noun or is_kept_from or is_host or is_bored_or_ill
    if not (is_said or is_owned or is_kept_from) or not (is_noun or _ends_a_noun(reading, stop)):
        return None
    first, last = company or (start, stop)
    start = min(one for one in (start, first, begun, asked) if one is not None)
    end = max(stop if said is None else said, last)
    return Children(start, place, end, oldest, is_audience, is_only_named=not is_said)


def _are_joined_to_who_asks(reading: Reading, start: int, stop: int) -> bool:
    """ "Teenagers and me", and nothing else in the clause."""
    words, lexicon = reading.words, reading.lexicon
    is_joined = words.word(stop) in lexicon.connectors.joints
    is_asking = is_joined and words.word(stop + 1) in lexicon.maturity.selves
    is_first = begins(reading, start) and not reading.story[start]
    return is_asking and is_first and ends_a_clause(reading, stop + 2)


def _is_beside_a_child(reading: Reading, start: int, stop: int) -> bool:
    """ "A newborn and a 3 year old", "infant and toddler": joined to somebody who watches, and to
    nothing else in the clause."""
    words, known = reading.words, reading.lexicon.maturity
    joints = reading.lexicon.connectors.joints
    behind = stop + (words.word(stop) in joints)
    while words.word(behind) in known.articles:
        behind += 1
    others = [one for one in reading.found("maturity") if not one.is_negated]
    if behind > stop and begins(reading, start):
        is_child = words.word(behind) in known.ages_of_children and ends_a_clause(
            reading, behind + 1
        )
        return is_child or any(one.start <= behind < one.stop for one in others)
    before = start - (words.word(start - 1) in joints)
    starts = range(max(before - _LONGEST_CHILD, 0), before)
    is_child = any(_children_at(reading, at)[0] == before for at in starts)
    return before < start and (is_child or any(one.stop == before for one in others))


def _end_of_bedtime_to_come(reading: Reading, start: int, stop: int) -> int:
    """The end of "before the kids go to bed", up to when they watch; `stop` for other words."""
    words, known = reading.words, reading.lexicon.maturity
    is_until = words.word(start - 1) in known.until
    return phrase_at(words, stop, known.bedtime) if is_until else stop


def _end_of_presence(reading: Reading, stop: int) -> int | None:
    """The end of "are with us" and "want" that are said of children before `stop`, or `stop` where
    what follows is refused by them: "don't want", "hate"; None for neither."""
    words, known = reading.words, reading.lexicon.maturity
    if (denied := end_of_absence_denied(reading, stop)) > stop:
        return denied
    if aversion_at(words, reading.lexicon, stop) > stop:
        return stop
    is_refused = False
    for place in range(stop, min(stop + _BETWEEN, len(words))):
        if is_stop(words.gap(place)):
            break
        said = known.present, known.wishes, known.frightened, known.bored_or_ill
        for phrases in said:
            if (end := phrase_at(words, place, phrases)) > place:
                return stop if is_refused else end
        is_refused = is_refused or denies(reading, place)
        if not (says_nothing(reading, place) or denies(reading, place)):
            break
    return None


def _may_watch_before(reading: Reading, start: int) -> bool:
    """ "Que puedan ver los niños", "se asusta mi hijo": what is said of them stands before them; "I
    want my kids" does not say it."""
    words, known = reading.words, reading.lexicon.maturity
    starts = range(max(start - _BETWEEN, 0), start - 1)
    said = known.wishes, known.frightened
    return any(phrase_at(words, before, some) == start for before in starts for some in said)


def _ends_or_has_an_occasion(reading: Reading, stop: int) -> bool:
    """ "Third graders", and a "third graders sleepover"."""
    occasions = reading.lexicon.maturity.occasions
    return ends_a_clause(reading, stop) or phrase_at(reading.words, stop, occasions) > stop


def _is_denied_before(reading: Reading, first: int) -> bool:
    """ "None of my kids", "I don't want my kids": what follows is refused."""
    words, lexicon = reading.words, reading.lexicon
    ends = {first, first - (words.word(first - 1) in lexicon.connectors.fillers)}
    starts = range(max(first - _BETWEEN, 0), first)
    return any(phrase_at(words, at, lexicon.negation.negations) in ends - {at} for at in starts)


def _is_to_watch(reading: Reading, stop: int) -> bool:
    """ "(I don't want) the kids to watch", "(never let) the kids see"."""
    words, lexicon = reading.words, reading.lexicon
    place = stop + (words.word(stop) in lexicon.plots.infinitive)
    return phrase_at(words, place, lexicon.negation.watching) > place


def _begins_a_wish(reading: Reading, start: int) -> bool:
    """Whether nothing stands before "for a child", or what can be asked for."""
    lexicon, before = reading.lexicon, reading.words.word(start - 1)
    return begins(reading, start) or before in lexicon.plain_words or reading.taken[start - 1]


def _ends_a_noun(reading: Reading, stop: int) -> bool:
    """Whether no other noun follows: a stop, or a small word."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.connectors.plot_joints, lexicon.maturity.are, lexicon.negation.companion_links
    return ends_a_clause(reading, stop) or any(words.word(stop) in some for some in known)
