"""Titles that stand with a sign of their own kind: a year in brackets, or a list with a title."""

from collections.abc import Iterator

from api.language.parts.longer_names import capitals_tell, is_said_by_who_asks
from api.language.parts.topics import is_topic_first
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, gap_behind, is_stop, phrase_at
from api.language.vocabulary.tokens import Words

_LONGEST = 10  # words of a title
_FIRST_YEAR, _YEAR_DIGITS = 1870, 4
_FEWEST_ALONE = 3  # titles of a list
_SEPARATORS = frozenset(",;\n")
_ENDS = frozenset(".!?")  # of sentences


def title_with_year_at(reading: Reading, place: int) -> tuple[int, tuple[int, ...]]:
    """(start, rows) of "Friday (1995)" or "alien 1979", whose year is the word at `place`; no rows
    for none."""
    words, titles = reading.words, reading.names.titles
    is_bracketed = words.gap(place).endswith("(") and gap_behind(words, place + 1).startswith(")")
    _, year = number_at(reading, place)
    if year is None or year <= _FIRST_YEAR or not (is_bracketed or words.gap(place) == " "):
        return place, ()
    for start in range(max(place - _LONGEST, 0), place):
        if not reading.is_free(start, place):
            continue
        rows = reading.titles_named(start, place)
        if rows and titles.has_year(rows, year):
            is_meant = is_bracketed or _is_told_by_its_year(reading, rows, start, place, year)
            return (start, rows) if is_meant else (place, ())
    return place, ()


def _is_told_by_its_year(
    reading: Reading, rows: tuple[int, ...], start: int, stop: int, year: int
) -> bool:
    """Whether words in front of a bare year are the title of that year: "horror 2015" is not."""
    words, titles = reading.words, reading.names.titles
    row = titles.best(rows, year=year)
    if reading.lexicon.plain_words.issuperset(words.words[start:stop]):
        return False
    if words.phrase(start, stop) in reading.lexicon.years.bounds:
        return False  # "a film before 2013", whatever was called Before then
    if is_topic_first(reading, start, stop):
        return titles.is_famous(row)
    return titles.is_known(row)


def title_listed_behind(reading: Reading, finding: Finding) -> tuple[int, int, tuple[int, ...]]:
    """(start, stop, rows) of the name in capitals that "Heat, Ronin" has behind Heat."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    start = finding.stop
    has_comma = start < len(words) and words.gap(start).strip(") ") == ","
    if words.word(start) in joints and (has_comma or not is_stop(words.gap(start))):
        start += 1
    elif not has_comma:
        return _side_by_side(reading, start)
    for stop in range(min(start + _LONGEST, len(words)), start, -1):
        if rows := _listed(reading, start, stop):
            return start, stop, rows
    return start, start, ()


def _side_by_side(reading: Reading, start: int) -> tuple[int, int, tuple[int, ...]]:
    """The well-known name in capitals that begins right behind another: a list whose lines were
    joined."""
    words, titles = reading.words, reading.names.titles
    if words.gap(start) == " " and words.tokens[start].is_capital and capitals_tell(reading):
        stop, rows = reading.longest_title(start, len(words))
        is_meant = rows and titles.is_well_known(titles.best(rows))
        is_one = words.phrase(start, stop) not in reading.lexicon.term_phrases
        if is_meant and is_one and reading.is_free(start, stop):
            return start, stop, rows
    return start, start, ()


def title_listed_before(reading: Reading, finding: Finding) -> tuple[int, int, tuple[int, ...]]:
    """The same of the name before: "Ronin and Heat"."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    stop = finding.start
    if words.word(stop - 1) in joints:
        stop -= 1
    elif stop == 0 or words.gap(stop).strip() != ",":
        return stop, stop, ()
    for start in range(max(stop - _LONGEST, 0), stop):
        if rows := _listed(reading, start, stop):
            return start, stop, rows
    return stop, stop, ()


def titles_listed_alone(reading: Reading) -> list[tuple[int, int, int, tuple[int, ...]]]:
    """(start, stop, end with its year, rows) of each title, where the text is a list of titles and
    nothing else: three known ones and more, and one in four that nobody knows; most no ordinary
    words."""
    return _listed_within(reading, list(_between_commas(reading, 0, len(reading.words))))


