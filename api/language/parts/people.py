"""People named in a text, with the part they are to have."""

from collections.abc import Callable

from rapidfuzz.distance import OSA

from api.catalogue.names.person_names import OUTSTANDING
from api.domain.folding import fold
from api.language.intent import Part
from api.language.parts.longer_names import capitals_tell
from api.language.parts.makers_before_kinds import maker_before_a_kind
from api.language.reading.reading import Finding, Reading, is_stop, negation_at, phrase_at
from api.language.vocabulary.lexicon import ROLES

_MAKERS = ROLES["maker"]
_KNOWN = 6.0  # standing from which a last name says who is meant
_FAMOUS = 2 * _KNOWN  # from which a last name alone does without a sign
_WELL_KNOWN = 24.0  # from which the last name of somebody who plays does alone
_SHORTEST = 3  # letters of a first name
_LONG = 5  # letters of a word that may be a mistyped name
_SHORT_TEXT = 12  # words
_LONGEST_SIGN, _MOST_BETWEEN = 4, 5  # words
_MOST_SLIPS = 2  # letters
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
    for finding in reading.found("person"):
        if (start := _comparison_before(reading, finding.start)) < finding.start:
            finding.is_likened = True
            reading.taken[start : finding.start] = [True] * (finding.start - start)


def _comparison_before(reading: Reading, place: int) -> int:
    """Where "in the style of" or "feels like something done by" begins that leads to a name at
    `place`; `place` for none, as in "I like films by"."""
    words, lexicon = reading.words, reading.lexicon
    signs = (start for start in range(max(place - _LONGEST_SIGN, 0), place))
    by = next((at for at in signs if phrase_at(words, at, lexicon.people.signs) == place), place)
    farthest = max((by - _MOST_BETWEEN if by < place else place - _LONGEST_SIGN), 0)
    for start in range(place - 1, farthest - 1, -1):
        end = phrase_at(words, start, lexicon.titles.comparing)
        is_behind = end == place or (by < place and start < end <= by)
        if end > start and is_behind and not _is_within_a_liking(reading, start):
            names_a_title = any(start < one.stop <= place for one in reading.found("seed"))
            is_felt = words.word(start - 1) in lexicon.titles.before_likening
            if is_felt and words.word(start - 2) in lexicon.titles.asking:
                return place  # "I feel like something with Tom Hanks"
            return place if names_a_title else start - is_felt
        if is_stop(words.gap(start)):
            return place
    return place


def _is_within_a_liking(reading: Reading, place: int) -> bool:
    """ "I like", "I would like"."""
    likings = reading.lexicon.plots.likings
    starts = range(max(place - _LONGEST_SIGN, 0), place)
    return any(phrase_at(reading.words, start, likings) > place for start in starts)


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
    # "Movies like The Game with Michael Douglas" may say no more than which one is meant.
    is_unsure = trigger in reading.lexicon.people.unsure_signs
    tells_of_a_seed = is_unsure and any(
        one.stop == place and not one.is_negated and not is_stop(words.gap(place))
        for one in reading.found("seed")
    )
    is_loose = trigger in reading.lexicon.people.loose_signs and roles == _MAKERS
    if is_loose and _only_plays(reading, rows):
        roles = ()
    note_person(reading, rows, roles, start, end)
    is_shared = end == start + 1 and reading.names.people.is_shared(words.word(start))
    reading.findings[-1].is_vague = tells_of_a_seed or is_shared
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
    """(end, rows) of whoever is named behind the words that lead to a name; no rows for nobody."""
    words, lexicon = reading.words, reading.lexicon
    if start >= len(words) or reading.taken[start]:
        return start, ()
    limit = _limit_of_name(reading, start)
    end, rows = reading.names.people.longest(words.words, start, limit)
    if not rows:
        end, rows = _nickname_at(reading, start)
    if rows:
        return end, rows
    if words.word(start) in lexicon.plain_words or words.word(start).isdigit():
        return start, ()
    end, rows = _by_one_name(reading, start, trigger)
    return (end, rows) if rows else _mistyped(reading, start, limit, trigger)


