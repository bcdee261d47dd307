"""Names with the rows that they stand for, and what rows are called, as arrays that are mapped."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import marisa_trie
import numpy as np

from api.domain.arrays import Arrays, Ints


class NameTable:
    """Finds the rows of a whole name, in a microsecond whatever their number. Never changes.

    A process has its own copy of the names, a trie of some ten bytes each; the rows stay mapped.
    """

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one."""
        self.arrays = arrays
        self._trie = marisa_trie.Trie()
        self._trie.frombytes(arrays["trie"].tobytes())
        # Through a memory view a number is Python's own, in a fifth of numpy's time.
        self._starts = arrays["starts"].data
        self._rows = arrays["rows"].data

    @classmethod
    def of(cls, names: Sequence[str], rows: Sequence[int] | Ints) -> Self:
        """`rows[i]` is what `names[i]` stands for; a name may stand for several."""
        trie = marisa_trie.Trie(names)
        places = np.fromiter(map(trie.key_id, names), dtype=np.int64, count=len(names))
        pairs = np.unique(np.stack([places, np.asarray(rows, dtype=np.int64)]), axis=1)
        counts = np.bincount(pairs[0], minlength=len(trie))
        return cls(
            {
                "trie": np.frombuffer(trie.tobytes(), dtype=np.uint8),
                "starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
                "rows": pairs[1].astype(np.int32),
            }
        )

    def __len__(self) -> int:
        return len(self._trie)

    def __iter__(self) -> Iterator[str]:
        """All names, in no order."""
        return iter(self._trie.keys())

    def get(self, name: str) -> tuple[int, ...]:
        """The rows of this name, ascending."""
        place = self._trie.get(name)
        return () if place is None else self.rows_at(place)

    def rows_at(self, place: int) -> tuple[int, ...]:
        """The rows of the name at this place, ascending."""
        return tuple(self._rows[self._starts[place] : self._starts[place + 1]])

    def beginning_with(self, words: str) -> Iterator[str]:
        """The names that begin with these words and go on, in no order."""
        names: Iterator[str] = self._trie.iterkeys(f"{words} ")
        return names

    def place_of(self, name: str) -> int:
        """Where this table has the name. Raises KeyError for one that it has not."""
        place: int = self._trie.key_id(name)
        return place

    def name_at(self, place: int) -> str:
        """The name at this place."""
        name: str = self._trie.restore_key(place)
        return name


class Labels:
    """A text for each row."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._starts = arrays["starts"].data
        self._bytes = arrays["bytes"].data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The text of each row, in their order."""
        encoded = [text.encode() for text in texts]
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        return cls(
            {
                "starts": np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32),
                "bytes": np.frombuffer(b"".join(encoded), dtype=np.uint8),
            }
        )

    def __getitem__(self, row: int) -> str:
        return bytes(self._bytes[self._starts[row] : self._starts[row + 1]]).decode()


class NameEntries:
    """Names with their rows, before they are laid out."""

    def __init__(self) -> None:
        self._names, self._rows = list[str](), array("i")

    def add(self, name: str, row: int) -> None:
        """One more name of a row."""
        self._names.append(name)
        self._rows.append(row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def table(self) -> NameTable:
        """Laid out."""
        return NameTable.of(self._names, self._rows)


def place_of(sought: int, ids: Ints) -> int | None:
    """Where the id stands among these; None where it does not."""
    found = np.flatnonzero(ids == sought)
    return int(found[0]) if len(found) else None
