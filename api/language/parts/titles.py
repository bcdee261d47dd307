"""Titles named in a text: after "like", in quotes, with capitals, or as the whole of it."""

import itertools
import re
from collections.abc import Iterator

from api.domain.items import MediaType
from api.language.parts.longer_names import (
    capitals_tell,
    is_one_of_several_words,
    is_part_of_a_name,
    is_said_by_who_asks,
)
from api.language.parts.title_lists import (
    title_listed_before,
    title_listed_behind,
    title_with_year_at,
    titles_listed_alone,
    titles_listed_in_sentences,
)
from api.language.parts.topics import is_topic_first
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at
from api.language.vocabulary.tokens import Words

_LONGEST_MISTYPED = 8  # words
_OUTSTANDING_PERSON = 40.0  # standing
_LONGEST_PAIR = 2  # words that are too few of a name to be one but for an s
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{1,100})[\"”“»]|(?<!\w)[‘']([^'‘’]{2,100})[’'](?!\w)")
# As Markdown writes italics and bold: "*The Shining*", "__Carrie__".
_EMPHASISED = re.compile(r"(?<![\w*_])([*_]{1,2})(?=[^\s*_])([^*_]{1,100})(?<!\s)\1(?![\w*_])")


def find_titles(reading: Reading) -> None:
    """Notes titles, the surest signs first, and takes their words."""
    _quoted(reading)
    _emphasised(reading)
    if not reading.findings:
        _whole(reading)
    if not reading.findings:
        _listed_alone(reading)
    _listed_in_sentences(reading)
    _by_initials(reading)
    _before_signs(reading)
    _with_years(reading)
    _after_triggers(reading)
    _refused(reading)
    _capitalised(reading)
    _listed_beside(reading)


def seed_sign_at(reading: Reading, place: int) -> tuple[int, bool]:
    """(end, whether they mean nothing else) of the words at `place` that lead to a title."""
    words, known = reading.words, reading.lexicon.titles
    stop = phrase_at(words, place, known.seed_signs)
    if stop > place:
        return stop, True
    return phrase_at(words, place, known.weak_seed_signs), False


def quoted(words: Words) -> Iterator[tuple[int, int]]:
    """The words [start, stop) between each pair of quotation marks."""
    yield from _inside(words, _QUOTED, 1, 2)


def _inside(words: Words, pattern: re.Pattern[str], *groups: int) -> Iterator[tuple[int, int]]:
    """The words [start, stop) in the first of these groups that matches, match for match."""
    for found in pattern.finditer(words.text):
        group = next(one for one in groups if found[one] is not None)
        inside = [
            place
            for place, token in enumerate(words.tokens)
            if token.start >= found.start(group) and token.end <= found.end(group)
        ]
        if inside:
            yield inside[0], inside[-1] + 1


def _note(reading: Reading, rows: tuple[int, ...], start: int, stop: int) -> None:
    titles = reading.names.titles
    year, stop = _year_behind(reading, rows, stop)
    country, stop = _country_behind(reading, rows, stop)
    media = media_beside(reading, start, stop)
    row = titles.best(rows, year=year, media=media, country=country)
    reading.take(Finding("seed", row, titles.labels[row], start, stop, can_be_negated=True))


def _year_behind(reading: Reading, rows: tuple[int, ...], stop: int) -> tuple[int | None, int]:
    """ "Dune 1984", "Dune (1984)", "Dune from 1984": a year that one of the titles has."""
    words = reading.words
    for skipped in (0, 1):
        if skipped and words.word(stop) not in reading.lexicon.titles.before_year:
            break
        end, number = number_at(reading, stop + skipped)
        if number is not None and number > 1870 and reading.names.titles.has_year(rows, number):
            return number, _end_of_run(words, end)
    return None, stop


