"""Years and decades: "90s", "the nineties", "before 1960", "between 2010 and 2014", "last 5 years".

"Last five years" means the years that lie wholly in them: no title is older than was asked for.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from api.language.parts.longer_names import capitals_tell
from api.language.parts.services import begins_a_service
from api.language.reading.comparisons import bound_before
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, is_stop, negation_at, phrase_at
from api.language.vocabulary.lexicon import Bound

FIRST, LAST = 1870, 2100
_NEW = 2  # years in which a title is new, this one included
_RECENT = 5
_FEW = 3
_ROUGHLY = 2  # years before and behind "around 2009"
_LONGEST_ROUGHLY = 3  # words: "por volta de"
_AHEAD = 10  # years for which titles are announced
_NEGATION = 4  # words
_NOUN_PHRASE = 3  # words behind what describes it, with the genre or medium
_LONGEST = 150  # that "last" speaks of
_KNOWN = 6.0  # standing from which a last name is one
_LIFE = 6  # words from "her" to the last of her decades
_OLD = 1979  # the last year of what people call an old film


@dataclass(frozen=True, slots=True)
class Years:
    """First and last year, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ToCome(Years):
    """Years of titles that are not out yet."""


def recent_years(today: date) -> Years:
    """What "recent" and "newer" mean, where nothing is compared with."""
    return Years(today.year - _RECENT + 1, LAST)


