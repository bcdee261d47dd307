"""Texts that are a name: "Quentin Tarantino", "pixar", "james bond", "hercule poirot"; and
companies in longer ones: "pixar movies", "horror by A24"."""

from collections.abc import Collection

from api.catalogue.names.group_names import Group
from api.language.parts.people import note_person
from api.language.parts.services import is_unmistakable
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import ROLES

_FEWEST_TITLES = 3  # of a group that a whole text may mean
_KNOWN_COMPANY = 10  # titles of one that a longer text may mean
# Titles of a company whose short name may be an ordinary word: "mythology", "epic films".
_FAMOUS_ALONE, _FAMOUS_WITHIN = 20, 50
_KNOWN_PERSON = 6.0  # standing from which a person comes before a title that few know
_LONGEST = 5  # words
_BEFORE_SERIES = 2  # words such as "of the" between "films" and what the series is called
_SHORT_TEXT = 20  # words of one that asks for a franchise in passing


def find_groups(reading: Reading) -> None:
    """Notes what the whole text names, else companies, and takes their words."""
    if not _whole(reading):
        kinds = {place for place in range(1, len(reading.words)) if _begins_a_kind(reading, place)}
        for place in range(len(reading.words)):
            _company_at(reading, place, kinds)
            _franchise_at(reading, place)


def _whole(reading: Reading) -> bool:
    """The text, but for words that ask before it and a medium behind it."""
    words, lexicon = reading.words, reading.lexicon
    start, stop = 0, len(words)
    while words.word(start) in lexicon.titles.asking:
        start += 1
    while stop > start and (before := _before_end_of_name(reading, stop)) < stop:
        stop = before
    called = stop + (words.word(stop) in lexicon.titles.series)
    if not 0 < stop - start <= 2 * _LONGEST or _is_common(reading, start, stop):
        return False
    name = words.phrase(start, stop)
    if stop == len(words) and (rows := reading.names.titles.called(name)):
        title = reading.names.titles.best(rows)
        if reading.names.titles.is_known(title):
            return False
    is_series = stop < len(words) and not reading.is_a_topic(start, stop)
    if found := _group(reading, name, is_series=is_series):
        _note(reading, found, start, called)
    elif stop == len(words) and " " in name and _is_known_person(reading, name):
        note_person(reading, reading.names.people.named(name), (), start, stop)
    elif found := reading.names.groups.named("character", name):
        _note(reading, found, start, stop)
    else:
        return False
    reading.taken[:start] = [True] * start
    return True


def _before_end_of_name(reading: Reading, stop: int) -> int:
    """Where "movies" or "in order" begin that end at `stop`; `stop` for none."""
    words, lexicon = reading.words, reading.lexicon
    if words.word(stop - 1) in lexicon.terms.media or words.word(stop - 1) in lexicon.titles.series:
        return stop - 1
    behind = lexicon.titles.behind_series
    return next(
        (at for at in range(max(stop - 3, 1), stop) if words.phrase(at, stop) in behind), stop
    )


def _group(reading: Reading, name: str, *, is_series: bool) -> Group | None:
    """The franchise or, where it is surely no service and no person, the company of this name.

    What is no topic may be what the titles of a series begin with: "the dark knight trilogy".
    """
    groups = reading.names.groups
    franchise = groups.franchise_of(name) if is_series else groups.named("franchise", name)
    found = franchise or _company(reading, name)
    if found is None:
        return None
    is_short = found.kind == "company" and _is_short(found, name)
    return found if found.standing >= (_FAMOUS_ALONE if is_short else _FEWEST_TITLES) else None


def _company(reading: Reading, name: str) -> Group | None:
    found = reading.names.groups.named("company", name)
    if found is None or _is_service(reading, name):
        return None
    return None if _is_a_persons(reading, found, name) else found


def _is_a_persons(reading: Reading, company: Group, name: str) -> bool:
    """ "Stanley Kubrick" made films before Stanley Kubrick Productions did."""
    return not company.own_standing and bool(reading.names.people.named(name))


def company_refused(reading: Reading, start: int, stop: int) -> bool:
    """Notes the company [start, stop) that is refused, a service of the same name or not."""
    name = reading.words.phrase(start, stop)
    found = reading.names.groups.named("company", name)
    if found is None or _is_a_persons(reading, found, name):
        return False
    fewest = _FAMOUS_ALONE if _is_short(found, name) else _FEWEST_TITLES
    if found.standing < fewest:
        return False
    _note(reading, found, start, stop)
    return True


def _franchise_at(reading: Reading, start: int) -> None:
    """ "A star wars movie", "the dark knight trilogy", "la saga de harry potter": beside a medium
    or the like, where nobody tells what they have seen or like."""
    words, lexicon = reading.words, reading.lexicon
    if len(words) > _SHORT_TEXT or reading.story[start]:
        return
    leading = _leads_to_series(reading, start)
    for stop in range(min(start + _LONGEST, len(words)), start, -1):
        is_called = words.word(stop) in lexicon.titles.series
        is_followed = is_called or words.word(stop) in lexicon.terms.media
        if not (is_followed or leading < start) or not reading.is_free(start, stop):
            continue
        if _may_be_a_word(reading, start, stop, is_led=leading < start):
            continue
        found = reading.names.groups.franchise_of(words.written(start, stop))
        if found is not None and found.standing >= _FEWEST_TITLES and not _tells(reading):
            is_led = words.word(leading) in lexicon.titles.series
            _note(reading, found, leading if is_led else start, stop + is_called)
            return