def _limit_of_name(reading: Reading, start: int) -> int:
    """Where the words end that a name which begins at `start` may have; dots belong to many."""
    words, limit = reading.words, start
    while limit < len(words) and not reading.taken[limit]:
        if limit > start and is_stop(words.gap(limit)) and "." not in words.gap(limit):
            break
        limit += 1
    return limit


def _by_one_name(reading: Reading, start: int, trigger: str) -> tuple[int, tuple[int, ...]]:
    """(end, rows) of whoever is meant by a last, a short or a first name."""
    if rows := _by_short_name(reading, start):
        return start + 2, rows
    if _goes_on_in_capitals(reading, start + 1) or _is_told_in_passing(reading, start, trigger):
        return start, ()
    if rows := _by_last_name(reading, start, trigger):
        return start + 1, rows
    may_be_alone = trigger in reading.lexicon.people.before_last_names
    if may_be_alone and not _is_ordinary(reading, start) and not _goes_on(reading, start + 1):
        return start + 1, reading.names.people.first_name(reading.words.word(start))
    return start, ()


def _by_last_name(reading: Reading, start: int, trigger: str) -> tuple[int, ...]:
    """Who is meant by one name, behind words that a last name will do for."""
    known, people = reading.lexicon.people, reading.names.people
    word, is_capital = reading.words.word(start), reading.words.tokens[start].is_capital
    if trigger not in known.before_last_names:
        return ()
    may_be_small = trigger not in known.last_name_signs or _is_nobodys_word(reading, start)
    may_be_small &= len(word) >= _SHORTEST  # "killed by se"
    if not is_capital and people.is_given(word) and _is_followed(reading, start + 1):
        return ()  # "by john le carre"
    if not is_capital and _is_ordinary(reading, start) and _goes_on(reading, start + 1):
        return ()  # "by black directors"
    if (is_capital or may_be_small) and (rows := people.last_name(word, standing=_KNOWN)):
        return rows
    # "By Coco": one who has a single name, and is known by it.
    rows = people.named(word) if is_capital else ()
    return () if reading.names.ordinary_words.has(word) else rows


def _nickname_at(reading: Reading, start: int) -> tuple[int, tuple[int, ...]]:
    """Who is meant by "the rock" and "jlo"."""
    known = reading.lexicon.people
    stop = phrase_at(reading.words, start, known.nickname_phrases)
    if stop == start or not reading.is_free(start, stop):
        return start, ()
    rows = reading.names.people.named(known.nicknames[reading.words.phrase(start, stop)])
    return (stop, rows) if rows else (start, ())


def _by_short_name(reading: Reading, start: int) -> tuple[int, ...]:
    """Who is meant by "leo dicaprio": a last name behind the beginning of the first one."""
    words, people = reading.words, reading.names.people
    short = words.word(start)
    if len(short) < _SHORTEST or not reading.is_free(start, start + 2):
        return ()
    rows = people.last_name(words.word(start + 1), standing=_FAMOUS)
    if not rows:
        return ()
    return rows if fold(people.labels[people.best(rows)]).startswith(short) else ()


def _goes_on(reading: Reading, place: int) -> bool:
    """Whether a word stands there that may be a part of the same name."""
    words, lexicon = reading.words, reading.lexicon
    is_end = place >= len(words) or reading.taken[place] or is_stop(words.gap(place))
    word = words.word(place)
    return not (is_end or word in lexicon.name_ends or word in lexicon.plain_words)


def _is_followed(reading: Reading, place: int) -> bool:
    """Whether a word follows that may be of the same name, however small."""
    words, lexicon = reading.words, reading.lexicon
    is_end = place >= len(words) or reading.taken[place] or is_stop(words.gap(place))
    ends = lexicon.name_ends | lexicon.connectors.prepositions | lexicon.known_words
    return not (is_end or words.word(place) in ends)


def _goes_on_in_capitals(reading: Reading, place: int) -> bool:
    """ "By Franz Kafka", "like Baker Street": a name that nobody here has, and not its part."""
    words = reading.words
    is_capital = place < len(words) and words.tokens[place].is_capital and words.gap(place) == " "
    return is_capital and capitals_tell(reading) and _goes_on(reading, place)


