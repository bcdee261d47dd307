"""Streaming services as texts name them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from api.catalogue.names.name_table import Labels, NameTable
from api.domain.arrays import Arrays, part_of, put_under
from api.domain.folding import fold

# What people call services, by the folded names that TMDB and JustWatch give them; the best first.
_NICKNAMES = {
    "amazon prime video": ("prime video", "amazon prime", "prime"),
    "disney plus": ("disney",),
    "hbo max": ("max",),
    "apple tv plus": ("apple tv",),
    "apple tv": ("apple tv plus",),
    "paramount plus": ("paramount",),
    "paramount plus premium": ("paramount plus", "paramount"),
    "peacock premium": ("peacock",),
}


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A streaming service with everything it is called."""

    short_name: str
    name: str
    aliases: Sequence[str] = ()


class Services:
    """Streaming services by all their names."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._short_names = Labels(part_of(arrays, "short_names"))
        self._labels = Labels(part_of(arrays, "labels"))
        self._names = NameTable(part_of(arrays, "names"))
        self._namesakes = NameTable(part_of(arrays, "namesakes"))
        # They are some hundred, and hardly a word of a text begins one.
        self._first_words = frozenset(name.partition(" ")[0] for name in self._names)

    @classmethod
    def of(cls, services: Iterable[ServiceName]) -> Self:
        """An index of these; a later one takes a name from an earlier one, and no nickname does."""
        own = list(services)
        rows = {
            fold(name): row
            for row, one in enumerate(own)
            for name in (*one.aliases, one.short_name, one.name)
        }
        for name, nicknames in _NICKNAMES.items():
            for nickname in nicknames if name in rows else ():
                rows.setdefault(nickname, rows[name])
        return cls(
            {
                **put_under("short_names", Labels.of(one.short_name for one in own).arrays),
                **put_under("labels", Labels.of(one.name for one in own).arrays),
                **put_under("names", NameTable.of(list(rows), list(rows.values())).arrays),
                **put_under(
                    "namesakes",
                    NameTable.of([fold(one.name) for one in own], range(len(own))).arrays,
                ),
            }
        )

    def called(self, name: str) -> list[str]:
        """The short names of all services of this name: countries may have one each."""
        return [self._short_names[row] for row in self._namesakes.get(fold(name))]

    def longest(
        self, words: Sequence[str], start: int, stop: int
    ) -> tuple[int, ServiceName | None]:
        """(end, service) of the longest name that begins at `start`; without its other names."""
        if start >= stop or words[start] not in self._first_words:
            return start, None
        for end in range(min(start + 4, stop), start, -1):
            if rows := self._names.get(" ".join(words[start:end])):
                (row,) = rows
                return end, ServiceName(self._short_names[row], self._labels[row])
        return start, None
