"""Words as phones shorten them: "w/o horror", "que n seja de terror", "film x bambini".

They are read in full, as a "not" and a "for" that nobody reads turn a wish, or a limit, into its
opposite. A letter may be a name as well ("Q", "X-Men", "c'est"): between other words in small
letters it is none.
"""

from dataclasses import replace

from api.language.reading.reading import gap_behind, phrase_at
from api.language.vocabulary.lexicon import Lexicon
from api.language.vocabulary.tokens import Token, Words

_PARTING = ("", "/")  # between the letters of "w/o"
_YEAR = 4  # figures


def with_short_forms_in_full(words: Words, lexicon: Lexicon) -> Words:
    """The words with what such forms are short for; how they are written stays."""
    tokens: list[Token] = []
    place = 0
    are_any = False
    while place < len(words):
        stop = _short_form_at(words, lexicon, place)
        if stop > place:
            full = lexicon.short_forms.words[words.phrase(place, stop)].split()
            tokens += _written_as(words.tokens[place:stop], full)
            are_any = True
        else:
            tokens.append(_figures_alone(words, lexicon, place))
            are_any = are_any or tokens[-1] is not words.tokens[place]
        place = max(stop, place + 1)
    if not are_any:
        return words
    return Words(words.text, tuple(tokens), tuple(token.word for token in tokens))


def _figures_alone(words: Words, lexicon: Lexicon, place: int) -> Token:
    """ "2003ish" is about that year, and "20ish minutes" are about so many; of an age the ending is
    looked at with it."""
    token, following = words.tokens[place], words.word(place + 1)
    is_time = following in lexicon.runtimes.minutes or following in lexicon.runtimes.hours
    for ending in lexicon.maturity.about_endings:
        figures = token.word.removesuffix(ending)
        is_a_number = figures != token.word and figures.isdecimal()
        if is_a_number and (is_time or len(figures) == _YEAR):
            return replace(token, word=figures)
    return token


def _short_form_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of the longest one that begins at a place; `place` for none."""
    stop = phrase_at(words, place, lexicon.short_forms.phrases)
    # A letter at the end leads to nothing: "malcolm x".
    if stop == place or (stop == place + 1 and stop == len(words)):
        return place
    before, behind = words.gap(place)[-1:], gap_behind(words, stop)[:1]
    is_apart = before in ("", " ", "(") and (behind in ("", " ", "/") or stop > place + 1)
    is_whole = all(words.gap(at).strip() in _PARTING for at in range(place + 1, stop))
    is_small = not any(one.is_capital for one in words.tokens[max(place, 1) : stop])
    is_small |= words.text.isupper()
    return stop if is_apart and is_whole and is_small else place


def _written_as(tokens: tuple[Token, ...], full: list[str]) -> list[Token]:
    """The tokens with the words of the full form, the last of which takes what is left."""
    kept = [replace(one, word=word) for one, word in zip(tokens, full, strict=False)]
    return [*kept[:-1], replace(kept[-1], end=tokens[-1].end)]