def _is_told_in_passing(reading: Reading, start: int, trigger: str) -> bool:
    """ "Eaten by whale", "a castle by day": a word in small letters that stories use, behind
    something else than what makes of titles do."""
    words, sign = reading.words, start - len(trigger.split())
    if words.tokens[start].is_capital or not reading.is_a_word(start):
        return False
    is_said_of_titles = sign == 0 or reading.taken[sign - 1] or _asks(reading, sign - 1)
    return reading.story[sign - 1] or not is_said_of_titles


def _is_ordinary(reading: Reading, place: int) -> bool:
    """Whether the word is one that titles are about, or that requests are made of."""
    return reading.is_a_word(place) or reading.names.topics.has_word(reading.words.word(place))


def _mistyped(
    reading: Reading, start: int, limit: int, trigger: str
) -> tuple[int, tuple[int, ...]]:
    """A name of two or three words that is nearly written."""
    words, known = reading.words, reading.lexicon.people
    if trigger in known.sure_signs or words.tokens[start].is_capital:
        for stop in (start + 3, start + 2):
            if stop > limit or _is_named_right(reading, start, stop):
                continue
            rows = reading.names.people.near(words.phrase(start, stop))
            if reading.names.people.standing(rows) >= _HAS_WORKED:
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
    _last_names_alone(reading)
    for place in range(len(reading.words)):
        if reading.taken[place]:
            continue
        if not reading.story[place]:
            any(notes(reading, place) for notes in _ALONE)
        elif _is_adapted_from(reading, place):
            _whole_name_at(reading, place)


def _is_adapted_from(reading: Reading, place: int) -> bool:
    """Whether "based on" stands right before: whose books they are tells no story, but "Elvis
    Presley's life" does."""
    words, phrases = reading.words, reading.lexicon.people.adaptations_of
    starts = range(max(place - _LONGEST_SIGN, 0), place)
    end, _ = reading.names.people.longest(words.words, place, len(words))
    is_of_theirs = words.word(end) in reading.lexicon.people.possessives
    return not is_of_theirs and any(phrase_at(words, at, phrases) == place for at in starts)


def _whole_name_at(reading: Reading, place: int) -> bool:
    words, people = reading.words, reading.names.people
    end, rows = people.longest(words.words, place, len(words))
    if not rows or not reading.is_free(place, end) or people.standing(rows) < _HAS_WORKED:
        return False
    if _is_an_article(reading, place):
        return False
    if not reading.lexicon.plain_words.issuperset(words.words[place:end]):
        note_person(reading, rows, (), place, end)
        # "Vincent Vega" has made two films, and is in another one.
        reading.findings[-1].is_vague = people.standing(rows) < _KNOWN
    return True


def _is_an_article(reading: Reading, place: int) -> bool:
    """ "A cook" is no A.J. Cook."""
    words = reading.words
    is_small = not (words.tokens[place].is_capital or "." in words.gap(place + 1))
    is_a_letter = len(words.word(place)) == 1
    return is_a_letter and is_small and words.word(place) in reading.lexicon.titles.articles


def _nickname_alone(reading: Reading, place: int) -> bool:
    words = reading.words
    end, rows = _nickname_at(reading, place)
    is_one = bool(rows) and (end == len(words) or words.word(end) in reading.lexicon.known_words)
    if is_one:
        note_person(reading, rows, (), place, end)
    return is_one


def _maker_alone(reading: Reading, place: int) -> bool:
    """ "Reminiscent of hitchcock", "nolan movies"; where the name is a guess, whatever they did:
    "cage movies" are more than what he directed."""
    likened = _likened_to(reading, place)
    rows = likened or _in_small_letters(reading, place)
    if rows:
        is_guess = _is_a_weak_hint(reading, place)
        roles = _MAKERS if likened else () if is_guess else _known_for(reading, rows)
        note_person(reading, rows, roles, place, place + 1)
        reading.findings[-1].is_vague = is_guess
    return bool(rows)


def _maker_of_a_kind(reading: Reading, place: int) -> bool:
    """ "Ford westerns", "kurosawa samurai"."""
    rows = maker_before_a_kind(reading, place)
    if rows:
        words, possessives = reading.words, reading.lexicon.people.possessives
        stop = place + 1 + (words.word(place + 1) in possessives)
        note_person(reading, rows, _known_for(reading, rows), place, stop)
        _name_all(reading, rows)
    return bool(rows)