def is_a_period(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words are "the last five years", written as nobody writes a title."""
    tokens, known = reading.words.tokens, reading.lexicon.years
    is_written_small = not any(token.is_capital for token in tokens[start + 1 : stop])
    if phrase_at(reading.words, start, known.news) == stop:
        return is_written_small  # "something new"
    first = start + (reading.words.word(start) in known.relative_articles)
    found = _last(reading, first)
    return found is not None and found[0] == stop and is_written_small


def find_years(reading: Reading) -> None:
    """Notes every span of years and takes its words."""
    place, first_words = 0, reading.lexicon.years.first_words
    while place < len(reading.words):
        stop, word = place, reading.words.word(place)
        # Of a long text hardly a word can begin one, and each look takes its time.
        may_begin = word in first_words or word[0].isdecimal()
        may_begin = may_begin or word in reading.lexicon.numbers.words
        if may_begin and not reading.taken[place]:
            stop = _to_come_at(reading, place)
            stop = max(stop, _relative_at(reading, place), _absolute_at(reading, place))
        place = max(stop, place + 1)
    _drop_either(reading)


def _drop_either(reading: Reading) -> None:
    """ "Old or new" asks for no year."""
    words, known = reading.words, reading.lexicon.years
    guesses = [one for one in reading.found("year") if one.is_vague]
    for one, other in pairwise(guesses):
        kinds = {words.word(finding.stop - 1) in known.old for finding in (one, other)}
        if words.phrase(one.stop, other.start) in known.or_words and len(kinds) == 2:
            reading.findings.remove(one)
            reading.findings.remove(other)
            return


def _to_come_at(reading: Reading, place: int) -> int:
    """ "Upcoming movies", "coming soon"; a story's "upcoming wedding" is none."""
    words, known = reading.words, reading.lexicon.years
    stop = phrase_at(words, place, known.to_come)
    if stop == place or reading.story[place] or not reading.is_free(place, stop):
        return place
    behind = words.word(stop)
    is_alone = stop == len(words) or reading.taken[stop] or behind in known.releases
    if not is_alone and behind not in reading.lexicon.known_words:
        return place
    stop += behind in known.releases
    span = ToCome(reading.today.year, LAST)
    reading.take(Finding("year", span, "Not out yet", place, stop))
    return stop


def _span_at(reading: Reading, place: int) -> tuple[int, Years | None]:
    """(end, span) of a year or a decade, without what bounds it."""
    words, known = reading.words, reading.lexicon.years
    start = place
    while words.word(start) in known.links and start < place + 2:
        start += 1
    share = known.shares.get(words.word(start))
    if share is not None:
        start += 1
        while words.word(start) in known.links and start < place + 4:
            start += 1
    end, first = _decade_at(reading, start)
    if first is not None and _is_of_a_life(reading, start, end):
        return place, None
    if first is not None:
        low, high = share or (0, 9)
        return end, Years(first + low, first + high)
    word = words.word(start)
    is_year = share is None and word.isascii() and word.isdigit() and len(word) == 4
    # "Cyberpunk 2077": no title of a catalogue is of a year so far ahead.
    if is_year and FIRST <= int(word) <= reading.today.year + _AHEAD:
        return start + 1, Years(int(word), int(word))
    if (end := phrase_at(words, start, known.this_century)) > start:
        return end, Years(2001, LAST)
    return place, None


def _decade_at(reading: Reading, place: int) -> tuple[int, int | None]:
    words, known = reading.words, reading.lexicon.years
    word = words.word(place)
    if (found := known.decade_figures.fullmatch(word)) is not None:
        end = place + 1
        if words.word(end) in known.decade_nouns:
            end += 1
        return end, _century(int(found[1]), len(found[1]))
    if word.isdigit() and words.word(place + 1) == "s" and words.gap(place + 1) in ("'", "’"):
        return place + 2, _century(int(word), len(word)) if len(word) in (2, 4) else None
    if word in known.decades:
        end = place + 2 if words.word(place + 1) in known.behind_decades else place + 1
        return end, known.decades[word]
    if word in known.decade_nouns:
        following = place + 1
        while words.word(following) in known.decade_links:
            following += 1
        number = words.word(following)
        if number.isdigit() and len(number) in (2, 4) and int(number) % 10 == 0:
            return following + 1, _century(int(number), len(number))
        for stop in (following + 3, following + 2, following + 1):
            if (first := known.decade_numbers.get(words.phrase(following, stop))) is not None:
                return stop, first
    return place, None


def _is_of_a_life(reading: Reading, start: int, stop: int) -> bool:
    """Whether a decade is one of somebody's age: "in her late 20s", "in his 50s or 60s", but not
    "in her 90s films"."""
    words, known = reading.words, reading.lexicon.years
    first = start
    while first > max(start - _LIFE, 0) and not is_stop(words.gap(first)):
        before = words.word(first - 1)
        is_between = before in known.shares or before in known.range_joints | known.or_words
        if not (is_between or known.decade_figures.fullmatch(before) or before in known.decades):
            break
        first -= 1
    is_owned = words.word(first - 1) in known.of_a_life and words.word(first - 2) in known.life_in
    is_of_titles = words.word(stop) in reading.lexicon.terms.meanings
    return is_owned and not (is_of_titles and not is_stop(words.gap(stop)))


def _century(number: int, digits: int) -> int | None:
    if digits == 4:
        return number if number % 10 == 0 and FIRST <= number <= LAST else None
    if number % 10:
        return None
    return 2000 + number if number == 0 else 1900 + number


def _absolute_at(reading: Reading, place: int) -> int:
    words, known = reading.words, reading.lexicon.years
    for length in (3, 2, 1) if words.word(place) in known.bound_phrases.reach else ():
        phrase = words.phrase(place, place + length)
        if len(phrase.split(" ")) < length:
            continue
        if (bound := known.bounds.get(phrase)) is None:
            continue
        start = _behind_roughly(reading, place + length)  # "before around 2009"
        start = phrase_at(words, start, known.the_year)
        stop, span = _span_at(reading, start)
        if span is None and phrase in known.compared and _is_of_titles(reading, place):
            stop, span = _years_ago_at(reading, start)
            # "Not older than ten years" means the same years as "the last ten".
            bound = Bound.above if bound is Bound.at_least else bound
            bound = Bound.at_most if bound is Bound.below else bound
        if span is not None and reading.is_free(place, stop):
            note_years(reading, _bounded(span, bound), place, stop)
            return stop
    if (stop := _range_at(reading, place)) > place:
        return stop
    return _plain_at(reading, place)


def _years_ago_at(reading: Reading, place: int) -> tuple[int, Years | None]:
    """ "Older than 20 years": (end, the last year that lies behind so many whole ones)."""
    end, number = number_at(reading, place)
    if number is None or not 0 < number <= _LONGEST:
        return place, None
    found = _of_so_many(reading, end, number)
    if found is None and reading.words.word(end) in reading.lexicon.maturity.years:
        found = end + 1, Years(reading.today.year - number + 1, LAST)
    if found is None:
        return place, None
    stop, span = found
    return stop, Years(span.first - 1, span.first - 1)


def _is_of_titles(reading: Reading, place: int) -> bool:
    """Whether a comparison is of titles: "a wife older than ten years" is of a story."""
    words, lexicon = reading.words, reading.lexicon
    before = words.word(place - 1)
    is_known = before in lexicon.plain_words or before in lexicon.negation.negations
    begins = not before or is_stop(words.gap(place)) or reading.taken[place - 1]
    return not reading.story[place] and (is_known or begins)


def _bounded(span: Years, bound: Bound) -> Years:
    match bound:
        case Bound.below:
            return Years(FIRST, span.first - 1)
        case Bound.at_most:
            return Years(FIRST, span.last)
        case Bound.above:
            return Years(span.last + 1, LAST)
        case _:
            return Years(span.first, LAST)


def _range_at(reading: Reading, place: int) -> int:
    """ "between 2010 and 2014", "2010-2014", "from the 80s to the 90s", "80s to now"."""
    words = reading.words
    known = reading.lexicon.years
    start = place + 1 if words.word(place) in known.range_openers else place
    middle, first = _span_at(reading, start)
    if first is None:
        return place
    is_dashed = words.gap(middle).strip() in ("-", "–", "—", "/")
    behind = middle if is_dashed else phrase_at(words, middle, known.range_joints)
    if behind == middle and not is_dashed:
        return place
    # "1994 and 1996" without an opener are two years, not what lies between them.
    if words.word(middle) in known.list_joints and start == place:
        return place
    stop, last = _span_at(reading, behind)
    if (now := phrase_at(words, behind, known.now)) > behind:
        stop, last = now, Years(reading.today.year, LAST)
    word = words.word(middle)
    if is_dashed and last is None and len(word) == 2 and word.isdigit():
        stop, last = middle + 1, Years(0, first.first // 100 * 100 + int(word))
    if last is None or not reading.is_free(place, stop):
        return place
    if last.last < first.first:
        if start == place:
            return place
        first, last = last, first  # "between 1990 and 1980"
    note_years(reading, Years(first.first, last.last), place, stop)
    return stop


def _plain_at(reading: Reading, place: int) -> int:
    words = reading.words
    known = reading.lexicon.years
    start = place
    while words.word(start) in known.from_words and start < place + 2:
        start += 1
    start = phrase_at(words, start, known.the_year)
    stop, span = _span_at(reading, start)
    if span is None or not reading.is_free(place, stop):
        return place
    if start == place and stop == place + 1 and _belongs_to_a_name(reading, place):
        return place
    behind, ahead = words.word(stop), words.word(stop + 1)
    is_of_a_service = behind in reading.lexicon.services.on and begins_a_service(reading, stop + 1)
    if behind in known.onwards and not is_of_a_service:
        span, stop = Years(span.first, LAST), stop + 1
    elif behind in known.or_words and ahead in known.later:
        span, stop = Years(span.first, LAST), stop + 2
    elif behind in known.or_words and ahead in known.earlier:
        span, stop = Years(FIRST, span.last), stop + 2
    elif words.gap(stop).startswith("+"):
        span = Years(span.first, LAST)
    elif reading.story[min(start, len(words) - 1)] and words.word(place) not in known.made:
        return place  # when the story takes place
    begun = _roughly_before(reading, place)
    is_rough = begun < place or words.written(start, stop).endswith(_about_endings(reading))
    if is_rough and span.first == span.last:
        span = Years(span.first - _ROUGHLY, span.last + _ROUGHLY)
    # "I saw it around 2009" is told of a memory, which is looked at as a whole.
    if reading.is_short:
        place = begun  # what refuses it stands before "around"
    note_years(reading, span, place, stop)
    return stop


def _roughly_before(reading: Reading, place: int) -> int:
    """Where the "around" of "around 2009" begins; `place` for other words."""
    words, openers = reading.words, reading.lexicon.plots.openers
    start, bound = bound_before(reading, place)
    is_free = reading.is_free(start, place) and not is_stop(words.gap(place))
    is_topical = words.phrase(start, place) in openers  # "movies about 1917"
    return start if bound is Bound.around and is_free and not is_topical else place


def _behind_roughly(reading: Reading, place: int) -> int:
    """Behind the "around" that begins at a place; `place` for other words."""
    before = reading.lexicon.comparisons.before
    stops = range(min(place + _LONGEST_ROUGHLY, len(reading.words)), place, -1)
    rough = (at for at in stops if before.get(reading.words.phrase(place, at)) is Bound.around)
    return next(rough, place)


def _about_endings(reading: Reading) -> tuple[str, ...]:
    """With which "2009ish" ends, whose figures alone are read."""
    return tuple(reading.lexicon.maturity.about_endings)


def _belongs_to_a_name(reading: Reading, place: int) -> bool:
    """ "Movies like Space Truckers 1996": right behind a word with a capital that is no other word
    a number is part of a name that nobody here knows, or the year of that."""
    words, names, before = reading.words, reading.names, place - 1
    if before < 0 or words.gap(place) != " " or not words.word(place).isdecimal():
        return False
    if not (words.tokens[before].is_capital and reading.is_free(before, place)):
        return False
    word = words.word(before)
    is_known = reading.is_a_word(before) or names.topics.has_word(word)
    return capitals_tell(reading) and not (
        is_known or names.people.last_name(word, standing=_KNOWN)
    )


def _relative_at(reading: Reading, place: int) -> int:
    words, known = reading.words, reading.lexicon.years
    start = place + 1 if words.word(place) in known.relative_openers else place
    if words.word(start) in known.relative_articles:
        start += 1
    found = _present(reading, place) or _present(reading, start)
    for read in _RELATIVE:
        found = found or read(reading, start)
    stop, span = found or (place, None)
    if span is None or reading.story[place] or not reading.is_free(place, min(stop, len(words))):
        return place
    if any(is_stop(words.gap(inside)) for inside in range(place + 1, stop)):
        return place  # "doing this? Last year"
    note_years(reading, span, place, stop)
    # "Recent", "new" and "old" name no year: what is read into them is a guess.
    is_guess = words.word(start) in known.recent | known.new | known.old
    is_guess |= phrase_at(words, start, known.news) == stop
    about = phrase_at(words, stop, known.about)
    reading.findings[-1].is_vague = is_guess or about > stop
    for place_of_about in range(stop, about):
        reading.taken[place_of_about] = True
    return max(stop, about)


# (end, span), or None where something else is said.
_Relative = tuple[int, Years] | None


def _last(reading: Reading, start: int) -> _Relative:
    """ "Last year", "the past few years", "the last decade", "in the last five years", and where
    the number stands first "les cinq dernières années"."""
    words, known, today = reading.words, reading.lexicon.years, reading.today.year
    behind, counted = number_at(reading, start)
    if counted is None and words.word(start) in known.few:
        behind, counted = start + 1, _FEW
    if words.word(behind) not in known.last:
        return None
    end, number = number_at(reading, behind + 1)
    if counted is not None or number is not None:
        number = counted or number or 0
        return _of_so_many(reading, end, number) if 0 < number <= _LONGEST else None
    following = words.word(behind + 1)
    if following in known.year:
        return behind + 2, Years(today - 1, today - 1)
    if following in known.few:
        ends = (end for end in (behind + 2, behind + 3) if words.word(end) in known.years)
        return next(((end + 1, Years(today - _FEW + 1, LAST)) for end in ends), None)
    if following in known.years and words.word(behind) in known.last_several:
        return behind + 2, recent_years(reading.today)
    return (behind + 2, Years(today - 9, LAST)) if following in known.decade else None


def _of_so_many(reading: Reading, end: int, number: int) -> _Relative:
    """The unit behind a number."""
    known, today, unit = reading.lexicon.years, reading.today.year, reading.words.word(end)
    if unit in known.years or unit in known.year:
        return end + 1, Years(today - number + 1, LAST)
    if unit in known.decade_plurals or unit in known.decade:
        return end + 1, Years(today - 10 * number + 1, LAST)
    return None


def _present(reading: Reading, place: int) -> _Relative:
    """ "This year", "this decade", "this century", "el año pasado"."""
    words, known, today = reading.words, reading.lexicon.years, reading.today.year
    if (stop := phrase_at(words, place, known.last_year)) > place:
        return stop, Years(today - 1, today - 1)
    stop = phrase_at(words, place, known.present_phrases)
    if stop == place:
        return None
    match known.present[words.phrase(place, stop)]:
        case "year":
            return stop, Years(today, today)
        case "decade":
            return stop, Years(today // 10 * 10, LAST)
        case _:
            return stop, Years(2001, LAST)


def _recent(reading: Reading, start: int) -> _Relative:
    known = reading.lexicon.years
    if reading.words.word(start) not in known.recent or _is_compared(reading, start):
        return None
    is_more = reading.words.word(start + 1) in known.behind_recent
    return start + 1 + is_more, recent_years(reading.today)


def _news(reading: Reading, start: int) -> _Relative:
    """ "What's new", "novedades": at the end of what is said, else it is another's: "what's new
    about her"."""
    words = reading.words
    stop = phrase_at(words, start, reading.lexicon.years.news)
    is_last = stop == len(words) or is_stop(words.gap(stop)) or reading.taken[stop]
    is_last = is_last or words.word(stop) in reading.lexicon.plain_words
    return (stop, Years(reading.today.year - _NEW + 1, LAST)) if is_last and stop > start else None


def _new(reading: Reading, start: int) -> _Relative:
    known, word = reading.lexicon.years, reading.words.word(start)
    if word not in known.new or not _is_adjective(reading, start):
        return None
    is_more = word in known.brand or reading.words.word(start + 1) in known.releases
    return start + 1 + is_more, Years(reading.today.year - _NEW + 1, LAST)


def _old(reading: Reading, start: int) -> _Relative:
    is_old = reading.words.word(start) in reading.lexicon.years.old
    return (start + 1, Years(FIRST, _OLD)) if is_old and _is_adjective(reading, start) else None


def _of_old_ways(reading: Reading, start: int) -> _Relative:
    """ "Old-school horror", "kung fu movies old school", but not "old school friends meet"."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, start, lexicon.years.old_ways)
    before, ahead = words.word(start - 1), words.words[stop : stop + _NOUN_PHRASE]
    ends = stop == len(words) or is_stop(words.gap(stop))
    is_behind = ends and (before in lexicon.terms.media or before in lexicon.terms.genres)
    is_of_titles = is_behind or not lexicon.known_words.isdisjoint(ahead)
    return (stop, Years(FIRST, _OLD)) if stop > start and is_of_titles else None


# The first that reads something counts.
_RELATIVE = (_last, _recent, _news, _new, _of_old_ways, _old)


def _is_compared(reading: Reading, place: int) -> bool:
    """ "Plus récent", which is for relations.py, unless a year follows it."""
    return reading.words.phrase(place - 1, place + 1) in reading.lexicon.titles.newer


def _is_adjective(reading: Reading, place: int) -> bool:
    """Whether "new" or "old" speaks of titles: not "year old", "new york", "an old man"."""
    words, known = reading.words, reading.lexicon.years
    before = words.word(place - 1)
    is_a_unit = before in reading.lexicon.maturity.years
    is_an_age = is_a_unit and number_at(reading, place - 2)[1] is not None  # "4 yr old"
    if is_an_age or _is_of_somebody(reading, place):
        return False
    if before in known.of_titles_behind or before in known.not_of_titles_behind:
        return before in known.of_titles_behind
    ahead = words.words[place + 1 : place + 3]
    if any(one.kind == "person" and one.start == place + 1 for one in reading.findings):
        return words.word(place) not in known.old  # "new tom cruise"
    if words.word(place) in known.old_nouns or not known.releases.isdisjoint(ahead):
        return True
    if ahead and ahead[0] in known.new_places:
        return False
    if words.word(place) in known.new and ahead and ahead[0] in reading.lexicon.terms.stand_ins:
        return _is_asked_for(reading, place)  # "new stuff"
    if _is_of_a_degree(reading, place):
        return True
    return _describes_what_is_before(reading, place) or any(
        word in reading.lexicon.known_words for word in ahead
    )


def _is_of_somebody(reading: Reading, place: int) -> bool:
    """ "Too old for horror" and "never too old for cartoons" say how old somebody is."""
    words, negation = reading.words, reading.lexicon.negation
    said = (negation.opening, negation.fondness)
    starts = range(max(place - _NEGATION, 0), place)
    return any(phrase_at(words, at, some) > place for at in starts for some in said)


def _is_asked_for(reading: Reading, place: int) -> bool:
    """Whether nothing of a story stands right before, as in "she learns new things"."""
    before = reading.words.word(place - 1)
    lexicon = reading.lexicon
    is_said = before in lexicon.plain_words or before in lexicon.negation.negations
    return place == 0 or is_stop(reading.words.gap(place)) or reading.taken[place - 1] or is_said


def _is_of_a_degree(reading: Reading, place: int) -> bool:
    """ "Not old", "nothing too old", "nicht zu alt", at the end of what is said of titles."""
    words, lexicon = reading.words, reading.lexicon
    behind, first = place + 1, place
    goes_on = behind < len(words) and not (is_stop(words.gap(behind)) or reading.taken[behind])
    joints = lexicon.connectors.contrasts | lexicon.connectors.joints
    if words.word(place) not in lexicon.years.old or (goes_on and words.word(behind) not in joints):
        return False
    while words.word(first - 1) in lexicon.negation.degrees:
        first -= 1
    starts = range(max(first - _NEGATION, 0), first)
    start = next((at for at in starts if negation_at(words, lexicon, at) == first), first)
    is_first = start == 0 or is_stop(words.gap(start)) or reading.taken[start - 1]
    return start < first and (is_first or _is_of_titles(reading, start))


def _describes_what_is_before(reading: Reading, place: int) -> bool:
    """ "Películas viejas", "film horror nuovi"."""
    terms, before = reading.lexicon.terms, reading.words.word(place - 1)
    is_behind = reading.words.word(place) in reading.lexicon.years.behind_nouns
    return is_behind and (before in terms.media or before in terms.genres)


def note_years(reading: Reading, span: Years, start: int, stop: int) -> None:
    reading.take(Finding("year", span, years_label(span), start, stop, can_be_negated=True))


def years_label(span: Years) -> str:
    """The span in words for a client; one of its ends is not open."""
    if span.first > FIRST and span.last < LAST:
        return str(span.first) if span.first == span.last else f"{span.first}–{span.last}"
    return f"Until {span.last}" if span.first <= FIRST else f"{span.first} or later"
