"""Titles behind words that lead to one: "like Heat", "in the style of Heat, Ronin or The Town"."""

from api.language.parts.longer_names import capitals_tell
from api.language.parts.note_title import LONGEST_MISTYPED, LONGEST_PAIR, has_a_slip, note_title
from api.language.parts.reads_as_title import is_a_setting, is_rather_a_person, reads_as_title
from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.tokens import Words

_ENDS = frozenset(".!?;")
_LONGEST_AMOUNT = 4  # words of "a lot less"
_FEWEST_TELLING = 2  # words of the beginning of a name that are no other words of a request
_SPOILER = ">!"  # before what Markdown hides


def seed_sign_at(reading: Reading, place: int) -> tuple[int, bool]:
    """(end, whether they mean nothing else) of the words at `place` that lead to a title."""
    words, known = reading.words, reading.lexicon.titles
    stop = phrase_at(words, place, known.seed_signs)
    is_sure = stop > place
    if not is_sure:
        stop = phrase_at(words, place, known.weak_seed_signs)
    if stop > place and (_ends_behind(reading, stop) or _is_in_a_name(reading, place)):
        return place, False
    return stop, is_sure


def _ends_behind(reading: Reading, stop: int) -> bool:
    """ "They fall in love. The girl …": a sentence that ends with the sign leads to nothing, and
    nor does a list in which it stands, but for a name in capitals."""
    gap = reading.words.gap(stop).replace("...", "").replace(_SPOILER, "")
    if not _ENDS.isdisjoint(gap):
        return True
    return "," in gap and not reading.words.tokens[stop].is_capital


def _is_in_a_name(reading: Reading, place: int) -> bool:
    """ "I Will Always Love You": between capitals the sign is a word of a name itself."""
    words, tokens = reading.words, reading.words.tokens
    if place == 0 or not (tokens[place].is_capital and tokens[place - 1].is_capital):
        return False
    is_one = words.gap(place) == " " and words.word(place - 1) not in reading.lexicon.plain_words
    return is_one and capitals_tell(reading)


def find_titles_behind_signs(reading: Reading) -> None:
    words = reading.words
    place = 0
    while place < len(words):
        stop, is_sure = seed_sign_at(reading, place)
        if stop == place or not reading.is_free(place, stop):
            place += 1
            continue
        known = len(reading.findings)
        end = _listed(reading, stop, is_sure=is_sure)
        if end > stop:  # the sign was understood, and is not searched for
            start = _start_of_less(reading, place)
            reading.taken[start:stop] = [True] * (stop - start)
            for finding in reading.findings[known:] if start < place else ():
                finding.is_negated = True
        place = max(end, stop)


def _start_of_less(reading: Reading, place: int) -> int:
    """Where "less" begins in "less like Titanic", of which little is wanted; `place` without it."""
    words, known = reading.words, reading.lexicon.negation
    for start in range(max(place - _LONGEST_AMOUNT, 0), place):
        is_amount = words.phrase(start, place) in known.little
        if is_amount and reading.is_free(start, place) and not is_stop(words.gap(place)):
            return start
    return place


def _listed(reading: Reading, start: int, *, is_sure: bool) -> int:
    """Takes "Heat", "Heat and Ronin" or "Heat, Ronin or The Town" from `start` on; its end."""
    words, known = reading.words, reading.lexicon.titles
    joints = reading.lexicon.connectors.joints | known.meeting
    is_like = words.word(start - 1) in known.like
    before = words.word(start - 2)
    is_sure |= is_like and (before in known.before_like or before in reading.lexicon.terms.media)
    behind = _title_at(reading, start, is_sure=is_sure, may_be_mistyped=is_sure or is_like)
    while behind > start:
        joint = words.word(behind)
        following = behind + 1 if joint in joints else behind
        if following == behind and "," not in words.gap(behind):
            break
        if words.word(following) in joints:
            following += 1
        end = _title_at(reading, following)
        if end == following:
            break
        if joint in known.meeting:
            reading.taken[behind] = True
        start, behind = following, end
    return behind