def _short_name_alone(reading: Reading, place: int) -> bool:
    rows = _by_short_name(reading, place)
    if rows:
        note_person(reading, rows, (), place, place + 2)
    return bool(rows)


def _last_name_beside(reading: Reading, place: int) -> bool:
    """ "Tarantino films", "Tarantino's westerns"."""
    words, token = reading.words, reading.words.tokens[place]
    is_possessive = words.word(place + 1) in reading.lexicon.people.possessives
    if not (token.is_capital and (is_possessive or _is_beside_a_term(reading, place))):
        return False
    if token.word in reading.lexicon.plain_words or _ends_a_certificate(reading, place):
        return False
    if token.word in reading.lexicon.topics.words and not is_possessive:
        return False  # "Welsh series" are none of Kenneth Welsh's
    rows = reading.names.people.last_name(token.word, standing=_FAMOUS)
    is_a_word = reading.names.ordinary_words.has(token.word)
    if not rows or (is_a_word and not _stands_out(reading, place, rows)):
        return False
    start = place
    if _is_a_first_name(reading, place - 1):
        if not _is_first_name_of(reading, place - 1, rows):
            return False  # "Kenny Rogers", whom nobody here knows, is not Mimi
        start = place - 1
    note_person(reading, rows, _known_for(reading, rows), start, place + 1 + is_possessive)
    reading.findings[-1].is_vague = is_a_word or _is_a_weak_hint(reading, place)
    return True


def _is_beside_a_term(reading: Reading, place: int) -> bool:
    """Whether what can be asked for follows: "and" is a word of such phrases, and is none."""
    words, terms = reading.words, reading.lexicon.term_phrases
    return words.gap(place + 1) == " " and phrase_at(words, place + 1, terms) > place + 1


def _stands_out(reading: Reading, place: int, rows: tuple[int, ...]) -> bool:
    """ "Classic Cage films": a word with a capital amid small ones, before films, and the name of
    somebody whom nearly all know."""
    words, meaning = reading.words, reading.lexicon.terms.media.get(reading.words.word(place + 1))
    is_beside_films = meaning is not None and meaning.media == "movie"
    is_amid = place > 0 and words.gap(place) == " " and not words.tokens[place - 1].is_capital
    is_known = reading.names.people.standing(rows) >= OUTSTANDING
    return is_beside_films and is_amid and is_known


def _is_a_first_name(reading: Reading, place: int) -> bool:
    """Whether a free word with a capital stands right before another one, and is none that may
    begin a sentence: "Early Spielberg films"."""
    words = reading.words
    if place < 0 or not words.tokens[place].is_capital or words.gap(place + 1) != " ":
        return False
    return reading.is_free(place, place + 1) and not reading.is_a_word(place)


def _is_first_name_of(reading: Reading, place: int, rows: tuple[int, ...]) -> bool:
    """ "Nicholas Cage": written as somebody's first name is, but for two letters, or shortened."""
    people, word = reading.names.people, reading.words.word(place)
    first = fold(people.labels[people.best(rows)]).partition(" ")[0]
    is_short = len(word) >= _SHORTEST and first.startswith(word)
    return is_short or OSA.distance(word, first) <= _MOST_SLIPS


def _ends_a_certificate(reading: Reading, place: int) -> bool:
    """ "TV-MA shows" are none of Tzi Ma's."""
    words = reading.words
    return words.gap(place) == "-" and words.word(place - 1) in reading.lexicon.terms.media


def _likened_to(reading: Reading, place: int) -> tuple[int, ...]:
    """Who is meant by "reminiscent of hitchcock": a maker whom many know, or nearly all where the
    name is another word."""
    people, word = reading.names.people, reading.words.word(place)
    standing = OUTSTANDING if _is_ordinary(reading, place) else _FAMOUS
    rows = people.last_name(word, standing=standing)
    if people.is_common(word) and people.standing(rows) < OUTSTANDING:
        return ()  # "something like Clark"
    if not rows or reading.is_a_word(place) or reading.names.topics.has(word):
        return ()
    if _goes_on_in_capitals(reading, place + 1):
        return ()
    is_maker = people.have_role(rows, _MAKERS) and _comparison_before(reading, place) < place
    return rows if is_maker else ()


