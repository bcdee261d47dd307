"""People named in a text, with the part they are to have."""

from api.language.intent import Part
from api.language.lexicon import ROLES
from api.language.reading import Finding, Reading, is_stop, phrase_at

_MAKERS = ROLES["maker"]
_KNOWN = 6.0  # standing from which a last name says who is meant
_HAS_WORKED = 2.0  # standing from which a name without any sign is taken for a person's


def find_people(reading: Reading) -> None:
    """Notes people and takes their words; "with A and B" wants both, "A or B" one of them."""
    signs = reading.lexicon.people.signs
    place = 0
    while place < len(reading.words):
        stop = phrase_at(reading.words, place, signs)
        if stop > place and reading.is_free(place, stop):
            end = _listed(reading, place, stop)
            place = end if end > stop else place + 1
        else:
            place += 1
    _without_a_sign(reading)


def _listed(reading: Reading, place: int, start: int) -> int:
    """Takes the names from `start` on, that the words [place, start) lead to; the end of them."""
    words, connectors = reading.words, reading.lexicon.connectors
    trigger = words.phrase(place, start)
    roles = reading.lexicon.people.roles[trigger]
    end, rows = _person_at(reading, start, trigger)
    if not rows:
        return start
    for taken in range(place, start):
        reading.taken[taken] = True
    note_person(reading, rows, roles, start, end)
    while True:
        joint = words.word(end)
        following = end + 1 if joint in connectors.joints else end
        if following == end and "," not in words.gap(end):
            return end
        stop, rows = _person_at(reading, following, trigger)
        if not rows:
            return end
        note_person(reading, rows, roles, following, stop)
        if joint in connectors.or_words:
            join(*reading.findings[-2:])
        end = stop


def _person_at(reading: Reading, start: int, trigger: str) -> tuple[int, tuple[int, ...]]:
    words, people, lexicon = reading.words, reading.names.people, reading.lexicon
    if start >= len(words) or reading.taken[start]:
        return start, ()
    limit = start
    while limit < len(words) and not reading.taken[limit]:
        if limit > start and is_stop(words.gap(limit)) and "." not in words.gap(limit):
            break
        limit += 1
    end, rows = people.longest(words.words, start, limit)
    if rows:
        return end, rows
    if words.word(start) in lexicon.plain_words or words.word(start).isdigit():
        return start, ()
    if rows := _by_last_name(reading, start, trigger):
        return start + 1, rows
    return _mistyped(reading, start, limit, trigger)


def _by_last_name(reading: Reading, start: int, trigger: str) -> tuple[int, ...]:
    """Who is meant by one name, behind words that a last name will do for."""
    known, people = reading.lexicon.people, reading.names.people
    word, is_capital = reading.words.word(start), reading.words.tokens[start].is_capital
    if trigger not in known.before_last_names:
        return ()
    may_be_small = trigger not in known.last_name_signs
    if (is_capital or may_be_small) and (rows := people.last_name(word, standing=_KNOWN)):
        return rows
    return people.named(word) if is_capital else ()


def _mistyped(
    reading: Reading, start: int, limit: int, trigger: str
) -> tuple[int, tuple[int, ...]]:
    """A name of two or three words that is nearly written."""
    words, known = reading.words, reading.lexicon.people
    if trigger in known.sure_signs or words.tokens[start].is_capital:
        for stop in (start + 3, start + 2):
            if stop <= limit and (rows := reading.names.people.near(words.phrase(start, stop))):
                return stop, rows
    return start, ()


def note_person(
    reading: Reading, rows: tuple[int, ...], roles: tuple[str, ...], start: int, stop: int
) -> None:
    """Notes everybody in the rows as one part in these roles, and takes the words."""
    people = reading.names.people
    wanted = roles if people.have_role(rows, roles) else ()
    part = Part(frozenset(people.ids[row] for row in rows), frozenset(wanted))
    label = people.labels[people.best(rows)]
    reading.take(Finding("person", part, label, start, stop, can_be_negated=True))


def join(one: Finding, other: Finding) -> None:
    """ "A or B" is one part for either."""
    if isinstance(one.value, Part) and isinstance(other.value, Part):
        roles = one.value.roles | other.value.roles
        if not (one.value.roles and other.value.roles):
            roles = frozenset()
        either = Part(one.value.people | other.value.people, roles)
        one.value = other.value = either


def _without_a_sign(reading: Reading) -> None:
    """ "Tom Hanks comedies", "Tarantino films": whole names, or a last name beside a filter."""
    words, people, lexicon = reading.words, reading.names.people, reading.lexicon
    possessives = lexicon.people.possessives
    for place, token in enumerate(words.tokens):
        if reading.taken[place] or reading.story[place]:
            continue
        end, rows = people.longest(words.words, place, len(words))
        if rows and reading.is_free(place, end) and people.standing(rows) >= _HAS_WORKED:
            if not lexicon.plain_words.issuperset(words.words[place:end]):
                note_person(reading, rows, (), place, end)
            continue
        following = words.word(place + 1)
        if token.is_capital and (following in lexicon.known_words or following in possessives):
            if token.word in lexicon.plain_words:
                continue
            if rows := people.last_name(token.word, standing=2 * _KNOWN):
                stop = place + 2 if following in possessives else place + 1
                note_person(reading, rows, _MAKERS, place, stop)