def _title_at(
    reading: Reading, start: int, *, is_sure: bool = False, may_be_mistyped: bool = False
) -> int:
    """Takes the title that begins at `start`; its end, or `start` for none."""
    words = reading.words
    if start >= len(words) or reading.taken[start]:
        return start
    limit = _limit_of_title(reading, start)
    if (stop := _behind_its_medium(reading, start, limit)) > start:
        return stop
    first, end, limit, rows = _name_at(reading, start, limit)
    may_be_begun = may_be_mistyped or words.word(start - 1) in reading.lexicon.titles.comparing
    if may_be_begun and (stop := _begun_at(reading, start, end, limit)) > start:
        return stop
    if rows and _is_its_source(reading, start, end):
        return start
    is_likened = words.word(start - 2) in reading.lexicon.titles.before_likening
    if rows and is_likened and is_a_setting(reading, first, end):
        return start
    is_title = bool(rows) and (
        reads_as_title(reading, start, first, end, is_sure=is_sure)
        # "Something like now you see me": ordinary words, and nothing else is said.
        or (is_sure and end > first + 1 and _ends_a_clause(reading, end, limit, rows))
    )
    if may_be_mistyped:
        # "The Dark Knigth" is no The Dark.
        stop = _mistyped_at(reading, start, end if is_title else start, limit)
        if stop > start:
            return stop
    if not is_title:
        return start
    note_title(reading, rows, first, end)
    return reading.findings[-1].stop


def _begun_at(reading: Reading, start: int, known: int, limit: int) -> int:
    """Takes the first words of a well-known title, up to the end of its clause and longer than any
    whole name, which ends at `known`: who says "like eternal sunshine" means no Eternal.

    Its end, or `start` for none.
    """
    words, lexicon, titles = reading.words, reading.lexicon, reading.names.titles
    connectors = lexicon.connectors
    ends = (connectors.joints, connectors.contrasts, connectors.prepositions)
    for stop in range(min(limit, start + LONGEST_MISTYPED), max(known, start + 1), -1):
        is_whole = stop == limit or any(words.word(stop) in some for some in ends)
        places = range(start, stop)
        telling = [at for at in places if words.word(at) not in lexicon.plain_words]
        if not is_whole or stop - 1 not in telling:
            continue
        if len(telling) < _FEWEST_TELLING and _is_written_right(reading, telling[0]):
            continue  # "like the dark" may be anything, "like the shawshank" is one
        if rows := titles.beginning(words.phrase(start, stop)):
            note_title(reading, rows, start, stop)
            return reading.findings[-1].stop
    return start


def _is_its_source(reading: Reading, start: int, end: int) -> bool:
    """ "The vibe of the game": behind "of", in small letters, what something is made after."""
    words, known = reading.words, reading.lexicon.titles
    is_of = words.word(start - 1) in known.links_of_names
    is_small = not any(token.is_capital for token in words.tokens[start:end])
    is_the = end - start == 2 and words.word(start) in known.articles
    return is_of and is_small and is_the and words.word(start + 1) in known.sources


def _limit_of_title(reading: Reading, start: int) -> int:
    """Where the free words of the clause end in which a title begins."""
    limit = start
    while limit < len(reading.words) and not reading.taken[limit]:
        if limit > start and _ends_a_title(reading.words, limit):
            break
        limit += 1
    return limit


