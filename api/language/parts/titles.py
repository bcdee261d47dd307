"""Titles named in a text: after "like", in quotes, with capitals, or as the whole of it."""

import re
from collections.abc import Iterator

from api.language.parts.longer_names import capitals_tell, is_part_of_a_name
from api.language.parts.note_title import LONGEST_MISTYPED, note_title
from api.language.parts.title_lists import (
    either_of_titles,
    title_listed_before,
    title_listed_behind,
    title_with_year_at,
    titles_listed_alone,
    titles_listed_in_sentences,
)
from api.language.parts.titles_behind_signs import find_titles_behind_signs, seed_sign_at
from api.language.parts.topics import is_topic_first
from api.language.parts.whole_title import find_whole_title
from api.language.reading.comparisons import bound_before
from api.language.reading.reading import Finding, Reading, is_harmless, is_stop, phrase_at
from api.language.vocabulary.tokens import Words

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{1,100})[\"”“»]|(?<!\w)[‘']([^'‘’]{2,100})[’'](?!\w)")
# As Markdown writes italics and bold: "*The Shining*", "__Carrie__".
_EMPHASISED = re.compile(r"(?<![\w*_])([*_]{1,2})(?=[^\s*_])([^*_]{1,100})(?<!\s)\1(?![\w*_])")


def find_titles(reading: Reading) -> None:
    """Notes titles, the surest signs first, and takes their words."""
    _quoted(reading)
    _emphasised(reading)
    if not reading.findings:
        find_whole_title(reading)
    if not reading.findings:
        _listed_alone(reading)
    _listed_in_sentences(reading)
    _by_initials(reading)
    _before_signs(reading)
    _or_similar(reading)
    _with_years(reading)
    find_titles_behind_signs(reading)
    _refused(reading)
    _capitalised(reading)
    _listed_beside(reading)


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


def _quoted(reading: Reading) -> None:
    titles = reading.names.titles
    for start, stop in quoted(reading.words):
        if not reading.is_free(start, stop):
            continue
        rows = reading.titles_named(start, stop)
        if not rows and (stop - start > 1 or not reading.is_a_word(start)):
            rows = titles.near(reading.words.phrase(start, stop))  # "apocalypse" is no slip
        is_other = _is_another_work(reading, start) or _is_a_word_in_quotes(reading, start, stop)
        if rows and not is_other:
            note_title(reading, rows, start, stop)


def _is_a_word_in_quotes(reading: Reading, start: int, stop: int) -> bool:
    """ "The "shimmering" scene", "the 'bad guys'": quotes are around words as well. What is small
    throughout is a name where something leads to it, or where it is the very name of a known one
    that is made of other words than stories are."""
    words, titles = reading.words, reading.names.titles
    if any(token.is_capital for token in words.tokens[start:stop]):
        return False
    if start == 0 and stop == len(words):
        return False
    if any(seed_sign_at(reading, place)[0] == start for place in range(max(start - 4, 0), start)):
        return False
    if words.word(start - 1) in reading.lexicon.terms.media:
        return False
    rows = titles.called(words.phrase(start, stop))
    is_ordinary = stop - start == 1 and reading.is_a_word(start)
    return is_ordinary or not rows or not titles.is_known(titles.best(rows))


def _emphasised(reading: Reading) -> None:
    """ "*The Shining*": emphasis alone names a title in capitals, a single word a known one."""
    words, titles = reading.words, reading.names.titles
    for start, stop in _inside(words, _EMPHASISED, 2):
        if not reading.is_free(start, stop) or not words.tokens[start].is_capital:
            continue
        if _is_another_work(reading, start):
            continue
        rows = reading.titles_named(start, stop)
        if rows and (stop - start > 1 or titles.is_known(titles.best(rows))):
            note_title(reading, rows, start, stop)


def _with_years(reading: Reading) -> None:
    """ "Friday (1995)": the year says that a plain word is a title."""
    for place in range(1, len(reading.words)):
        start, rows = title_with_year_at(reading, place)
        if rows and reading.is_free(place, place + 1):
            note_title(reading, rows, start, place)