def _end_of_run(words: Words, stop: int) -> int:
    """Behind "2020" of "BoJack Horseman (2014-2020)", where `stop` is behind the first year."""
    last = words.word(stop)
    is_dashed = words.gap(stop).strip() in ("-", "–", "—")
    return stop + 1 if is_dashed and last.isdecimal() and len(last) in (2, 4) else stop


def _country_behind(reading: Reading, rows: tuple[int, ...], stop: int) -> tuple[str | None, int]:
    """ "The Office US", "shameless uk": a country that tells namesakes apart."""
    terms, words = reading.lexicon.terms, reading.words
    meaning = terms.country_places.get(words.word(stop)) or terms.countries.get(words.word(stop))
    if not rows or meaning is None or (stop < len(words) and is_stop(words.gap(stop))):
        return None, stop
    country = meaning.countries[0]
    is_made_there = reading.names.titles.is_made_in(rows, country)
    return (country, stop + 1) if is_made_there else (None, stop)


def media_beside(reading: Reading, start: int, stop: int) -> MediaType | None:
    """Whether a word beside [start, stop) says that it is a film or a show: "series like Fargo"."""
    words, titles = reading.words, reading.lexicon.titles
    is_likened = words.word(start - 1) in titles.like | titles.weak_seed_signs
    for word in (words.word(start - 1), words.word(stop), words.word(start - 2) * is_likened):
        if (meaning := reading.lexicon.terms.media.get(word)) is not None:
            return meaning.media
    return None


def _quoted(reading: Reading) -> None:
    for start, stop in quoted(reading.words):
        if not reading.is_free(start, stop):
            continue
        near = reading.names.titles.near
        rows = reading.titles_named(start, stop) or near(reading.words.phrase(start, stop))
        if rows:
            _note(reading, rows, start, stop)


def _emphasised(reading: Reading) -> None:
    """ "*The Shining*": emphasis alone names a title in capitals, a single word a known one."""
    words, titles = reading.words, reading.names.titles
    for start, stop in _inside(words, _EMPHASISED, 2):
        if not reading.is_free(start, stop) or not words.tokens[start].is_capital:
            continue
        rows = reading.titles_named(start, stop)
        if rows and (stop - start > 1 or titles.is_known(titles.best(rows))):
            _note(reading, rows, start, stop)


def _whole(reading: Reading) -> None:
    """The text, but for a year behind it and words that ask, is a title."""
    words, titles = reading.words, reading.names.titles
    for start in range(min(len(words), 6)):
        end, rows = reading.longest_title(start, len(words))
        year, stop = _year_behind(reading, rows, end)
        country, stop = _country_behind(reading, rows, stop)
        stop += (
            year is None and words.word(stop) in reading.lexicon.terms.media and country is not None
        )
        if rows and stop == len(words) and _is_the_whole(reading, rows, start, end, year):
            media = media_beside(reading, start, end)
            row = titles.best(rows, year=year, country=country, media=media)
            reading.take(Finding("title", row, titles.labels[row], start, stop))
            reading.taken[:start] = [True] * start
            return
        if words.word(start) not in reading.lexicon.titles.asking:
            _whole_mistyped(reading, start)
            if not reading.findings:
                _whole_but_for_an_s(reading, start)
            return


def _whole_but_for_an_s(reading: Reading, start: int) -> None:
    """ "Lord of the ring": a name of three words and more that lacks the s of a plural, or has one
    too many."""
    words, titles = reading.words, reading.names.titles
    if len(words) - start < _LONGEST_PAIR + 1:
        return
    phrase = words.phrase(start, len(words))
    rows = titles.named(f"{phrase}s") or titles.named(phrase.removesuffix("s"))
    if rows and titles.is_famous(titles.best(rows)):
        row = titles.best(rows)
        reading.take(Finding("title", row, titles.labels[row], start, len(words)))
        reading.taken[:start] = [True] * start