def _in_small_letters(reading: Reading, place: int) -> tuple[int, ...]:
    """Who is meant by "tarantino", "best of depp" or "nolan movies": a last name that is no other
    word; of a word of keywords, such as "jordan" and "hitchcock", one whom nearly all know."""
    words, lexicon = reading.words, reading.lexicon
    people, following = reading.names.people, words.word(place + 1)
    is_beside_a_medium = following in lexicon.terms.media or following in lexicon.terms.genres
    if reading.is_a_word(place) or not (_is_all_that_says(reading, place) or is_beside_a_medium):
        return ()
    if reading.names.topics.has(words.word(place)):
        return ()
    if words.word(place) in lexicon.runtimes.of_length and following in lexicon.terms.media:
        return ()  # "lange Filme" are none of Jessica Lange's
    if place > 0 and words.word(place - 1) not in lexicon.before_names:
        return ()  # "the harry potter films"
    standing = OUTSTANDING if _is_ordinary(reading, place) else _FAMOUS
    rows = people.last_name(words.word(place), standing=standing)
    is_meant = people.have_role(rows, _MAKERS) or _is_one_of_a_kind(
        reading, words.word(place), rows
    )
    return rows if is_meant else ()


def _is_all_that_says(reading: Reading, place: int) -> bool:
    """ "Early spielberg", "hitchcock but not psycho": what stands before asks, and tells no story,
    and nothing more is asked for behind."""
    words, lexicon = reading.words, reading.lexicon
    is_last = place + 1 == len(words) or is_stop(words.gap(place + 1))
    is_last = is_last or words.word(place + 1) in lexicon.connectors.contrasts
    # "Películas de Almodóvar que no sean dramas"
    refused = place + 1 + (words.word(place + 1) in lexicon.connectors.plot_joints)
    is_last = is_last or negation_at(words, lexicon, refused) > refused
    is_story = words.word(place - 1) in lexicon.plots.openers if place else False
    return is_last and not is_story and lexicon.before_names.issuperset(words.words[:place])


def _known_for(reading: Reading, rows: tuple[int, ...]) -> tuple[str, ...]:
    """The roles that a bare last name asks for: of Pacino what he plays, of Nolan what he makes."""
    known = reading.names.people.known_for(rows)
    makes = not known or not set(known).isdisjoint(_MAKERS)
    return (*_MAKERS, *known) if makes else known


def _only_plays(reading: Reading, rows: tuple[int, ...]) -> bool:
    """Whether somebody is known for other things than making titles, so that "von" and "de" before
    the name mean those as well."""
    known = reading.names.people.known_for(rows)
    return bool(known) and set(known).isdisjoint(_MAKERS)


def _is_one_of_a_kind(reading: Reading, last_name: str, rows: tuple[int, ...]) -> bool:
    """ "Depp", and not "williams": somebody well known, and nobody else of that name is."""
    people = reading.names.people
    return people.standing(rows) >= _WELL_KNOWN and not people.is_common(last_name)


def _is_a_weak_hint(reading: Reading, place: int) -> bool:
    """Whether a last name alone may stand for others of that name, or in small letters for what
    keywords mean by it: "jordan movies" lift and do not filter."""
    words = reading.words
    is_shared = reading.names.people.is_shared(words.word(place))
    return is_shared or (not words.tokens[place].is_capital and _is_ordinary(reading, place))


