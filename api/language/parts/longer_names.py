"""Words that are a title by themselves, and here a part of a longer name or no name at all.

"Feels like Mountain Dew" names no The Mountain, "like Don't Talk" no Don.
"""

from api.language.reading.reading import Reading, is_stop

_APOSTROPHES = frozenset("'’")
_OPENING, _CLOSING = frozenset('"“„«'), frozenset('"”“»')
_LONGEST_QUOTE = 8  # words
# Behind an apostrophe: of "don't", "I'm", "we'll". An s may be a genitive.
_CONTRACTED = frozenset({"t", "m", "d", "ll", "re", "ve"})


def is_part_of_a_name(reading: Reading, start: int, stop: int) -> bool:
    """Whether the name [start, stop) goes on behind its end, in capitals or an apostrophe.

    Of names of several words an apostrophe or quotes alone tell that.
    """
    words, tokens = reading.words, reading.words.tokens
    behind = stop
    if words.gap(stop) in _APOSTROPHES:
        if words.word(stop) in _CONTRACTED:
            return True
        behind = stop + 1  # "Here's Where the Story Ends"
    if _goes_on_in_quotes(reading, start, stop):
        return True
    if behind >= len(words) or stop - start > 1 or words.gap(behind) != " ":
        return False
    if words.word(behind) in reading.lexicon.titles.links_of_names:
        behind += 1  # "Jesus of Suburbia"
        is_makers = bool(reading.names.people.last_name(words.word(behind)))  # "Heat of Mann"
        if behind >= len(words) or words.gap(behind) != " " or is_makers:
            return False
    if not (tokens[start].is_capital and tokens[behind].is_capital):
        return False
    return capitals_tell(reading) and not _begins_something_else(reading, behind)


def _goes_on_in_quotes(reading: Reading, start: int, stop: int) -> bool:
    """ "7 seconds down" in quotes names no Se7en."""
    words = reading.words
    if words.gap(start)[-1:] not in _OPENING or stop >= len(words) or words.gap(stop) != " ":
        return False
    return any(one.gap[:1] in _CLOSING for one in words.tokens[stop + 1 : stop + _LONGEST_QUOTE])


def capitals_tell(reading: Reading) -> bool:
    """Whether the text has words without a capital that could have one in a title."""
    small_words = reading.lexicon.titles.small_words
    return any(
        not one.is_capital and not one.word[0].isdigit() and one.word not in small_words
        for one in reading.words.tokens
    )


def _begins_something_else(reading: Reading, place: int) -> bool:
    """Whether another part of the request begins here: "like Heat Netflix", "Heat Al Pacino"."""
    words, names = reading.words, reading.names
    if words.word(place) in reading.lexicon.known_words:
        return True
    _, title = reading.longest_title(place, len(words))
    _, person = names.people.longest(words.words, place, len(words))
    _, service = names.services.longest(words.words, place, len(words))
    is_title = bool(title) and names.titles.is_well_known(names.titles.best(title))
    return is_title or bool(person) or service is not None


def is_one_of_several_words(reading: Reading, start: int, stop: int) -> bool:
    """ "I love dark, dreary settings": a word of requests in small letters, with which the clause
    goes on, whatever show is called so."""
    words = reading.words
    if stop - start > 1 or words.phrase(start, stop) not in reading.lexicon.term_phrases:
        return False
    return stop < len(words) and (not is_stop(words.gap(stop)) or "," in words.gap(stop))


def is_said_by_who_asks(reading: Reading, start: int, stop: int) -> bool:
    """ "I am", of which only the I is a capital: no I Am."""
    tokens = reading.words.tokens
    return tokens[start].word == "i" and stop > start + 1 and not tokens[start + 1].is_capital