def _leads_to_series(reading: Reading, start: int) -> int:
    """Where "films of", "la saga" or "la trilogía del" begin that end at a place; the place for
    none."""
    words, titles = reading.words, reading.lexicon.titles
    place = start
    while place > max(start - _BEFORE_SERIES, 0) and words.word(place - 1) in titles.of_series:
        place -= 1
    before = words.word(place - 1)
    is_led = before in titles.series
    is_led |= before in reading.lexicon.terms.media
    return place - 1 if place > 0 and is_led else start


def _may_be_a_word(reading: Reading, start: int, stop: int, *, is_led: bool) -> bool:
    """Whether the words need not be a name: "a good alien movie", "películas de perros"."""
    words = reading.words
    if reading.lexicon.plain_words.issuperset(words.words[start:stop]):
        return True
    is_beside_medium = words.word(start - 1) in reading.lexicon.terms.media
    is_led &= not is_beside_medium  # "film rocky": rocky films as well
    return stop - start == 1 and (not is_led or reading.names.topics.has(words.word(start)))


def _tells(reading: Reading) -> bool:
    words, memories = reading.words, reading.lexicon.plots.memories
    signs = reading.lexicon.titles.weak_seed_signs
    return any(
        phrase_at(words, place, memories) > place or words.word(place) in signs
        for place in range(len(words))
    )


def _company_at(reading: Reading, start: int, kinds: Collection[int]) -> None:
    """Before a medium, a genre, praise or a topic, which stand at `kinds`, or behind "by"."""
    words = reading.words
    is_by = reading.lexicon.people.roles.get(words.word(start - 1)) == ROLES["maker"]
    for stop in range(min(start + _LONGEST, len(words)), start, -1):
        if not (is_by or stop in kinds) or not reading.is_free(start, stop):
            continue
        if any(reading.story[start:stop]) or _is_common(reading, start, stop):
            continue
        found = _company(reading, words.phrase(start, stop))
        if found is not None and _is_meant(reading, found, start, stop, is_by=is_by):
            _note(reading, found, start, stop)
            reading.taken[start - is_by] = True
            return


def _begins_a_kind(reading: Reading, place: int) -> bool:
    words, terms = reading.words, reading.lexicon.terms
    word = words.word(place)
    if is_stop(words.gap(place)):
        return False
    is_term = word in terms.meanings or word in terms.renown
    return is_term or reading.names.topics.has(word)


def _is_meant(reading: Reading, found: Group, start: int, stop: int, *, is_by: bool) -> bool:
    """Whether the words [start, stop) within a text are the company that they could be."""
    words, name = reading.words, reading.words.phrase(start, stop)
    following = words.word(stop)
    is_cut = is_by and stop < len(words) and words.tokens[stop].is_capital
    if is_cut and not is_stop(words.gap(stop)):
        return False  # "by Gracie Abrams"
    if found.own_standing >= _KNOWN_COMPANY:
        return True
    if not is_by and following not in reading.lexicon.terms.media:
        # "Disney classics" and "disney princess films", but not "live action".
        return found.standing >= _FAMOUS_WITHIN and _is_of_a_kind(reading, start, stop)
    if not _is_short(found, name):
        return found.standing >= _KNOWN_COMPANY
    # A "dimension movie" is of a kind; "marvel movies" are several of one maker.
    return found.standing >= _FAMOUS_WITHIN and (is_by or following.endswith("s"))


def _is_of_a_kind(reading: Reading, start: int, stop: int) -> bool:
    """Whether a word that is no topic itself stands before one, or before praise."""
    words, topics = reading.words, reading.names.topics
    following = words.word(stop)
    is_kind = following in reading.lexicon.terms.renown or topics.has(following)
    return is_kind and not topics.has(words.phrase(start, stop))


def _is_short(company: Group, name: str) -> bool:
    """Whether it is one word of a longer name."""
    return " " not in name and company.own_standing < _FEWEST_TITLES


def _note(reading: Reading, group: Group, start: int, stop: int) -> None:
    can_be_negated = group.kind != "character"
    reading.take(Finding(group.kind, group, group.label, start, stop, can_be_negated))


def _is_common(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words are no name, or none by themselves: "5 films"."""
    named = reading.words.words[start:stop]
    return named[0].isdigit() or reading.lexicon.plain_words.issuperset(named)


def _is_service(reading: Reading, name: str) -> bool:
    words = name.split(" ")
    is_one = reading.names.services.longest(words, 0, len(words))[0] == len(words)
    return is_one and is_unmistakable(name)


def _is_known_person(reading: Reading, name: str) -> bool:
    people = reading.names.people
    return people.standing(people.named(name)) >= _KNOWN_PERSON
