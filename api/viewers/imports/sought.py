"""What a row is looked for by besides the key of its title, kept while it waits for that.

A row that joins later is to be matched as it would have been at first: with the order and the media
of its names, and with what tells namesakes apart.
"""

from dataclasses import dataclass, replace
from typing import Any

import orjson

from api.viewers.imports.row import Name, Row

_MOST_NAMES = 20
_LONGEST = 500  # letters: no title has more


@dataclass(frozen=True, slots=True)
class Sought:
    """As the source wrote it; ids, year and media type are in the key."""

    title: str
    names: tuple[Name, ...]
    runtime: int | None
    people: tuple[str, ...]

    @classmethod
    def of(cls, row: Row) -> "Sought":
        """What the row tells."""
        return cls(row.title, row.names[:_MOST_NAMES], row.runtime, row.people)

    @classmethod
    def read(cls, held: dict[str, Any]) -> "Sought":
        """What `written` wrote."""
        names = tuple(Name(title, media, is_certain) for title, media, is_certain in held["names"])
        return cls(held["title"], names, held["runtime"], tuple(held["people"]))

    def written(self) -> str:
        """As JSON that Postgres takes."""
        names = [(_kept(name.title), name.media_type, name.is_certain) for name in self.names]
        held = {
            "title": _kept(self.title),
            "names": names,
            "runtime": self.runtime,
            "people": [_kept(name) for name in self.people],
        }
        return orjson.dumps(held).decode()

    def told_to(self, row: Row) -> Row:
        """The row that a key tells of, with the rest of what it told."""
        return replace(
            row, title=self.title, names=self.names, runtime=self.runtime, people=self.people
        )


def _kept(text: str) -> str:
    return text.replace("\0", "")[:_LONGEST]