def _whole_mistyped(reading: Reading, start: int) -> None:
    """What follows from `start` on, but for a year, is the name of a well-known title but for
    slips."""
    words, titles = reading.words, reading.names.titles
    if len(words) > _LONGEST_MISTYPED or is_topic_first(reading, start, len(words)):
        return
    if words.phrase(start, len(words)) in reading.lexicon.term_phrases:
        return  # "drama" is no slip in The Drama
    find = titles.near if _has_a_slip(reading, start, len(words)) else titles.written_otherwise
    # "The" asks, and is a part of names.
    for begin, end in itertools.product(dict.fromkeys((0, start)), (len(words), len(words) - 1)):
        rows = find(words.phrase(begin, end)) if end > begin else ()
        year, stop = _year_behind(reading, rows, end)
        if rows and stop == len(words) and titles.is_well_known(titles.best(rows, year=year)):
            row = titles.best(rows, year=year)
            reading.take(Finding("title", row, titles.labels[row], begin, stop))
            reading.taken[:begin] = [True] * begin
            return


def _has_a_slip(reading: Reading, start: int, stop: int) -> bool:
    """Whether one of the words is none of any language or name."""
    known, titles = reading.lexicon.plain_words, reading.names.titles
    return not all(
        word in known or titles.has_word(word) for word in reading.words.words[start:stop]
    )


