"""Names that the catalogue does not have, where the words around them say what they name.

They stay part of the free text unless TMDB's search, which knows more names, has identified them:
then the text is parsed a second time with these links, which takes the words. What may be a name
without a sign for it ("La Haine" alone, or after "watched" in small letters) is left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from api.language.entities import EntityAtTmdb, PersonAtTmdb, TitleAtTmdb, UnknownName
from api.language.intent import Part
from api.language.parts.note_title import media_beside
from api.language.parts.people import join
from api.language.parts.titles import quoted
from api.language.parts.titles_behind_signs import seed_sign_at
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at

_LONGEST_TITLE = 8  # words
_LONGEST_NAME = 4
_LINKED = "Found through TMDB's search."
_NEAR_ITS_STORY = (
    "Found through TMDB's search; not in this catalogue, so titles near its story are searched for."
)
_NO_TITLE_HERE = "Found through TMDB's search; no title of this catalogue is known to be theirs."


@dataclass(frozen=True, slots=True)
class _Span:
    """What the words [start, stop) may name; `sign` is where the words that lead to it begin."""

    unknown: UnknownName
    sign: int
    start: int
    stop: int


def find_unknown_names(reading: Reading) -> None:
    """Takes the names that have a link, and lists all others as unknown."""
    places = _quoted(reading), _after_seed_signs(reading), _after_role_signs(reading)
    spans = [span for found in places for span in found]
    listed_first: dict[UnknownName, None] = {}
    for span in spans:
        entity = reading.links.get(span.unknown)
        if entity is None:
            listed_first[span.unknown] = None
        elif reading.is_free(span.start, span.stop):
            _take(reading, span, entity)
    reading.unknown_names.extend(listed_first)


def _quoted(reading: Reading) -> Iterator[_Span]:
    words = reading.words
    for start, stop in quoted(words):
        is_name = stop - start <= _LONGEST_TITLE and not _is_plain(reading, start, stop)
        if is_name and reading.is_free(start, stop) and not reading.story[start]:
            yield from _titles(reading, start, start, stop, is_sure=True)


def _after_seed_signs(reading: Reading) -> Iterator[_Span]:
    words = reading.words
    place = 0
    while place < len(words):
        sign = place
        start, says_title = seed_sign_at(reading, place)
        place = max(start, place + 1)
        if start == sign or reading.story[sign] or not reading.is_free(sign, start):
            continue
        may_be_small = says_title or _is_likened(reading, sign)
        while start < len(words):
            first = _behind_article_and_medium(reading, start)
            is_sure = words.word(first) != "" and _is_written_as_name(reading, first)
            capitalised = _capitalised(reading, first) if is_sure else first
            stops = {capitalised}
            if is_sure or may_be_small:  # "El secreto de sus ojos" has its small letters
                stops.add(max(_in_small_letters(reading, first), capitalised))
            stops = {stop for stop in stops if not _is_plain(reading, first, stop)}
            for stop in sorted(stops, reverse=True):
                yield from _titles(reading, sign, first, stop, is_sure=is_sure)
            place = start = max(stops, default=place)
            if not stops or not is_sure or "," not in words.gap(start):
                break


def _after_role_signs(reading: Reading) -> Iterator[_Span]:
    words, people = reading.words, reading.lexicon.people
    joints = reading.lexicon.connectors.joints
    place = 0
    while place < len(words):
        sign = place
        start = phrase_at(words, place, people.signs)
        place = max(start, place + 1)
        if start == sign:
            continue
        trigger = words.phrase(sign, start)
        known = {finding.start: finding.stop for finding in reading.found("person")}
        if not reading.is_free(sign, start) and start not in known:
            continue
        while (stop := known.get(start) or _person(reading, start, trigger)) > start:
            if start not in known:
                unknown = UnknownName(
                    "person",
                    words.written(start, stop),
                    is_sure=trigger in people.sure_signs,
                    roles=frozenset(people.roles[trigger]),
                )
                yield _Span(unknown, sign, start, stop)
            place = stop
            if words.word(stop) in joints:
                start = stop + 1
            elif "," in words.gap(stop):
                start = stop
            else:
                break


def _titles(
    reading: Reading, sign: int, start: int, stop: int, *, is_sure: bool
) -> Iterator[_Span]:
    """What [start, stop) may name: all of it, all but a year, or the parts that "and" joins."""
    words, connectors = reading.words, reading.lexicon.connectors
    media = media_beside(reading, start, stop)
    whole = UnknownName("title", words.written(start, stop), is_sure, media_type=media)
    end, year = _year_at(reading, stop)
    if year is not None:
        yield _Span(replace(whole, year=year), sign, start, end)
        return
    _, inside = _year_at(reading, stop - 1)
    if inside is None or "(" not in words.gap(stop - 1):
        yield _Span(whole, sign, start, stop)
    if inside is not None and stop - start > 1:
        name = words.written(start, stop - 1)
        yield _Span(replace(whole, name=name, year=inside), sign, start, stop)
    joints = [p for p in range(start + 1, stop - 1) if words.word(p) in connectors.joints]
    edges = [start - 1, *joints, stop]
    if joints:
        for before, behind in pairwise(edges):
            if behind > before + 1:
                name = words.written(before + 1, behind)
                yield _Span(replace(whole, name=name), sign, before + 1, behind)


def _year_at(reading: Reading, place: int) -> tuple[int, int | None]:
    """(end, year) of "1995", "(1995)" or "from 1995"; no year that is still to come."""
    words = reading.words
    if words.word(place) in reading.lexicon.titles.before_year:
        place += 1
    end, number = number_at(reading, place)
    is_year = number is not None and 1870 < number <= reading.today.year + 1
    return (end, number) if is_year and reading.is_free(place, end) else (place, None)


def _behind_article_and_medium(reading: Reading, start: int) -> int:
    """ "Like the series Fargo" names Fargo."""
    words, lexicon = reading.words, reading.lexicon
    is_medium = (
        words.word(start) in lexicon.titles.articles
        and words.word(start + 1) in lexicon.terms.media
    )
    return start + 2 if is_medium and not words.gap(start + 2).strip() else start


def _capitalised(reading: Reading, start: int) -> int:
    """The end of the words from `start` on that are written as a title is; `start` for none."""
    words, known = reading.words, reading.lexicon.titles
    joints = reading.lexicon.connectors.joints
    if not _capitals_tell(reading):
        return start
    stop = end = start
    while stop < min(start + _LONGEST_TITLE, len(words)) and not reading.taken[stop]:
        token = words.tokens[stop]
        if stop > start and is_stop(token.gap) and ":" not in token.gap:
            break
        if token.word in known.year_ends and number_at(reading, stop + 1)[1] is not None:
            break
        if token.is_capital or token.word[0].isdigit():
            end = stop + 1
        elif stop == start or not (token.word in known.small_words or token.word in joints):
            break
        stop += 1
    has_capital = any(token.is_capital for token in words.tokens[start:end])
    return end if has_capital else start


def _in_small_letters(reading: Reading, start: int) -> int:
    """The end of words that may be a title though nothing in their writing says so."""
    words, lexicon, known = reading.words, reading.lexicon, reading.lexicon.titles
    first = words.word(start)
    is_empty = first in lexicon.connectors.no_content and first not in known.articles
    if is_empty or first in known.indefinite_articles:
        return start
    stop = start
    while stop < min(start + _LONGEST_TITLE, len(words)) and not reading.taken[stop]:
        word = words.word(stop)
        if word in lexicon.name_ends or word in lexicon.terms.media:
            break
        if phrase_at(words, stop, lexicon.plots.openers) > stop:
            break
        if stop > start and is_stop(words.gap(stop)):
            break
        stop += 1
    return stop


def _is_likened(reading: Reading, place: int) -> bool:
    """Whether "like" at `place` may lead to a name in small letters."""
    lexicon = reading.lexicon
    if reading.words.word(place) not in lexicon.titles.like:
        return False
    before = reading.words.word(place - 1)
    is_beginning = place == 0 or is_stop(reading.words.gap(place))
    return is_beginning or before in lexicon.titles.before_like or before in lexicon.known_words


def _person(reading: Reading, start: int, trigger: str) -> int:
    """The end of a person's name that begins at `start`; `start` for none."""
    words, lexicon, known = reading.words, reading.lexicon, reading.lexicon.people
    first = words.word(start)
    if not first or first in lexicon.plain_words or first.isdigit():
        return start
    capitals_tell = _capitals_tell(reading)
    is_small = not (capitals_tell and words.tokens[start].is_capital)
    if is_small and trigger not in known.small_name_signs:
        return start
    stop = end = start
    while stop < min(start + _LONGEST_NAME, len(words)) and not reading.taken[stop]:
        token = words.tokens[stop]
        if stop > start and is_stop(token.gap) and not _is_initial(reading, stop - 1):
            break
        if is_small and (token.word in lexicon.name_ends or token.word in lexicon.known_words):
            break
        if is_small or token.is_capital:
            end = stop + 1
        elif token.word not in known.particles:
            break
        stop += 1
    # "With Zendaya" may be anything; "starring Zendaya" and "with Ida Lindqvist" are people.
    shortest = 1 if trigger in known.sure_signs and not is_small else 2
    if end - start < shortest or reading.names.services.longest(words.words, start, end)[1]:
        return start
    return end