def _name_at(reading: Reading, start: int, limit: int) -> tuple[int, int, int, tuple[int, ...]]:
    """(first, end, limit, rows) of the longest name from `start` on, behind an article too; the
    limit is moved where a known name goes on behind it."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    first = start
    end, rows = reading.longest_title(start, limit)
    if limit < len(words):
        # "Vol. 2", "Once Upon a Time... in Hollywood": a known name goes on behind a stop.
        beyond, others = reading.longest_title(start, len(words))
        is_free = beyond > limit and reading.is_free(start, beyond)
        if is_free and titles.is_known(titles.best(others)):
            limit, end, rows = beyond, beyond, others
    if not rows and words.word(start) in lexicon.titles.articles:
        first = start + 1
        if words.word(first) in lexicon.terms.media and first + 1 < limit:
            first += 1  # "like the series Fargo"
        end, rows = reading.longest_title(first, limit)
    return first, end, limit, rows


def _ends_a_clause(reading: Reading, end: int, limit: int, rows: tuple[int, ...]) -> bool:
    """Whether nothing follows a well known name, or another name behind one that nearly all know:
    "movies like get out and midsommar"."""
    words, titles = reading.words, reading.names.titles
    if end == limit:
        return titles.is_well_known(titles.best(rows))
    joint = words.word(end) in reading.lexicon.connectors.joints
    _, others = reading.longest_title(end + 1, limit) if joint else (end, ())
    return (
        bool(others)
        and titles.is_famous(titles.best(rows))
        and titles.is_known(titles.best(others))
    )


def _behind_its_medium(reading: Reading, start: int, limit: int) -> int:
    """Takes the title of "the show Dark": its medium says that the words are one, whatever else
    they mean. Its end, or `start` for none."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    meaning = lexicon.terms.media.get(words.word(start + 1))
    if words.word(start) not in lexicon.titles.articles or meaning is None:
        return start
    end, rows = reading.longest_title(start + 2, limit)
    if not rows or meaning.media is None:
        return start
    row = titles.best(rows, media=meaning.media)
    connectors = lexicon.connectors
    ends = (connectors.joints, connectors.contrasts, connectors.prepositions)
    is_whole = end == limit or any(words.word(end) in some for some in ends)
    if not (titles.is_a(row, meaning.media) and titles.is_known(row) and is_whole):
        return start
    if words.phrase(start + 2, end) in lexicon.titles.no_titles:
        return start
    note_title(reading, rows, start + 2, end)
    return reading.findings[-1].stop


def _ends_a_title(words: Words, place: int) -> bool:
    """Whether no title goes on with the word at `place`; commas and colons are part of many."""
    gap = words.gap(place)
    is_within_number = gap == "." and (words.word(place - 1) + words.word(place)).isdecimal()
    return is_stop(gap) and not is_within_number and not set(",:") & set(gap)


def _mistyped_at(reading: Reading, start: int, known: int, limit: int) -> int:
    """Takes the misspelt title that begins at `start` and ends behind `known`, the longest name
    first; its end, or `start` for none."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    ends = lexicon.name_ends - lexicon.connectors.joints
    end = start
    while end < min(limit, start + LONGEST_MISTYPED) and words.word(end) not in ends:
        end += 1
    for stop in range(end, known, -1):
        if is_rather_a_person(reading, start, stop):
            break
        is_plain = lexicon.plain_words.issuperset(words.words[start:stop])
        is_indefinite = words.word(start) in lexicon.titles.indefinite_articles
        if is_plain or (is_indefinite and not words.tokens[start].is_capital):
            break
        last = words.word(stop - 1)
        if last in lexicon.connectors.joints or (len(last) == 1 and not last.isdecimal()):
            continue  # "Heat and", "Heat, I"
        if words.phrase(start, stop) in lexicon.titles.no_titles:
            continue  # "like the whole time" is no The Whale
        # Beyond a name that is one, small words need a slip among them.
        is_capital = words.tokens[start].is_capital
        is_longer = stop - start > LONGEST_PAIR and known == start
        if not is_longer and not is_capital and not has_a_slip(reading, start, stop):
            break
        if stop - start == 1 and not is_capital and _is_written_right(reading, start):
            break
        rows = titles.near(words.phrase(start, stop))
        if is_capital and _goes_on(reading, stop):
            continue  # "The Wounded Angel" is no The Founder
        if rows and (is_capital or titles.is_well_known(titles.best(rows))):
            note_title(reading, rows, start, stop)
            return reading.findings[-1].stop
    return start


def _is_written_right(reading: Reading, place: int) -> bool:
    """ "Soulmates in every lifetime": a word of stories or keywords is no slip."""
    return reading.is_a_word(place) or reading.names.topics.has_word(reading.words.word(place))


def _goes_on(reading: Reading, stop: int) -> bool:
    """Whether a word with a capital, which may be of the same name, stands behind it."""
    words = reading.words
    is_capital = stop < len(words) and words.tokens[stop].is_capital and words.gap(stop) == " "
    return is_capital and capitals_tell(reading)
