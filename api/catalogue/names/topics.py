"""What titles are about, by TMDB's keywords: "zombie" and "zombie apocalypse" are about zombies.

A phrase is a topic where it is a whole keyword, or two words and more of several. What it stands
for is every keyword that has its words side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from api.catalogue.names.canonical import plain_words_of
from api.catalogue.names.name_table import Labels, NameTable
from api.domain.arrays import Arrays, part_of, put_under

# Titles of a topic: fewer are what somebody once wrote, and no topic.
_FEWEST_TITLES = 3
# The same of a keyword of a single word, in a catalogue of 30,000 titles: "winner" and "hate" are
# keywords, and nobody means them by it. Of smaller catalogues a share of that.
_FEWEST_OF_A_WORD = 12
_OF_TITLES = 30_000
LONGEST_TOPIC = 4  # words of a topic that is no whole keyword
# Keywords that have a phrase as a part of theirs, from which it is a topic of its own.
_FEWEST_WIDER = 3
# Behind the name of a maker, in keywords.
_OF_MAKERS = frozenset(
    {"comic", "comics", "animation", "animated", "cinematic", "extended", "universe", "channel"}
    | {"studio", "studios", "pictures", "movies", "films"}
)
# "Based on a true story" is the keyword without its article.
_LEFT_OUT = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword as TMDB writes it, and how many titles of the catalogue have it."""

    name: str
    titles: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What a phrase stands for; the keywords with the most titles first."""

    name: str
    keywords: tuple[str, ...]
    titles: int  # of all keywords, where one with two of them counts twice


class Topics:
    """Topics by phrase. Never changes."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._titles = arrays["titles"].data
        self._keywords = Labels(part_of(arrays, "keywords"))
        self._by_phrase = NameTable(part_of(arrays, "phrases"))
        self._words = NameTable(part_of(arrays, "words"))

    @classmethod
    def of(cls, keywords: Iterable[Keyword], *, titles: int = _OF_TITLES) -> Self:
        """Of these, of a catalogue of so many titles."""
        share = min(titles / _OF_TITLES, 1)
        of_a_word = max(round(_FEWEST_OF_A_WORD * share), _FEWEST_TITLES)
        ranked = sorted(keywords, key=lambda one: (-one.titles, one.name))
        holders = defaultdict[str, list[int]](list)
        for row, one in enumerate(ranked):
            for phrase in _phrases_of(one.name):
                holders[phrase].append(row)
        whole = Counter[str]()
        for one in ranked:
            # "Paris, France" is Paris.
            for name in {one.name, one.name.partition(", ")[0]}:
                whole[topic_spelling(name)] += one.titles

        def is_topic(phrase: str, rows: Sequence[int]) -> bool:
            if " " not in phrase:
                return whole[phrase] >= of_a_word
            is_known = phrase in whole or len(rows) >= _FEWEST_WIDER
            return is_known and sum(ranked[row].titles for row in rows) >= _FEWEST_TITLES

        entries = [
            (phrase, row)
            for phrase, rows in holders.items()
            if is_topic(phrase, rows)
            for row in rows
        ]
        words = sorted({word for one in ranked for word in plain_words_of(one.name)})
        table = NameTable.of([phrase for phrase, _ in entries], [row for _, row in entries])
        return cls(
            {
                "titles": np.array([one.titles for one in ranked], dtype=np.int32),
                **put_under("keywords", Labels.of(one.name for one in ranked).arrays),
                **put_under("phrases", table.arrays),
                **put_under("words", NameTable.of(words, [0] * len(words)).arrays),
            }
        )

    def has_word(self, word: str) -> bool:
        """Whether it is a word of any keyword, and so an ordinary one."""
        return bool(self._words.get(word))

    def has(self, phrase: str) -> bool:
        """Whether a phrase is a topic, as `named` finds it."""
        return any(self._by_phrase.get(spelling) for spelling in _spellings(phrase))

    def of_maker(self, name: str) -> tuple[str, ...]:
        """The keywords of what a studio or a publisher made, where there are such: all that begin
        with its name, if one says that it is a maker's ("marvel comic").

        Looks at every keyword: some milliseconds.
        """
        if not self.has_word(name):
            return ()
        keywords = (self._keywords[row] for row in range(len(self._titles)))
        found = [one for one in keywords if one.startswith(f"{name} ")]
        is_made = any(one.split(" ")[1] in _OF_MAKERS for one in found)
        return tuple(found) if is_made else ()

    def named(self, phrase: str) -> Topic | None:
        """The topic that a phrase is, a plural too; None for none."""
        topics = [
            Topic(
                spelling,
                tuple(self._keywords[row] for row in rows),
                sum(self._titles[row] for row in rows),
            )
            for spelling in _spellings(phrase)
            if (rows := sorted(self._by_phrase.get(spelling)))
        ]
        return max(topics, key=lambda one: one.titles, default=None)


def topic_spelling(phrase: str) -> str:
    """The words of a phrase without signs and articles."""
    return " ".join(_words_of(phrase))


def singulars(word: str) -> list[str]:
    """What a plural may be the plural of: keywords are mostly in the singular."""
    if not word.endswith("s") or word.endswith("ss"):
        return []
    if word.endswith("ies"):
        return [f"{word[:-3]}y", word[:-1]]
    if word.endswith("ves"):  # wolves, wives
        return [f"{word[:-3]}f", f"{word[:-3]}fe", word[:-1]]
    return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]


def _words_of(phrase: str) -> Sequence[str]:
    words = plain_words_of(phrase)
    return (
        words if _LEFT_OUT.isdisjoint(words) else [w for w in words if w not in _LEFT_OUT] or words
    )


def _spellings(phrase: str) -> Iterator[str]:
    words = _words_of(phrase)
    if not words:
        return
    yield " ".join(words)
    for last in singulars(words[-1]):
        yield " ".join((*words[:-1], last))


def _phrases_of(name: str) -> set[str]:
    """The keyword and every shorter run of its words, as they are and in the singular."""
    words = list(_words_of(name))
    found = set(_spellings(name))
    for start in range(len(words)):
        for stop in range(start + 1, min(start + LONGEST_TOPIC, len(words)) + 1):
            found.update(_spellings(" ".join(words[start:stop])))
    return found
