"""What groups of titles are called: a studio or network, a franchise, a character that plays in
several.

"Pixar" are both Pixar and Pixar Animation Studios, "marvel" is everything that is called Marvel but
for words such as "Studios".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from api.catalogue.names.canonical import ARTICLES, plain_words_of
from api.catalogue.names.name_table import Labels, NameTable
from api.domain.arrays import Arrays, part_of, put_under

GroupKind = Literal["company", "franchise", "character"]

# What companies are besides their names.
_KINDS_OF_COMPANY = frozenset(
    {
        *("studios", "studio", "picture", "pictures", "film", "films", "filmproduktion", "cinema"),
        *("entertainment", "enterprises", "production", "productions", "animation", "animations"),
        *("company", "co", "inc", "ltd", "llc", "gmbh", "corp", "corporation", "limited", "group"),
        *("television", "tv", "media", "comics", "international", "motion", "feature", "skg"),
    }
)
_BY_TITLES = "franchise by titles"
_FEWEST_OF_NAME = 2  # titles that begin with what their franchise is called
# What stands before them and is left out in speech: "Studio Ghibli", "Walt Disney".
_BEFORE_NAMES = frozenset({"studio", "walt"})


@dataclass(frozen=True, slots=True)
class GroupName:
    """One group as the index is built from it; `standing` is how many titles it has."""

    kind: GroupKind
    id: int  # of the company or franchise, 0 for a character
    name: str
    standing: float
    titles: tuple[str, ...] = ()  # of a franchise


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one kind that a name stands for."""

    kind: GroupKind
    ids: tuple[int, ...]  # ascending
    names: tuple[str, ...]  # the best known first
    standing: float
    own_standing: float  # of those whose whole name it is, not a part of it

    @property
    def label(self) -> str:
        """The best known name, and how many others there are."""
        more = len(dict.fromkeys(self.names)) - 1
        return f"{self.names[0]} and {more} more" if more else self.names[0]


class Groups:
    """Groups by name. Never changes."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._ids = arrays["ids"].data
        self._standing = arrays["standing"].data
        self._labels = Labels(part_of(arrays, "labels"))
        self._by_key = NameTable(part_of(arrays, "keys"))

    @classmethod
    def of(cls, groups: Iterable[GroupName]) -> Self:
        """Of these, the best known of one name first."""
        ranked = sorted(groups, key=lambda one: (-one.standing, one.id))
        keys = [
            (_key_of(one.kind, key), row)
            for row, one in enumerate(ranked)
            for key in (_key(one.name), _bare_key(one))
        ]
        keys += [
            (_key_of(_BY_TITLES, key), row)
            for row, one in enumerate(ranked)
            for key in sorted(set(_keys_by_titles(one)))
        ]
        return cls(
            {
                "ids": np.array([one.id for one in ranked], dtype=np.int32),
                "standing": np.array([one.standing for one in ranked], dtype=np.float32),
                **put_under("labels", Labels.of(one.name for one in ranked).arrays),
                **put_under(
                    "keys", NameTable.of([key for key, _ in keys], [row for _, row in keys]).arrays
                ),
            }
        )

    def named(self, kind: GroupKind, name: str) -> Group | None:
        """The group of this kind that is called so; None where there is none."""
        return self._of_key(kind, kind, name)

    def franchise_of(self, name: str) -> Group | None:
        """The franchise that is called so or whose titles begin with it: what "movies" or "trilogy"
        behind the name asks for; None where there is none."""
        return self.named("franchise", name) or self._of_key("franchise", _BY_TITLES, name)

    def _of_key(self, kind: GroupKind, among: str, name: str) -> Group | None:
        key = _key(name)
        rows = self._by_key.get(_key_of(among, key))
        if not rows:
            return None
        names = tuple(self._labels[row] for row in rows)
        standing = [self._standing[row] for row in rows]
        return Group(
            kind,
            tuple(sorted(self._ids[row] for row in rows)),
            names,
            sum(standing),
            sum(own for own, one in zip(standing, names, strict=True) if _key(one) == key),
        )


def _key_of(kind: str, key: str) -> str:
    return f"{kind}:{key}"


def _keys_by_titles(one: GroupName) -> Iterator[str]:
    """What two titles of a franchise begin with is what it is called as well, where that is a whole
    name: "jurassic world", "fast and furious", "avengers"."""
    names = [_without_article(title) for title in one.titles]
    wholes = {_without_article(title.partition(":")[0]) for title in one.titles}
    for whole in wholes | {_without_article(_name_of_franchise(one))}:
        if sum(name[: len(whole)] == whole for name in names) >= _FEWEST_OF_NAME:
            yield "".join(whole)


def _name_of_franchise(one: GroupName) -> str:
    return re.sub(r"(?i)\s+collection$", "", one.name)


def _without_article(name: str) -> tuple[str, ...]:
    words = tuple(plain_words_of(name))
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def _bare_key(one: GroupName) -> str:
    words = list(plain_words_of(one.name))
    if one.kind == "franchise" and words[-1:] == ["collection"]:
        words.pop()
    while one.kind == "company" and len(words) > 1 and words[-1] in _KINDS_OF_COMPANY:
        words.pop()
    if one.kind == "company" and len(words) > 1 and words[0] in _BEFORE_NAMES:
        words.pop(0)
    return "".join(words)


def _key(name: str) -> str:
    # Numbers as they are written: "first" is not Entertainment One.
    return "".join(plain_words_of(name))
