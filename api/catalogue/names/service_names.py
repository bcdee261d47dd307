"""Streaming services as texts name them."""

from collections.abc import Iterable, Sequence
from typing import Self

from api.catalogue.names.name_table import Labels, NameTable
from api.catalogue.names.service_spellings import (
    NICKNAMES,
    ServiceName,
    service_key,
    service_words,
)
from api.domain.arrays import Arrays, part_of, put_under


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
            service_words(name): row
            for row, one in enumerate(own)
            for name in (*one.aliases, one.short_name, one.name)
        }
        for name, nicknames in NICKNAMES.items():
            for nickname in nicknames if name in rows else ():
                rows.setdefault(nickname, rows[name])
        return cls(
            {
                **put_under("short_names", Labels.of(one.short_name for one in own).arrays),
                **put_under("labels", Labels.of(one.name for one in own).arrays),
                **put_under("names", NameTable.of(list(rows), list(rows.values())).arrays),
                **put_under(
                    "namesakes",
                    NameTable.of([service_key(one.name) for one in own], range(len(own))).arrays,
                ),
            }
        )

    def called(self, name: str) -> list[str]:
        """The short names of all services of this name: countries may have one each."""
        return [self._short_names[row] for row in self._namesakes.get(service_key(name))]

    def of_words(self, words: str) -> ServiceName | None:
        """The service of exactly these words; without its other names."""
        for row in self._names.get(words):
            return ServiceName(self._short_names[row], self._labels[row])
        return None

    def longest(
        self, words: Sequence[str], start: int, stop: int
    ) -> tuple[int, ServiceName | None]:
        """(end, service) of the longest name that begins at `start`; without its other names."""
        if start >= stop or words[start] not in self._first_words:
            return start, None
        for end in range(min(start + 4, stop), start, -1):
            if service := self.of_words(" ".join(words[start:end])):
                return end, service
        return start, None