def _is_the_whole(
    reading: Reading, rows: tuple[int, ...], start: int, end: int, year: int | None
) -> bool:
    """Whether the title [start, end) is what is asked for, and not words that it happens to be."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    named = words.words[start:end]
    if words.phrase(start, end) in lexicon.years.to_come:
        return False  # "coming soon"
    if lexicon.plain_words.issuperset(named) and not lexicon.known_words.isdisjoint(named):
        # "Horror" and "romantic comedy" ask for a genre, whatever film has that name.
        return len(named) > 1 and titles.is_well_known(titles.best(rows, year=year))
    if year is None and is_topic_first(reading, start, end):
        return titles.is_famous(titles.best(rows))
    if len(named) > 1 or year is not None:
        return True
    # "Fun" and "long" are topics, whatever title few know has the word for its name.
    is_meant = start == 0 or words.tokens[start].is_capital
    is_meant |= words.word(start - 1) in lexicon.terms.media  # "the show dark"
    return is_meant and titles.is_known(titles.best(rows, year=year))


def _with_years(reading: Reading) -> None:
    """ "Friday (1995)": the year says that a plain word is a title."""
    for place in range(1, len(reading.words)):
        start, rows = title_with_year_at(reading, place)
        if rows and reading.is_free(place, place + 1):
            _note(reading, rows, start, place)


def _before_signs(reading: Reading) -> None:
    """ "Stranger things vibes", "black mirror like", "inception but funny": a well known name, with
    a sign behind it."""
    words, titles = reading.words, reading.names.titles
    for place, word in enumerate(words.words):
        if not _is_behind_a_seed(reading, place, word):
            continue
        for start in range(max(place - _LONGEST_MISTYPED, 0), place):
            rows = _known_before(reading, start, place) if reading.is_free(start, place) else ()
            if rows and titles.is_well_known(titles.best(rows)):
                _note(reading, rows, start, place)
                reading.taken[place] = True
                break


def _is_behind_a_seed(reading: Reading, place: int, word: str) -> bool:
    words, known = reading.words, reading.lexicon.titles
    if word in known.behind_seeds:
        return True
    is_end = place + 1 == len(words) or words.word(place + 1) in reading.lexicon.terms.media
    return place > 0 and (
        (word in known.like and is_end and not is_stop(words.gap(place)))
        or (word in known.but and place + 1 < len(words))
    )


def _known_before(reading: Reading, start: int, stop: int) -> tuple[int, ...]:
    """The title [start, stop), which begins its clause where only "like" or "but" follows; what is
    a topic or a word of requests is none."""
    words, lexicon = reading.words, reading.lexicon
    if words.word(stop) not in lexicon.titles.behind_seeds:
        if start > 0 and not is_stop(words.gap(start)):
            return ()
        is_plain = lexicon.plain_words.issuperset(words.words[start:stop])
        is_term = words.phrase(start, stop) in lexicon.term_phrases  # "dark but funny"
        if is_plain or is_term or is_topic_first(reading, start, stop):
            return ()
    phrase = words.phrase(start, stop)
    return reading.titles_named(start, stop) or reading.names.titles.written_otherwise(phrase)


def _by_initials(reading: Reading) -> None:
    """ "Himym", "something like lotr": letters that are no word, and those of a famous name."""
    words, names = reading.words, reading.names
    for place, word in enumerate(words.words):
        is_word = word in reading.lexicon.plain_words or names.topics.has_word(word)
        if is_word or names.titles.has_word(word) or not reading.is_free(place, place + 1):
            continue
        rows = names.titles.by_initials(word)
        if rows and len(words) == 1:
            row = names.titles.best(rows)
            reading.take(Finding("title", row, names.titles.labels[row], place, place + 1))
        elif rows:
            _note(reading, rows, place, place + 1)


def _listed_alone(reading: Reading) -> None:
    """ "Pulp fiction, fight club, seven": the whole text lists titles, in whatever letters."""
    for start, stop, end, rows in titles_listed_alone(reading):
        _note(reading, rows, start, stop)
        # "Dredd 1995": a year behind a title is its own, though not quite right.
        reading.taken[stop:end] = [True] * (end - stop)


def _listed_in_sentences(reading: Reading) -> None:
    """ "Koyaanisqatsi, Baraka, Samsara. Anything slow": one sentence lists titles."""
    for start, stop, end, rows in titles_listed_in_sentences(reading):
        if reading.is_free(start, end):
            _note(reading, rows, start, stop)
            reading.taken[stop:end] = [True] * (end - stop)


def _listed_beside(reading: Reading) -> None:
    """ "Cube, The Mist and Saw II": what stands in a list with a title is one."""
    for finding in reading.found("seed"):
        for beside in (title_listed_behind, title_listed_before):
            known = finding
            while rows := (found := beside(reading, known))[2]:
                _note(reading, rows, *found[:2])
                known = reading.findings[-1]


def _after_triggers(reading: Reading) -> None:
    words = reading.words
    place = 0
    while place < len(words):
        stop, is_sure = seed_sign_at(reading, place)
        if stop == place or not reading.is_free(place, stop):
            place += 1
            continue
        end = _listed(reading, stop, is_sure=is_sure)
        if end > stop:  # the sign was understood, and is not searched for
            reading.taken[place:stop] = [True] * (stop - place)
        place = max(end, stop)


def _listed(reading: Reading, start: int, *, is_sure: bool) -> int:
    """Takes "Heat", "Heat and Ronin" or "Heat, Ronin or The Town" from `start` on; its end."""
    words, joints, known = reading.words, reading.lexicon.connectors.joints, reading.lexicon.titles
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
    is_likened = words.word(start - 2) in reading.lexicon.titles.before_likening
    if rows and is_likened and _is_a_setting(reading, first, end):
        return start
    is_title = bool(rows) and (
        _reads_as_title(reading, start, first, end, is_sure=is_sure)
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
    _note(reading, rows, first, end)
    return reading.findings[-1].stop


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
    _note(reading, rows, start + 2, end)
    return reading.findings[-1].stop


def _ends_a_title(words: Words, place: int) -> bool:
    """Whether no title goes on with the word at `place`; commas and colons are part of many."""
    gap = words.gap(place)
    is_within_number = gap == "." and (words.word(place - 1) + words.word(place)).isdecimal()
    return is_stop(gap) and not is_within_number and not set(",:") & set(gap)


def _reads_as_title(reading: Reading, start: int, first: int, end: int, *, is_sure: bool) -> bool:
    """Whether the words [first, end) are the title that they could be."""
    words, known = reading.words, reading.lexicon.titles
    tokens = words.tokens[first:end]
    if (
        _is_rather_a_person(reading, first, end)
        or is_part_of_a_name(reading, first, end)
        or is_said_by_who_asks(reading, first, end)
    ):
        return False
    if any(token.is_capital or token.word[0].isdigit() for token in tokens):
        # "Like a Mexican bolero"
        is_common = words.word(first - 1) in known.indefinite_articles and len(tokens) == 1
        if is_common and first > start:
            return False
        may_tell = len(tokens) > 1 or any(
            not token.is_capital and token.word not in known.small_words for token in words.tokens
        )
        if tokens[0].is_capital and may_tell:
            return True
    return _reads_so_in_small_letters(reading, start, first, end, is_sure=is_sure)


def _reads_so_in_small_letters(
    reading: Reading, start: int, first: int, end: int, *, is_sure: bool
) -> bool:
    words, titles = reading.words, reading.names.titles
    if words.phrase(first, end) in reading.lexicon.titles.no_titles:
        return False
    row = titles.best(reading.titles_named(first, end))
    if not is_sure and (
        # "I love the original" is a title that few know by chance alone.
        not titles.is_known(row)
        or _is_said_of_something(reading, start, first, end)
        or is_one_of_several_words(reading, first, end)
    ):
        return False
    if is_topic_first(reading, first, end):
        # "I love heist movies": the word that they have in common, whatever film is called so.
        return titles.is_famous(row)
    if end - first > 1:
        return not reading.lexicon.plain_words.issuperset(words.words[first:end])
    # "like a heist": the article makes a common noun of it.
    return first != start + 1 and _may_be_a_name(reading, first, is_sure=is_sure)


def _may_be_a_name(reading: Reading, place: int, *, is_sure: bool) -> bool:
    """Whether a single word in small letters is none that means something else."""
    lexicon, known, word = reading.lexicon, reading.lexicon.titles, reading.words.word(place)
    if word in known.pronouns or word in lexicon.known_words:
        return False
    if word in lexicon.connectors.no_content and not (is_sure and word in known.empty_titles):
        return False
    return phrase_at(reading.words, place, known.no_titles) == place


def _is_rather_a_person(reading: Reading, first: int, end: int) -> bool:
    """ "Reminiscent of Hitchcock": the last name of somebody whom more know than the film about
    them."""
    if end - first > 1:
        return False
    people, titles = reading.names.people, reading.names.titles
    if not people.last_name(reading.words.word(first), standing=_OUTSTANDING_PERSON):
        return False
    rows = reading.titles_named(first, end)
    return not (rows and titles.is_famous(titles.best(rows)))


def _is_said_of_something(reading: Reading, start: int, first: int, end: int) -> bool:
    """ "I like the place to be dark", "I love coming home to it": ordinary words in small letters,
    with which the sentence goes on, name nothing but what is famous."""
    words, lexicon, titles = reading.words, reading.lexicon, reading.names.titles
    if end - first == 1 or titles.is_famous(titles.best(reading.titles_named(first, end))):
        return False
    begins = start == 1 or is_stop(words.gap(start - 1))
    if begins and words.word(start - 1) in lexicon.titles.like:
        return False  # "like the game with more action"
    is_ordinary = all(
        word in lexicon.plain_words or reading.names.topics.has_word(word)
        for word in words.words[first:end]
    )
    following = words.word(end)
    ends = not following or is_stop(words.gap(end)) or following[0].isdigit()
    joints = lexicon.connectors.joints | lexicon.connectors.contrasts
    return is_ordinary and not ends and following not in joints


def _is_a_setting(reading: Reading, start: int, stop: int) -> bool:
    """Whether a word behind "feels like" is what titles are about: a place, or a word that is
    written small and no famous name."""
    words, titles = reading.words, reading.names.titles
    if stop - start > 1:  # "looks like one shot"
        is_known = titles.is_well_known(titles.best(reading.titles_named(start, stop)))
        return not words.tokens[start].is_capital and not is_known
    if not words.tokens[start].is_capital:
        return not titles.is_famous(titles.best(reading.titles_named(start, stop)))
    topic = reading.names.topics.named(words.word(start))
    return topic is not None and any(", " in keyword for keyword in topic.keywords)


def _mistyped_at(reading: Reading, start: int, known: int, limit: int) -> int:
    """Takes the misspelt title that begins at `start` and ends behind `known`, the longest name
    first; its end, or `start` for none."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    ends = lexicon.name_ends - lexicon.connectors.joints
    end = start
    while end < min(limit, start + _LONGEST_MISTYPED) and words.word(end) not in ends:
        end += 1
    for stop in range(end, known, -1):
        if _is_rather_a_person(reading, start, stop):
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
        is_longer = stop - start > _LONGEST_PAIR and known == start
        if not is_longer and not is_capital and not _has_a_slip(reading, start, stop):
            break
        rows = titles.near(words.phrase(start, stop))
        if is_capital and _goes_on(reading, stop):
            continue  # "The Wounded Angel" is no The Founder
        if rows and (is_capital or titles.is_well_known(titles.best(rows))):
            _note(reading, rows, start, stop)
            return reading.findings[-1].stop
    return start