def _family_at(reading: Reading, place: int) -> bool:
    """Notes "coen brothers" or "the coens", of whom any will do, if they stand here."""
    words, known = reading.words, reading.lexicon.people
    last_name, start, stop = words.word(place), place, place + 2
    if words.word(place + 1) not in known.families:
        is_plural = last_name.endswith("s") and words.word(place - 1) in known.before_families
        # "In the woods": of a plural that is a word of names already nobody's family is meant.
        if not is_plural or reading.names.titles.has_word(last_name):
            return False
        last_name, start, stop = last_name[:-1], place - 1, place + 1
    rows = reading.names.people.family(last_name)
    is_a_word = last_name in reading.lexicon.connectors.no_content or reading.names.topics.has(
        last_name
    )
    if not rows or is_a_word or not reading.is_free(start, stop):
        return False
    # Rene Russo is none of the Russos who direct.
    makers = tuple(row for row in rows if reading.names.people.have_role((row,), _MAKERS))
    kin = makers if len(makers) > 1 else rows
    note_person(reading, kin, _MAKERS if kin is makers else (), start, stop)
    _name_all(reading, kin)
    return True


def _name_all(reading: Reading, rows: tuple[int, ...]) -> None:
    """The chip of those any of whom will do tells all of them."""
    people = reading.names.people
    reading.findings[-1].label = " or ".join(people.labels[row] for row in rows)


def _mistyped_alone(reading: Reading, place: int) -> bool:
    """Notes "arnold schwarzeneger" and "tarentino": a word of no language and no title, which is
    nearly a well known name."""
    words, people = reading.words, reading.names.people
    if len(words) > _SHORT_TEXT:
        return False  # of a long one hardly a word is a name, and each look-up takes its time
    if _last_name_mistyped(reading, place):
        return True
    for stop in (place + 3, place + 2):
        if not reading.is_free(place, stop) or _has_a_stop(reading, place, stop):
            continue
        # "Stephen King adaptations": what is written right is no slip in another name.
        is_a_slip = any(_is_unknown(reading, other) for other in range(place, stop))
        if not is_a_slip or _is_named_right(reading, place, stop):
            continue
        rows = people.near(words.phrase(place, stop))
        if people.standing(rows) < _FAMOUS:
            continue
        best = people.best(rows)
        # "Michael Corleone" has three, and is no Michael Corrente.
        if OSA.distance(words.phrase(place, stop), fold(people.labels[best])) <= _MOST_SLIPS:
            note_person(reading, (best,), (), place, stop)
            return True
    is_beside = _is_beside_a_term(reading, place)
    is_alone = all(other == place or _asks(reading, other) for other in range(len(words)))
    if not (is_alone or is_beside) or not _is_unknown(reading, place):
        return False
    rows = people.last_name_mistyped(words.word(place))
    if people.standing(rows) < _FAMOUS or not people.have_role(rows, _MAKERS):
        return False
    note_person(reading, rows, (), place, place + 1)
    return True


def _is_named_right(reading: Reading, start: int, stop: int) -> bool:
    """Whether a whole name begins there: of a person, a character, a title or what titles are
    about, as "jane austen" is."""
    words, names = reading.words, reading.names
    phrase = words.phrase(start, stop)
    _, rows = names.people.longest(words.words, start, stop)
    is_a_group = names.groups.named("character", phrase) is not None
    return bool(rows) or is_a_group or names.topics.has(phrase) or bool(names.titles.named(phrase))


def _last_name_mistyped(reading: Reading, place: int) -> bool:
    """Notes "jim carey": a slip in one of the two names of somebody nearly all know, though both
    are names of others."""
    words, people = reading.words, reading.names.people
    stop = place + 2
    if not reading.is_free(place, stop) or _has_a_stop(reading, place, stop):
        return False
    written = words.words[place:stop]
    first_is_a_word, last_is_a_word = (word in reading.lexicon.plain_words for word in written)
    if last_is_a_word or min(map(len, written)) < _SHORTEST:
        return False
    phrase = words.phrase(place, stop)
    if people.named(phrase) or reading.names.topics.has(phrase):
        return False
    best = max(people.near(phrase), key=lambda row: people.standing((row,)), default=None)
    if best is None or people.standing((best,)) < OUTSTANDING:
        return False
    meant = fold(people.labels[best]).split()
    # "Will farrell": a first name that is a word is written right.
    is_first_right = written[0] == meant[0]
    is_last_right = written[1] == meant[-1] and not first_is_a_word
    if len(meant) != len(written) or not (is_first_right or is_last_right):
        return False
    note_person(reading, (best,), (), place, stop)
    return True


