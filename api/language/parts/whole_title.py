"""A text that is the name of a title and nothing else, but for what asks and a year."""

import itertools

from api.catalogue.names.person_names import OUTSTANDING
from api.language.parts.note_title import (
    LONGEST_MISTYPED,
    LONGEST_PAIR,
    country_behind,
    has_a_slip,
    media_beside,
    note_title,
    year_behind,
)
from api.language.parts.titles_behind_signs import seed_sign_at
from api.language.parts.topics import is_topic_first
from api.language.parts.years import is_a_period
from api.language.reading.reading import Finding, Reading
from api.language.vocabulary.lexicon import ROLES, Lexicon

_MAKERS = ROLES["maker"]


def find_whole_title(reading: Reading) -> None:
    """The text, but for a year behind it and words that ask, is a title."""
    words, titles = reading.words, reading.names.titles
    if _beside_its_medium(reading):
        return
    for start in range(min(len(words), 6)):
        if words.phrase(start, len(words)) in reading.lexicon.maturity.bare_children:
            return  # "Kids" asks for what is for them; the film has its year behind it, or quotes
        end, rows = reading.longest_title(start, len(words))
        year, stop = year_behind(reading, rows, end)
        country, stop = country_behind(reading, rows, stop)
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


def _beside_its_medium(reading: Reading) -> bool:
    """ "Barbie movie", "la película titanic", "the office show": a known title beside a word for
    one of its kind, and neither what titles are about nor what they are like."""
    words, lexicon, titles = reading.words, reading.lexicon, reading.names.titles
    begun = next((at for at, word in enumerate(words.words) if word not in _before(lexicon)), 0)
    spans = [(0, len(words) - 1, len(words) - 1), (begun, len(words) - 1, len(words) - 1)]
    spans.append((begun + 1, len(words), begun))
    for start, stop, place in spans:
        if words.word(place) not in lexicon.titles.one_title or not reading.is_free(start, stop):
            continue
        media = lexicon.terms.media[words.word(place)].media
        rows = reading.titles_named(start, stop)
        row = titles.best(rows, media=media) if rows else None
        if row is None or media is None or not titles.is_a(row, media):
            continue
        is_known = titles.is_known(row) if stop - start > 1 else titles.is_well_known(row)
        if is_known and not _says_what_kind(reading, start, stop):
            reading.take(Finding("title", row, titles.labels[row], start, stop))
            reading.taken[:] = [True] * len(words)
            return True
    return False


