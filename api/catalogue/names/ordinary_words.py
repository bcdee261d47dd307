"""Words that stories use in passing, of which names are made as well: "day", "white", "heat"."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Self

import numpy as np

from api.catalogue.names.name_table import NameTable
from api.domain.arrays import Arrays, part_of, put_under
from api.domain.folding import fold

MOST_STORIES = 10_000  # that tell what is ordinary; more would add rare words
# Stories of so many that use a word in small letters, where it is ordinary. Names have a capital
# there: of 3,531 last names of well-known people, 148 are such words, as Law and Black.
_OF_MOST_STORIES = 3
_FEWEST = 2  # of a small catalogue
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?!\w)")


class OrdinaryWords:
    """Words by their folded spelling. Never changes."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._words = NameTable(part_of(arrays, "words"))

    @classmethod
    def of(cls, stories: Iterable[str]) -> Self:
        """Of a catalogue with these stories."""
        told = Counter[str]()
        number = 0
        for number, story in enumerate(stories, start=1):  # noqa: B007 - how many there are
            told.update(filter(str.islower, set(_WORD.findall(story))))
        fewest = max(round(_OF_MOST_STORIES * number / MOST_STORIES), _FEWEST)
        words = sorted({fold(word) for word, times in told.items() if times >= fewest})
        return cls(put_under("words", NameTable.of(words, np.zeros(len(words), int)).arrays))

    def has(self, word: str) -> bool:
        """Whether a folded word is one."""
        return bool(self._words.get(word))
