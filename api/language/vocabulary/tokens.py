"""A text as folded words that know where they stand in it."""

import re
import unicodedata
from dataclasses import dataclass, replace

from api.domain.folding import fold

_WORD = re.compile(r"[^\W_]+")
# A request has 500 characters at most; more words than this say nothing new.
_MOST_WORDS = 256
_SHOUTED_WORDS = 3  # two may be "JOHN WICK"
# Signs before or behind what is not wanted, each read as a word.
_REFUSING = frozenset("🚫❌⛔🙅✖👎")
_THUMB = "👎"
_BEFORE, _BEHIND = "no", "nope"
# Behind or before what is wanted: they end a clause as a comma does.
_WISHING = frozenset("👍✅✔")
_SIGN = re.compile(f"[{''.join((*_REFUSING, *_WISHING))}]")
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
    # "Horror ❌ comedy ✅": where a sign ends the text, each stands behind what it is said of.
    are_behind = (last := _SIGN.search(text[::-1])) is not None and not _WORD.search(
        text[len(text) - last.start() :]
    )
    for found in _WORD.finditer(text):
        if not (word := fold(found[0]).replace(" ", "")):
            continue
        gap, is_capital = text[behind : found.start()], found[0][0].isupper()
        if tokens and gap == ". " and is_capital and tokens[-1].word in _ABBREVIATED:
            gap = " "  # "Mr. Robot"
        if _SIGN.search(gap):
            signs, gap = _signs(text, (behind, found.start()), are_behind=are_behind)
            tokens += signs
        tokens.append(Token(word, found.start(), found.end(), gap, is_capital))
        behind = found.end()
        if len(tokens) == _MOST_WORDS:
            break
    if tokens:
        tokens += _signs(text, (behind, len(text)), are_behind=are_behind)[0]
    tokens = _without_shouting(text, tokens)
    return Words(text, tuple(tokens), tuple(token.word for token in tokens))


def _signs(text: str, within: tuple[int, int], *, are_behind: bool) -> tuple[list[Token], str]:
    """What refuses among the signs in the characters [start, stop) `within`, as a word, and what
    stands between it and the next word, with a comma for what ends a clause."""
    start, stop = within
    found = list[Token]()
    gap, behind = "", start
    for sign in _SIGN.finditer(text, start, stop):
        gap += text[behind : sign.start()]
        behind = sign.end()
        if sign[0] in _WISHING:
            gap += ","
        elif not found:  # "🚫🚫" is said once
            # A thumb stands behind what is said before it, wherever the others stand.
            follows = are_behind or (sign[0] == _THUMB and bool(start) and not gap.strip())
            gap = gap if follows or not start else f"{gap},"
            word = _BEHIND if follows else _BEFORE
            found.append(Token(word, sign.start(), sign.end(), gap, is_capital=False))
            gap = "," if follows else ""
    return found, gap + text[behind:stop]


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
