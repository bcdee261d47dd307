"""A text as folded words that know where they stand in it."""

import re
import unicodedata
from dataclasses import dataclass, replace

from api.domain.folding import fold

_WORD = re.compile(r"[^\W_]+")
# A request has 500 characters at most; more words than this say nothing new.
_MOST_WORDS = 256
_SHOUTED_WORDS = 3  # two may be "JOHN WICK"
# Of names: the dot behind them ends no sentence where a capital follows.
_ABBREVIATED = frozenset({"mr", "mrs", "ms", "dr", "st", "vs", "vol"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word: folded, its characters [start, end), and what stands before it."""

    word: str
    start: int
    end: int
    gap: str  # between the word before and this one
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text in NFC and its words."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, place: int) -> str:
        """The folded word at a place, "" outside of the text."""
        words = self.words
        return words[place] if 0 <= place < len(words) else ""

    def gap(self, place: int) -> str:
        """What stands before the word at a place."""
        return self.tokens[place].gap if 0 <= place < len(self.tokens) else ""

    def phrase(self, start: int, stop: int) -> str:
        """The folded words [start, stop), "" where the text is shorter."""
        return "" if stop > len(self.words) else " ".join(self.words[start:stop])

    def written(self, start: int, stop: int) -> str:
        """The words [start, stop) as they were written, and a bracket that closes behind them."""
        return self.text[self.tokens[start].start : self.end(start, stop)]

    def end(self, start: int, stop: int) -> int:
        """Where the words [start, stop) end: "Logan (2017)" ends behind its bracket."""
        first, last = self.tokens[start].start, self.tokens[stop - 1].end
        within = self.text[first:last]
        is_open = within.count("(") > within.count(")")
        return last + (is_open and self.text[last : last + 1] == ")")


def split(text: str) -> Words:
    """The words of a text of any script, the first 256."""
    text = unicodedata.normalize("NFC", text)
    tokens: list[Token] = []
    behind = 0
    for found in _WORD.finditer(text):
        if not (word := fold(found[0]).replace(" ", "")):
            continue
        gap, is_capital = text[behind : found.start()], found[0][0].isupper()
        if tokens and gap == ". " and is_capital and tokens[-1].word in _ABBREVIATED:
            gap = " "  # "Mr. Robot"
        tokens.append(Token(word, found.start(), found.end(), gap, is_capital))
        behind = found.end()
        if len(tokens) == _MOST_WORDS:
            break
    tokens = _without_shouting(text, tokens)
    return Words(text, tuple(tokens), tuple(token.word for token in tokens))


def _without_shouting(text: str, tokens: list[Token]) -> list[Token]:
    """Capitals of three words in a row that have nothing else are no sign of a name.

    In a text all in capitals they say nothing anyway, and readers know that.
    """
    if text.isupper():
        return tokens
    shouted = [text[one.start : one.end].isupper() for one in tokens]
    ends = [
        place for place in range(len(tokens) + 1) if not (place < len(tokens) and shouted[place])
    ]
    quiet = list(tokens)
    begun = 0
    for end in ends:
        if end - begun >= _SHOUTED_WORDS:
            quiet[begun:end] = [replace(one, is_capital=False) for one in tokens[begun:end]]
        begun = end + 1
    return quiet