def _is_nobodys_word(reading: Reading, place: int) -> bool:
    """ "With dicaprio": a last name that nearly all know, and that is no word of anything else."""
    if _is_ordinary(reading, place) or _goes_on(reading, place + 1):
        return False
    word = reading.words.word(place)
    return bool(reading.names.people.last_name(word, standing=OUTSTANDING))


def _asks(reading: Reading, place: int) -> bool:
    """Whether the word is taken, or none that a name could have."""
    return reading.taken[place] or reading.words.word(place) in reading.lexicon.plain_words


def _has_a_stop(reading: Reading, start: int, stop: int) -> bool:
    return any(is_stop(reading.words.gap(place)) for place in range(start + 1, stop))


def _is_unknown(reading: Reading, place: int) -> bool:
    """Whether a free word is long, and one of no language, topic, title or last name."""
    word = reading.words.word(place)
    if len(word) < _LONG or word.isdigit() or not reading.is_free(place, place + 1):
        return False
    names = reading.names
    if word in reading.lexicon.all_words:
        return False  # "was Kurzes" is nothing of Justin Kurzel's
    is_a_name = bool(names.people.last_name(word, standing=_KNOWN)) or names.titles.has_word(word)
    return not (is_a_name or _is_ordinary(reading, place))


def _last_names_alone(reading: Reading) -> None:
    """Notes "scorsese deniro" and "de niro pacino": beside words that ask, a text of several well
    known last names."""
    words, people = reading.words, reading.names.people
    if len(words) > _SHORT_TEXT or _particled_name_alone(reading):
        return
    found: list[tuple[int, int, tuple[int, ...]]] = []
    place = 0
    while place < len(words):
        if (
            not reading.is_free(place, place + 1)
            or words.word(place) in reading.lexicon.plain_words
            or len(words.word(place)) < _SHORTEST
        ):
            place += 1
            continue
        stop, rows = _last_name_at(reading, place)
        if not rows:
            return
        is_beside = bool(found) and found[-1][1] == place
        if is_beside and _is_first_name_of(reading, place - 1, rows):
            return  # "leo dicaprio" is one of them
        if is_beside and people.is_given(words.word(place - 1)):
            return  # "thomas hardy", whom nobody here knows, is no two people
        found.append((place, stop, rows))
        place = stop
    several = len(found) > 1 or (found and reading.found("person"))
    is_a_title = len(found) > 1 and bool(reading.titles_named(found[0][0], found[-1][1]))
    for start, stop, rows in found if several and not is_a_title else ():
        note_person(reading, (people.best(rows),), (), start, stop)


def _particled_name_alone(reading: Reading) -> bool:
    """Notes "de niro", where it is all that the text has."""
    words, people = reading.words, reading.names.people
    whole = words.phrase(0, len(words))
    rows = people.last_name(whole) if len(words) > 1 else ()
    is_one = bool(rows) and _is_one_of_a_kind(reading, whole, rows)
    if is_one and reading.is_free(0, len(words)):
        note_person(reading, rows, _known_for(reading, rows), 0, len(words))
        return True
    return False


def _last_name_at(reading: Reading, place: int) -> tuple[int, tuple[int, ...]]:
    words, people = reading.words, reading.names.people
    end, rows = people.longest(words.words, place, len(words))
    if people.standing(rows) >= _HAS_WORKED and reading.is_free(place, end):
        return end, rows
    for stop in (place + 2, place + 1):
        if reading.is_free(place, stop) and not _has_a_stop(reading, place, stop):
            if stop == place + 1 and reading.is_a_word(place):
                continue  # "Meryl Streep fox" is of no Fox
            is_word = stop == place + 1 and _is_ordinary(reading, place)
            standing = OUTSTANDING if is_word else _FAMOUS
            if rows := people.last_name(words.phrase(place, stop), standing=standing):
                return stop, rows
    return place, ()


# (reading, place) -> whether that says who is meant there, so that no other one is asked.
_ALONE: tuple[Callable[[Reading, int], bool], ...] = (
    _family_at,
    _mistyped_alone,
    _whole_name_at,
    _nickname_alone,
    _maker_of_a_kind,
    _maker_alone,
    _short_name_alone,
    _last_name_beside,
)