def _is_written_as_name(reading: Reading, place: int) -> bool:
    return reading.words.tokens[place].is_capital and not reading.words.text.isupper()


def _is_initial(reading: Reading, place: int) -> bool:
    return len(reading.words.word(place)) == 1 and "." in reading.words.gap(place + 1)


def _capitals_tell(reading: Reading) -> bool:
    """Whether some words are written small: in a text all in capitals they say nothing."""
    return any(
        not token.is_capital and not token.word[0].isdigit() for token in reading.words.tokens
    )


def _is_plain(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words say all they say without being a name: "like Horror", "like HBO"."""
    words = reading.words
    if start == stop:
        return True
    is_known = all(
        word in reading.lexicon.plain_words or word.isdigit() for word in words.words[start:stop]
    )
    return is_known or reading.names.services.longest(words.words, start, stop)[0] == stop


def _take(reading: Reading, span: _Span, entity: EntityAtTmdb) -> None:
    if isinstance(entity, TitleAtTmdb):
        row = None if entity.id is None else reading.names.titles.row_of(entity.id)
        value = entity if row is None else row
        label = entity.label if row is None else reading.names.titles.labels[row]
        remark = _NEAR_ITS_STORY if row is None else _LINKED
        reading.take(
            Finding("seed", value, label, span.start, span.stop, can_be_negated=True, remark=remark)
        )
    elif entity.id is not None or span.unknown.is_sure:
        _take_person(reading, span, entity)


def _take_person(reading: Reading, span: _Span, person: PersonAtTmdb) -> None:
    people = reading.names.people
    row = None if person.id is None else people.row_of(person.id)
    roles = span.unknown.roles
    if row is not None and not people.have_role((row,), roles):
        roles = frozenset()
    part = Part(frozenset() if person.id is None else frozenset({person.id}), roles)
    remark = _NO_TITLE_HERE if row is None else _LINKED
    finding = Finding(
        "person", part, person.name, span.start, span.stop, can_be_negated=True, remark=remark
    )
    reading.take(finding)
    for place in range(
        span.sign, phrase_at(reading.words, span.sign, reading.lexicon.people.signs)
    ):
        reading.taken[place] = True
    if reading.words.word(span.start - 1) in reading.lexicon.connectors.or_words:
        for before in reading.found("person"):
            if before.stop == span.start - 1:
                join(before, finding)