def _before_signs(reading: Reading) -> None:
    """ "Stranger things vibes", "black mirror like", "inception but funny", "heat or similar": a
    well known name, with a sign behind it."""
    words, titles = reading.words, reading.names.titles
    for place, word in enumerate(words.words):
        end = max(phrase_at(words, place, reading.lexicon.titles.or_similar), place + 1)
        if not _is_behind_a_seed(reading, place, word):
            continue
        for start in range(max(place - LONGEST_MISTYPED, 0), place):
            rows = _known_before(reading, start, place) if reading.is_free(start, place) else ()
            if not rows or _is_a_quality(reading, rows, start, place):
                continue
            if titles.is_well_known(titles.best(rows)):
                note_title(reading, rows, start, place)
                reading.taken[place:end] = [True] * (end - place)
                break


def _or_similar(reading: Reading) -> None:
    """ "Something scary or similar" wants nothing more, whatever stands before it."""
    words, known = reading.words, reading.lexicon.titles.or_similar
    for place in range(1, len(words)):
        stop = phrase_at(words, place, known)
        if stop > place and reading.is_free(place, stop):
            reading.taken[place:stop] = [True] * (stop - place)


def _is_a_quality(reading: Reading, rows: tuple[int, ...], start: int, stop: int) -> bool:
    """ "Summer love vibes", "old school vibes": words in small letters that any text has, and no
    name that nearly all know."""
    words, titles = reading.words, reading.names.titles
    if any(token.is_capital for token in words.tokens[start:stop]):
        return False
    is_ordinary = all(reading.is_a_word(place) for place in range(start, stop))
    return is_ordinary and (stop - start == 1 or not titles.is_famous(titles.best(rows)))


def _is_behind_a_seed(reading: Reading, place: int, word: str) -> bool:
    words, known = reading.words, reading.lexicon.titles
    if word in known.behind_seeds or phrase_at(words, place, known.or_similar) > place > 0:
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
            note_title(reading, rows, place, place + 1)


def _listed_alone(reading: Reading) -> None:
    """ "Pulp fiction, fight club, seven": the whole text lists titles, in whatever letters."""
    for start, stop, end, rows in titles_listed_alone(reading) or either_of_titles(reading):
        note_title(reading, rows, start, stop)
        # "Dredd 1995": a year behind a title is its own, though not quite right.
        reading.taken[stop:end] = [True] * (end - stop)


def _listed_in_sentences(reading: Reading) -> None:
    """ "Koyaanisqatsi, Baraka, Samsara. Anything slow": one sentence lists titles."""
    for start, stop, end, rows in titles_listed_in_sentences(reading):
        if reading.is_free(start, end):
            note_title(reading, rows, start, stop)
            reading.taken[stop:end] = [True] * (end - stop)


def _listed_beside(reading: Reading) -> None:
    """ "Cube, The Mist and Saw II": what stands in a list with a title is one."""
    for finding in reading.found("seed"):
        for beside in (title_listed_behind, title_listed_before):
            known = finding
            while rows := (found := beside(reading, known))[2]:
                note_title(reading, rows, *found[:2])
                known = reading.findings[-1]


def _refused(reading: Reading) -> None:
    """ "except Alien", "but not The Thing"."""
    words, known = reading.words, reading.lexicon.titles
    for place, word in enumerate(words.words[:-1]):
        if word not in known.refusals or not reading.is_free(place, place + 2):
            continue
        following = place + 1
        if words.word(following) in known.like or _refuses_nothing(reading, place):
            continue
        end, rows = reading.longest_title(following, len(words))
        person_end, _ = reading.names.people.longest(words.words, following, len(words))
        # "Without Jim Carrey" leaves out no film that is called Jim.
        if not rows or person_end > end or not reading.is_free(following, end):
            continue
        is_common = reading.lexicon.plain_words.issuperset(words.words[following:end])
        is_common |= words.phrase(following, end) in reading.lexicon.terms.moods
        is_small = not any(words.tokens[inside].is_capital for inside in range(following, end))
        titles = reading.names.titles
        if is_small and is_of_ordinary_words(reading, following, end):
            # "There were no old people" names no Old People.
            is_common = is_common or not titles.is_well_known(titles.best(rows))
        if (words.tokens[following].is_capital or end - following > 1) and not is_common:
            note_title(reading, rows, following, end)
            reading.findings[-1].is_negated = True


