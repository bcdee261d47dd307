"""Texts that are a name: "Quentin Tarantino", "pixar", "james bond", "hercule poirot"; and
companies in longer ones: "pixar movies", "horror by A24"."""

from api.language.group_names import Group
from api.language.lexicon import ROLES
from api.language.people import note_person
from api.language.reading import Finding, Reading

_FEWEST_TITLES = 3  # of a group that a whole text may mean
_KNOWN_COMPANY = 10  # titles of one that a longer text may mean
_KNOWN_PERSON = 6.0  # standing from which a person comes before a title that few know
_LONGEST = 5  # words


def find_groups(reading: Reading) -> None:
    """Notes what the whole text names, else companies, and takes their words."""
    if not _whole(reading):
        for place in range(len(reading.words)):
            _company_at(reading, place)


def _whole(reading: Reading) -> bool:
    """The text, but for words that ask before it and a medium behind it."""
    words, lexicon = reading.words, reading.lexicon
    start, stop = 0, len(words)
    while words.word(start) in lexicon.titles.asking:
        start += 1
    while stop > start and words.word(stop - 1) in lexicon.terms.media:
        stop -= 1
    if not 0 < stop - start <= 2 * _LONGEST or _is_common(reading, start, stop):
        return False
    name = words.phrase(start, stop)
    if stop == len(words) and (rows := reading.names.titles.called(name)):
        title = reading.names.titles.best(rows)
        if reading.names.titles.is_known(title):
            return False
    if found := _group(reading, name):
        _note(reading, found, start, stop)
    elif stop == len(words) and " " in name and _is_known_person(reading, name):
        note_person(reading, reading.names.people.named(name), (), start, stop)
    elif found := reading.names.groups.named("character", name):
        _note(reading, found, start, stop)
    else:
        return False
    reading.taken[:start] = [True] * start
    return True


def _group(reading: Reading, name: str) -> Group | None:
    """The franchise or, where no service has its name, the company of this name."""
    groups = reading.names.groups
    found = groups.named("franchise", name)
    if found is None and not _is_service(reading, name):
        found = groups.named("company", name)
    return found if found is not None and found.standing >= _FEWEST_TITLES else None


def _company_at(reading: Reading, start: int) -> None:
    words, lexicon = reading.words, reading.lexicon
    for stop in range(min(start + _LONGEST, len(words)), start, -1):
        if not reading.is_free(start, stop) or any(reading.story[start:stop]):
            continue
        is_asked = lexicon.people.roles.get(words.word(start - 1)) == ROLES["maker"]
        if not (is_asked or words.word(stop) in lexicon.known_words):
            continue
        name = words.phrase(start, stop)
        if _is_common(reading, start, stop) or _is_service(reading, name):
            continue
        found = reading.names.groups.named("company", name)
        if found is not None and found.standing >= _KNOWN_COMPANY:
            _note(reading, found, start, stop)
            if is_asked:
                reading.taken[start - 1] = True
            return


def _note(reading: Reading, group: Group, start: int, stop: int) -> None:
    can_be_negated = group.kind == "company"
    reading.take(Finding(group.kind, group, group.label, start, stop, can_be_negated))


def _is_common(reading: Reading, start: int, stop: int) -> bool:
    return reading.lexicon.plain_words.issuperset(reading.words.words[start:stop])


def _is_service(reading: Reading, name: str) -> bool:
    words = name.split(" ")
    return reading.names.services.longest(words, 0, len(words))[0] == len(words)


def _is_known_person(reading: Reading, name: str) -> bool:
    people = reading.names.people
    return people.standing(people.named(name)) >= _KNOWN_PERSON
