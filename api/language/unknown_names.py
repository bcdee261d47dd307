"""Names that the catalogue does not have, where the words around them say what they name.

They stay part of the free text unless somebody who knows more names, TMDB's search, has told what
they are: then a second reading of the text is given these links and takes the words. What may be a
name without a sign for it ("La Haine" alone, or after "watched" in small letters) is left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from api.language.entities import EntityAtTmdb, PersonAtTmdb, TitleAtTmdb, UnknownName
from api.language.intent import Part
from api.language.names import articles
from api.language.numbers import number_at
from api.language.people import ROLES, SURE_SIGNS, join
from api.language.reading import Finding, Reading, is_stop, phrase_at
from api.language.titles import NAME_ENDS, SMALL_WORDS, media_beside, quoted, seed_sign_at
from api.language.vocabulary.all_senses import KNOWN_WORDS
from api.language.vocabulary.connectors import AND, EMPTY_WORDS, OR, STORIES
from api.language.vocabulary.listed import listed
from api.language.vocabulary.media import MEDIA_SENSES

_LONGEST_TITLE = 8  # words
_LONGEST_NAME = 4
# What is not there in small letters: "by" leads to all sorts of things.
_NAMES_IN_SMALL_LETTERS = SURE_SIGNS - {"by", "von"}
_PARTICLES = frozenset(listed("de, da, di, del, della, van, von, der, den, la, le, el, al, bin"))
# Before "like" in small letters: "something like la haine", but not "I feel like crying".
_LIKENED = frozenset(
    listed(
        "something, anything, nothing, stuff, one, ones, more, just, exactly, not, bit, lot, kind"
    )
)
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
    """Takes names that are linked, and lists all the others as unknown."""
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
        start, says_title = seed_sign_at(words, place)
        place = max(start, place + 1)
        if start == sign or reading.story[sign] or not reading.is_free(sign, start):
            continue
        may_be_small = says_title or (words.word(sign) == "like" and _is_likened(reading, sign))
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
    words = reading.words
    place = 0
    while place < len(words):
        sign = place
        start = phrase_at(words, place, ROLES)
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
                    is_sure=trigger in SURE_SIGNS,
                    roles=frozenset(ROLES[trigger]),
                )
                yield _Span(unknown, sign, start, stop)
            place = stop
            if words.word(stop) in AND | OR:
                start = stop + 1
            elif "," in words.gap(stop):
                start = stop
            else:
                break


def _titles(
    reading: Reading, sign: int, start: int, stop: int, *, is_sure: bool
) -> Iterator[_Span]:
    """What [start, stop) may name: all of it, all but a year, or the parts that "and" joins."""
    words = reading.words
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
    joints = [place for place in range(start + 1, stop - 1) if words.word(place) in AND | OR]
    edges = [start - 1, *joints, stop]
    if joints:
        for before, behind in pairwise(edges):
            if behind > before + 1:
                name = words.written(before + 1, behind)
                yield _Span(replace(whole, name=name), sign, before + 1, behind)


def _year_at(reading: Reading, place: int) -> tuple[int, int | None]:
    """(end, year) of "1995", "(1995)" or "from 1995"; no year that is still to come."""
    words = reading.words
    if words.word(place) in ("from", "of"):
        place += 1
    end, number = number_at(words, place)
    is_year = number is not None and 1870 < number <= reading.today.year + 1
    return (end, number) if is_year and reading.is_free(place, end) else (place, None)


def _behind_article_and_medium(reading: Reading, start: int) -> int:
    """ "Like the series Fargo" names Fargo."""
    words = reading.words
    is_medium = words.word(start) in articles() and words.word(start + 1) in MEDIA_SENSES
    return start + 2 if is_medium and not words.gap(start + 2).strip() else start


def _capitalised(reading: Reading, start: int) -> int:
    """The end of the words from `start` on that are written as a title is; `start` for none."""
    words = reading.words
    if not _capitals_tell(reading):
        return start
    stop = end = start
    while stop < min(start + _LONGEST_TITLE, len(words)) and not reading.taken[stop]:
        token = words.tokens[stop]
        if stop > start and is_stop(token.gap) and ":" not in token.gap:
            break
        if token.word == "from" and number_at(words, stop + 1)[1] is not None:
            break
        if token.is_capital or token.word[0].isdigit():
            end = stop + 1
        elif stop == start or (token.word not in SMALL_WORDS and token.word not in AND | OR):
            break
        stop += 1
    has_capital = any(token.is_capital for token in words.tokens[start:end])
    return end if has_capital else start


def _in_small_letters(reading: Reading, start: int) -> int:
    """The end of words that may be a title though nothing in their writing says so."""
    words = reading.words
    first = words.word(start)
    if first in ("a", "an") or (first in EMPTY_WORDS and first not in articles()):
        return start
    stop = start
    while stop < min(start + _LONGEST_TITLE, len(words)) and not reading.taken[stop]:
        word = words.word(stop)
        if word in NAME_ENDS or word in MEDIA_SENSES or phrase_at(words, stop, STORIES) > stop:
            break
        if stop > start and is_stop(words.gap(stop)):
            break
        stop += 1
    return stop


def _is_likened(reading: Reading, place: int) -> bool:
    before = reading.words.word(place - 1)
    is_beginning = place == 0 or is_stop(reading.words.gap(place))
    return is_beginning or before in _LIKENED or before in KNOWN_WORDS


def _person(reading: Reading, start: int, trigger: str) -> int:
    """The end of a person's name that begins at `start`; `start` for none."""
    words = reading.words
    first = words.word(start)
    if not first or first in KNOWN_WORDS or first in EMPTY_WORDS or first.isdigit():
        return start
    capitals_tell = _capitals_tell(reading)
    is_small = not (capitals_tell and words.tokens[start].is_capital)
    if is_small and trigger not in _NAMES_IN_SMALL_LETTERS:
        return start
    stop = end = start
    while stop < min(start + _LONGEST_NAME, len(words)) and not reading.taken[stop]:
        token = words.tokens[stop]
        if stop > start and is_stop(token.gap) and not _is_initial(reading, stop - 1):
            break
        if is_small and (token.word in NAME_ENDS or token.word in KNOWN_WORDS):
            break
        if is_small or token.is_capital:
            end = stop + 1
        elif token.word not in _PARTICLES:
            break
        stop += 1
    # "With Zendaya" may be anything; "starring Zendaya" and "with Ida Lindqvist" are people.
    shortest = 1 if trigger in SURE_SIGNS and not is_small else 2
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
        word in KNOWN_WORDS or word in EMPTY_WORDS or word.isdigit()
        for word in words.words[start:stop]
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
    for place in range(span.sign, phrase_at(reading.words, span.sign, ROLES)):
        reading.taken[place] = True
    if reading.words.word(span.start - 1) in OR:
        for before in reading.found("person"):
            if before.stop == span.start - 1:
                join(before, finding)