def _refuses_nothing(reading: Reading, place: int) -> bool:
    """ "Whether or not the restaurant", "or not. After that"."""
    words, harmless = reading.words, reading.lexicon.refuse_nothing
    if bound_before(reading, place + 1)[1] is not None:
        return True  # "al menos 7"
    if is_stop(words.gap(place + 1)) and ":" not in words.gap(place + 1):
        return True
    if is_harmless(words, reading.lexicon, place, place + 1):
        return True  # "nothing except Heat"
    return any(phrase_at(words, start, harmless) == place + 1 for start in range(place - 2, place))


def is_of_ordinary_words(reading: Reading, start: int, stop: int) -> bool:
    """Whether each of the words is of the vocabulary or of a keyword."""
    topics, lexicon = reading.names.topics, reading.lexicon
    named = reading.words.words[start:stop]
    return all(word in lexicon.all_words or topics.has_word(word) for word in named)


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
            and not _is_rather_a_topic(reading, rows, place, end)
            and not _is_no_name(reading, place, end)
            and not reading.names.people.named(words.phrase(place, end))
            and not is_part_of_a_name(reading, place, end)
        ):
            note_title(reading, rows, place, end)
            place = reading.findings[-1].stop
        else:
            place += 1


def _is_rather_a_topic(reading: Reading, rows: tuple[int, ...], start: int, stop: int) -> bool:
    """ "Day of the Dead", "Grand Canyon": what few titles are about comes before a name that not
    many know, where nothing says that a title is named; "World War 2" with the word before it."""
    topics, words, titles = reading.names.topics, reading.words, reading.names.titles
    own, row = reading.lexicon.topics.words, titles.best(rows)
    longer = words.phrase(start - 1, stop) if start > 0 and words.gap(start) == " " else ""
    if longer and (topics.has(longer) or longer in own):
        return True
    if is_topic_first(reading, start, stop):
        return not titles.is_famous(row)
    is_listed = "," in words.gap(start) or "," in words.gap(stop)  # "Death Sentence, Heat"
    is_topic = topics.has(words.phrase(start, stop)) and not is_listed
    return is_topic and not titles.is_well_known(row)


def _is_another_work(reading: Reading, start: int) -> bool:
    """ "The song Once in a Lifetime": what the name is of stands right before it."""
    words, works = reading.words, reading.lexicon.titles.other_works
    return words.word(start - 1) in works and not is_stop(words.gap(start))


def _is_no_name(reading: Reading, start: int, stop: int) -> bool:
    """ "Murder Mystery", "Happy New Year": words of requests and of small talk; "Live Free Die
    Hard": the end of a longer name in capitals; what is shouted."""
    words, phrase = reading.words, reading.words.phrase(start, stop)
    if _is_another_work(reading, start):
        return True
    if phrase in reading.lexicon.term_phrases or phrase in reading.lexicon.connectors.small_talk:
        return True
    titles = reading.names.titles
    is_shouted = words.written(start, stop).isupper() and capitals_tell(reading)
    if is_shouted and not titles.is_famous(titles.best(reading.titles_named(start, stop))):
        return True  # "SPOILER ALERT", "I DO"
    before = start - 1
    if before < 0 or not reading.is_free(before, start) or words.gap(start) != " ":
        return False
    is_of_the_name = words.tokens[before].is_capital and not reading.is_a_word(before)
    begins = before == 0 or is_stop(words.gap(before))
    return is_of_the_name and not begins and capitals_tell(reading)