def _goes_on(reading: Reading, stop: int) -> bool:
    """Whether a word with a capital, which may be of the same name, stands behind it."""
    words = reading.words
    is_capital = stop < len(words) and words.tokens[stop].is_capital and words.gap(stop) == " "
    return is_capital and capitals_tell(reading)


def _refused(reading: Reading) -> None:
    """ "except Alien", "but not The Thing"."""
    words, known = reading.words, reading.lexicon.titles
    for place, word in enumerate(words.words[:-1]):
        if word not in known.refusals or not reading.is_free(place, place + 2):
            continue
        following = place + 1
        if words.word(following) in known.like:
            continue
        end, rows = reading.longest_title(following, len(words))
        person_end, _ = reading.names.people.longest(words.words, following, len(words))
        # "Without Jim Carrey" leaves out no film that is called Jim.
        if not rows or person_end > end or not reading.is_free(following, end):
            continue
        is_common = reading.lexicon.plain_words.issuperset(words.words[following:end])
        if (words.tokens[following].is_capital or end - following > 1) and not is_common:
            _note(reading, rows, following, end)
            reading.findings[-1].is_negated = True


def _capitalised(reading: Reading) -> None:
    """Names of two words or more, each with its capital, in a text that has other words too."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    small_words = lexicon.titles.small_words
    may_tell = capitals_tell(reading)
    place = 0
    while place < len(words):
        token = words.tokens[place]
        if reading.taken[place] or not (token.is_capital or token.word[0].isdigit()):
            place += 1
            continue
        stop = place
        while (
            stop < len(words)
            and not reading.taken[stop]
            and (stop == place or not is_stop(words.gap(stop)) or ":" in words.gap(stop))
        ):
            following = words.tokens[stop]
            if not (
                following.is_capital or following.word[0].isdigit() or following.word in small_words
            ):
                break
            stop += 1
        end, rows = reading.longest_title(place, stop)
        significant = [t for t in words.tokens[place:end] if t.word not in small_words]
        is_common = all(t.word in lexicon.known_words for t in significant)
        has_capital = any(t.is_capital for t in significant)
        if (
            rows
            and len(significant) > 1
            and has_capital
            and (place > 0 or not is_common)
            and (titles.is_well_known(titles.best(rows)) or (may_tell and not is_common))
            and (not is_topic_first(reading, place, end) or titles.is_famous(titles.best(rows)))
            and not reading.names.people.named(words.phrase(place, end))
            and not is_part_of_a_name(reading, place, end)
        ):
            _note(reading, rows, place, end)
            place = reading.findings[-1].stop
        else:
            place += 1