def _before(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.titles.articles | lexicon.connectors.fillers


def _says_what_kind(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words [start, stop) are a genre, a quality, a place or a topic."""
    words, lexicon = reading.words, reading.lexicon
    phrase, named = words.phrase(start, stop), words.words[start:stop]
    if phrase in lexicon.term_phrases or lexicon.plain_words.issuperset(named):
        return True
    of_children = lexicon.maturity.of_children - lexicon.maturity.relatives
    if phrase in lexicon.maturity.of_children or not of_children.isdisjoint(named):
        return True  # "kids film" is for them, whatever film is called Kids
    is_named = words.word(start) in lexicon.titles.articles
    return not is_named and reading.is_a_topic(start, stop)


def find_title_of_nothing_else(reading: Reading) -> None:
    """ "No", "I'm Not There", "movies like Rush": a known title that is the whole text, but for
    what asks for one or for those like it, where nothing else was found in it."""
    words, lexicon = reading.words, reading.lexicon
    if any(one.kind != "media_type" for one in reading.findings):
        return
    asking = lexicon.titles.asking | lexicon.negation.stand_ins | lexicon.terms.media.keys()
    begun = next((at for at in range(len(words)) if words.word(at) not in asking), len(words))
    start, _ = seed_sign_at(reading, begun)
    for first in dict.fromkeys((0, start)):  # "I'm" asks, and is a part of names
        if first > begun and words.word(first - 1) not in lexicon.titles.like:
            continue  # "the vibe of the game" is of no The Game
        rows = reading.names.titles.called(words.phrase(first, len(words)))
        if rows and _is_all_that_is_said(reading, rows, first):
            _take_the_whole(reading, rows, first, is_likened=first > begun)
            return


def _take_the_whole(
    reading: Reading, rows: tuple[int, ...], start: int, *, is_likened: bool
) -> None:
    words, titles = reading.words, reading.names.titles
    reading.unknown_names.clear()
    if is_likened:
        note_title(reading, rows, start, len(words))
    else:
        row = titles.best(rows, media=media_beside(reading, start, len(words)))
        reading.take(Finding("title", row, titles.labels[row], start, len(words)))
    reading.taken[:start] = [True] * start


def _is_all_that_is_said(reading: Reading, rows: tuple[int, ...], start: int) -> bool:
    """Whether the words from `start` on are a known title, and not said in passing, as "thanks", a
    place, as "Brazil", or a word in small letters that says nothing, as "no" and "it"."""
    words, lexicon, titles = reading.words, reading.lexicon, reading.names.titles
    phrase, best = words.phrase(start, len(words)), titles.best(rows)
    if phrase in lexicon.connectors.small_talk or not titles.is_known(best):
        return False
    if len(words) - start > 1:
        return True
    if _is_a_pronoun(reading, start):
        return titles.is_well_known(best)
    refusals = lexicon.negation.negations
    if phrase in lexicon.terms.places or phrase in lexicon.known_words - refusals:
        return False
    is_small = not words.tokens[start].is_capital
    return not (is_small and phrase in lexicon.connectors.no_content | refusals)


def _whole_but_for_an_s(reading: Reading, start: int) -> None:
    """ "Lord of the ring": a name of three words and more that lacks the s of a plural, or has one
    too many."""
    words, titles = reading.words, reading.names.titles
    if len(words) - start < LONGEST_PAIR + 1:
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
    if len(words) > LONGEST_MISTYPED or is_topic_first(reading, start, len(words)):
        return
    if not reading.is_free(start, len(words)):
        return  # "for two" watch, and is no 42
    if words.phrase(start, len(words)) in reading.lexicon.term_phrases:
        return  # "drama" is no slip in The Drama
    if is_a_period(reading, start, len(words)):
        return  # "the last 5 years"
    find = titles.near if has_a_slip(reading, start, len(words)) else titles.written_otherwise
    # "The" asks, and is a part of names.
    for begin, end in itertools.product(dict.fromkeys((0, start)), (len(words), len(words) - 1)):
        rows = find(words.phrase(begin, end)) if end > begin else ()
        year, stop = year_behind(reading, rows, end)
        # "War games" is all of WarGames, where one word or a slip may be another's.
        is_sure = find == titles.written_otherwise and end - begin > 1
        is_known = titles.is_known if is_sure else titles.is_well_known
        if rows and stop == len(words) and is_known(titles.best(rows, year=year)):
            row = titles.best(rows, year=year)
            reading.take(Finding("title", row, titles.labels[row], begin, stop))
            reading.taken[:begin] = [True] * begin
            return


def _is_the_whole(
    reading: Reading, rows: tuple[int, ...], start: int, end: int, year: int | None
) -> bool:
    """Whether the title [start, end) is what is asked for, and not words that it happens to be."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    named = words.words[start:end]
    if words.phrase(start, end) in lexicon.years.to_come:
        return False  # "coming soon"
    if is_a_period(reading, start, end):
        return False  # "last five years"
    if titles.is_unheard_of(titles.best(rows, year=year)):
        return False  # "without remorse" is no entry that nobody has voted for
    if _is_a_maker(reading, rows, start, end):
        return False
    if len(named) == 1 and _is_a_pronoun(reading, start):
        return start == 0 and titles.is_well_known(titles.best(rows, year=year))
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


def _is_a_pronoun(reading: Reading, place: int) -> bool:
    """ "Us" by itself asks for nothing, though "us movies" are American; "US" is the country."""
    words, lexicon = reading.words, reading.lexicon
    word = words.word(place)
    is_both = word in lexicon.connectors.no_content and word in lexicon.terms.places
    return is_both and not words.written(place, place + 1).isupper()


def _is_a_maker(reading: Reading, rows: tuple[int, ...], start: int, end: int) -> bool:
    """ "Hitchcock", "chaplin": nearly all know who bears the last name, and fewer the title that
    is called so; "titanic" and words of stories are titles."""
    words, names = reading.words, reading.names
    if end - start > 1 or names.titles.is_famous(names.titles.best(rows)):
        return False
    known = names.people.last_name(words.word(start), standing=OUTSTANDING)
    is_a_word = reading.is_a_word(start) or names.topics.has(words.word(start))
    return names.people.have_role(known, _MAKERS) and not is_a_word