def either_of_titles(reading: Reading) -> list[tuple[int, int, int, tuple[int, ...]]]:
    """The same of a text of two titles with "or" between them: "seinfeld or friends". Both are well
    known, nearly all know one that is a topic or another word as well, and one is neither. "Alien
    meets jaws" is of both, whatever else they are."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    ors = [at for at in range(1, len(words) - 1) if words.word(at) in lexicon.connectors.or_words]
    meet = [at for at in range(1, len(words)) if _end_of_meeting(reading, at) > at]
    between = meet or ors
    if len(between) != 1 or not reading.is_free(0, len(words)):
        return []
    behind = max(_end_of_meeting(reading, between[0]), between[0] + 1)
    ends = ((0, between[0]), (behind, len(words)))
    spans = [(start + _asks_for(reading, start, stop), stop) for start, stop in ends]
    found = [(start, stop, stop, reading.titles_named(start, stop)) for start, stop in spans]
    if not all(rows and titles.is_well_known(titles.best(rows)) for *_, rows in found):
        return []
    if any(words.phrase(start, stop) in lexicon.term_phrases for start, stop in spans):
        return []
    if meet:
        (start, stop, _, rows), second = found
        return [(start, stop, behind, rows), second]
    ordinary = [one for one in found if _means_more(reading, one[0], one[1])]
    is_sure = all(titles.is_famous(titles.best(rows)) for *_, rows in ordinary)
    return found if is_sure and len(ordinary) < len(found) else []


def _end_of_meeting(reading: Reading, place: int) -> int:
    return phrase_at(reading.words, place, reading.lexicon.titles.meeting)


def _asks_for(reading: Reading, start: int, stop: int) -> int:
    """How many words ask for something before the name within [start, stop)."""
    words, asking = reading.words, reading.lexicon.titles.asking
    place = start
    while place < stop - 1 and words.word(place) in asking:
        if reading.titles_named(place, stop):
            break
        place += 1
    return place - start


def _means_more(reading: Reading, start: int, stop: int) -> bool:
    is_a_word = stop - start == 1 and reading.is_a_word(start)
    return is_a_word or _is_ordinary(reading, start, stop)


def titles_listed_in_sentences(
    reading: Reading,
) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
    """The same of each sentence that lists titles in capitals and nothing else."""
    tokens = reading.words.tokens
    for start, stop in _sentences(reading):
        spans = list(_between_commas(reading, start, stop))
        if capitals_tell(reading) and all(tokens[begin].is_capital for begin, _ in spans):
            yield from _listed_within(reading, spans)


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """The words [start, stop) between what ends sentences, and of lines."""
    words, start = reading.words, 0
    for place in range(1, len(words) + 1):
        if place == len(words) or _ends_a_sentence(words, place):
            yield start, place
            start = place


def _ends_a_sentence(words: Words, place: int) -> bool:
    """A colon belongs to "Top Gun: Maverick", and not to "I have seen: Heat, Ronin"."""
    gap = words.gap(place)
    return not _ENDS.isdisjoint(gap) or (":" in gap and not words.tokens[place - 1].is_capital)


def _listed_within(
    reading: Reading, spans: list[tuple[int, int]]
) -> list[tuple[int, int, int, tuple[int, ...]]]:
    titles = reading.names.titles
    known = [
        (start, stop, end, rows)
        for start, end in spans
        if (stop := _before_its_year(reading, start, end)) > start
        and (rows := reading.titles_named(start, stop))
        and titles.is_known(titles.best(rows))
    ]
    if len(known) < _FEWEST_ALONE or 4 * len(known) < 3 * len(spans):
        return []
    ordinary = sum(_is_ordinary(reading, start, stop) for start, stop, *_ in known)
    return known if 2 * ordinary < len(known) else []


def _before_its_year(reading: Reading, start: int, end: int) -> int:
    """Where a name ends within [start, end): "robocop 1987 kind of stuff"."""
    words, no_content = reading.words, reading.lexicon.connectors.no_content
    if reading.titles_named(start, end):
        return end
    stop = end
    while stop > start and words.word(stop - 1) in no_content:
        stop -= 1
    is_year = words.word(stop - 1).isdecimal() and len(words.word(stop - 1)) == _YEAR_DIGITS
    return stop - 1 if is_year else stop


def _is_ordinary(reading: Reading, start: int, stop: int) -> bool:
    words, topics = reading.words, reading.names.topics
    is_plain = reading.lexicon.plain_words.issuperset(words.words[start:stop])
    return is_plain or topics.has(words.phrase(start, stop))


def _between_commas(reading: Reading, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The words [start, stop) of [begin, end) between commas, semicolons and line ends, and before
    a last "and"."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    start = begin
    for place in range(begin + 1, end + 1):
        is_end = place == end or not _SEPARATORS.isdisjoint(words.gap(place))
        if not is_end and words.word(place) in joints and start > begin:
            yield start, place
            start = place + 1
        elif is_end and place > start:
            first = start + (words.word(start) in joints and place > start + 1)
            yield first, place
            start = place


def _listed(reading: Reading, start: int, stop: int) -> tuple[int, ...]:
    """The rows of [start, stop), if it reads as one whole name of a list."""
    words, tokens = reading.words, reading.words.tokens
    if not reading.is_free(start, stop) or not tokens[start].is_capital:
        return ()
    if any(
        is_stop(words.gap(place)) and ":" not in words.gap(place)
        for place in range(start + 1, stop)
    ):
        return ()
    if is_said_by_who_asks(reading, start, stop) or _goes_on(reading, start, stop):
        return ()
    name = words.phrase(start, stop)
    if reading.names.people.named(name) or reading.lexicon.plain_words.issuperset(name.split()):
        return ()
    return reading.titles_named(start, stop) if capitals_tell(reading) else ()


def _goes_on(reading: Reading, start: int, stop: int) -> bool:
    """Whether a word with a capital beside it belongs to the same name."""
    words, tokens = reading.words, reading.words.tokens
    before = start > 0 and tokens[start - 1].is_capital and not is_stop(words.gap(start))
    behind = stop < len(words) and tokens[stop].is_capital and not is_stop(words.gap(stop))
    return (before and start > 1 and not reading.taken[start - 1]) or behind
