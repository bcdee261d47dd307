"""Whether words that are the name of a title are meant as one: by capitals, fame and context."""

from api.catalogue.names.canonical import ARTICLES, plain_words_of
from api.catalogue.names.person_names import OUTSTANDING
from api.language.parts.longer_names import (
    is_one_of_several_words,
    is_part_of_a_name,
    is_said_by_who_asks,
)
from api.language.parts.terms import is_foreign
from api.language.parts.topics import is_topic_first
from api.language.reading.numbers import number_at
from api.language.reading.reading import Reading, is_stop, phrase_at

_KNOWN_PERSON = 6.0
_LEAST_YEAR = 1000  # "1917" counts nothing


def reads_as_title(reading: Reading, start: int, first: int, end: int, *, is_sure: bool) -> bool:
    """Whether the words [first, end) are the title that they could be."""
    words, known = reading.words, reading.lexicon.titles
    tokens = words.tokens[first:end]
    if (
        _counts_something(reading, first, end, is_sure=is_sure)
        or _is_asked_for(reading, start, first, end)
        or is_rather_a_person(reading, first, end)
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


def _is_asked_for(reading: Reading, start: int, first: int, end: int) -> bool:
    """ "I like Drama, and international films": words of requests, whatever film is called The
    Drama; who means it writes its article, a number behind it, or what it is."""
    words, terms, phrase = reading.words, reading.lexicon.terms, reading.words.phrase(first, end)
    if first > start or not (phrase in terms.meanings or is_foreign(reading, first, end)):
        return False
    is_numbered = number_at(reading, end)[1] is not None and words.gap(end) == " "
    return not (is_numbered or words.word(first - 1) in reading.lexicon.terms.media)


def _counts_something(reading: Reading, first: int, end: int, *, is_sure: bool) -> bool:
    """ "Like 10 episodes", "like 6 years ago", "I was like 12 when", "had like two guys"; but not
    "like 300 but funny" or "like seven without gore", where nothing is there to be counted."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    stop, number = number_at(reading, first)
    if stop == end and number is not None and number < _LEAST_YEAR:
        is_last = end == len(words) or is_stop(words.gap(end))
        ends = is_last or words.word(end) in _behind_names(reading, first)
        if not ((is_sure or first == 1) and ends):
            return True
    if not words.word(first).isdecimal():
        return False
    if end - first > 1:
        is_a_time = words.word(first + 1) in known.years | known.months | known.no_ages
        return is_a_time and words.word(end) in known.no_ages
    return words.word(end) in known.no_ages | known.years | known.months | lexicon.counts.parts


def _behind_names(reading: Reading, start: int) -> frozenset[str]:
    """Words with which a request goes on behind a name that begins at `start`: right behind a
    "like" that begins a text, "for my kids" and "with more songs" as well."""
    words, lexicon = reading.words, reading.lexicon
    following = lexicon.connectors.joints | lexicon.connectors.contrasts
    if start > 1 or words.word(start - 1) not in lexicon.titles.like:
        return following
    return following | lexicon.titles.ends | lexicon.connectors.prepositions


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
        or _is_used_in_passing(reading, start, first, end)
    ):
        return False
    if is_topic_first(reading, first, end):
        # "I love heist movies": the word that they have in common, whatever film is called so.
        return titles.is_famous(row)
    if end - first > 1:
        return not reading.lexicon.plain_words.issuperset(words.words[first:end])
    if first == start + 1 and not _has_its_article(reading, row, start):
        return False  # "like a heist": the article makes a common noun of it
    return _may_be_a_name(reading, first, is_sure=is_sure)


def _has_its_article(reading: Reading, row: int, place: int) -> bool:
    """Whether the article at a place is the title's own, in another language: "die simpsons"."""
    is_definite = reading.words.word(place) not in reading.lexicon.titles.indefinite_articles
    own = plain_words_of(reading.names.titles.labels[row])
    return is_definite and len(own) > 1 and own[0] in ARTICLES


def _is_used_in_passing(reading: Reading, start: int, first: int, end: int) -> bool:
    """ "A NASA like agency", "watched within a year", "film-era love triangle": a word that stories
    use, behind a word that says no more than "like", is a title where somebody asks or has seen
    and the clause ends behind it."""
    words = reading.words
    is_capital = any(token.is_capital for token in words.tokens[first:end])
    if is_capital or not all(reading.is_a_word(place) for place in range(first, end)):
        return False
    if end - start > 1 and reading.names.titles.is_famous(
        reading.names.titles.best(reading.titles_named(first, end))
    ):
        return False
    before = words.word(start - 2)
    begins = start == 1 or is_stop(words.gap(start - 1))
    is_said_by_somebody = (
        begins
        or before in reading.lexicon.plain_words | reading.lexicon.titles.yet
        or reading.taken[start - 2]
        or bool(reading.names.people.named(words.phrase(max(start - 3, 0), start - 1)))
    )
    following = words.word(end)
    ends = not following or is_stop(words.gap(end)) or reading.taken[end] or following.isdecimal()
    is_last = ends or following in _behind_names(reading, start)
    return not (is_said_by_somebody and is_last)


def _may_be_a_name(reading: Reading, place: int, *, is_sure: bool) -> bool:
    """Whether a single word in small letters is none that means something else."""
    lexicon, known, word = reading.lexicon, reading.lexicon.titles, reading.words.word(place)
    if word in known.pronouns or word in lexicon.known_words:
        return False
    if word in lexicon.connectors.no_content and not (is_sure and word in known.empty_titles):
        return False
    return phrase_at(reading.words, place, known.no_titles) == place


def is_rather_a_person(reading: Reading, first: int, end: int) -> bool:
    """ "Reminiscent of Hitchcock": the last name of somebody whom more know than the film about
    them; "like adam sandler": a whole name, of which the film is called by a part."""
    stop, rows = reading.names.people.longest(reading.words.words, first, len(reading.words))
    if stop > end and reading.names.people.standing(rows) >= _KNOWN_PERSON:
        return True
    if end - first > 1:
        return False
    people, titles = reading.names.people, reading.names.titles
    if _is_a_first_name(reading, first):
        return True
    if not people.last_name(reading.words.word(first), standing=OUTSTANDING):
        return False
    rows = reading.titles_named(first, end)
    return not (rows and titles.is_famous(titles.best(rows)))


def _is_a_first_name(reading: Reading, place: int) -> bool:
    """ "Like agatha christie": a first name before a word that is none of a request's."""
    words, lexicon = reading.words, reading.lexicon
    behind = words.word(place + 1)
    is_followed = behind.isalpha() and words.gap(place + 1) == " "
    is_a_request = behind in lexicon.plain_words or behind in lexicon.all_words
    is_ordinary = (
        is_a_request
        or reading.is_a_word(place + 1)
        or reading.taken[place + 1 : place + 2] == [True]
    )
    return is_followed and not is_ordinary and reading.names.people.is_given(words.word(place))


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


def is_a_setting(reading: Reading, start: int, stop: int) -> bool:
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
