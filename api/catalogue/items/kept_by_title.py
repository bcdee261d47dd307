"""What was read of single titles, kept for as long as those titles stay what they are."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

from api.platform.cache_counts import CacheCounts, CacheFigures

# (version, later version) -> the titles that changed between them; None: it may be any.
ChangedBetween = Callable[[int, int], frozenset[int] | None]

Value = TypeVar("Value")


class KeptByTitle(Generic[Value]):
    """Values by title and by what else they are of, such as a country.

    Where the catalogue moves to a later version, those of titles that changed are forgotten.
    Bounded. Thread-safe; no lock is held while the database is asked what changed.
    """

    def __init__(self, most: int, changed: ChangedBetween) -> None:
        self._changed = changed
        self._lock = Lock()
        self._version = -1
        self._counts = CacheCounts()
        self._kept: LRUCache[tuple[int, Hashable], Value] = LRUCache(most)

    def find(
        self, item_ids: Iterable[int], *, of: Hashable, version: int
    ) -> tuple[dict[int, Value], int]:
        """What is kept of these titles as of `version` or later, and the version that is: `keep`
        wants it together with what is read of the others from now on."""
        self._move_to(version)
        with self._lock:
            asked = list(item_ids)
            found = {
                one: value for one in asked if (value := self._kept.get((one, of))) is not None
            }
            self._counts.count(asked=len(asked), hits=len(found))
            return found, self._version

    def keep(self, values: Mapping[int, Value], *, of: Hashable, found_at: int) -> None:
        """Keeps what was read after `find` had told `found_at`, if nothing has moved meanwhile."""
        with self._lock:
            if found_at == self._version:
                self._kept.update({(one, of): value for one, value in values.items()})

    def has(self, item_ids: Iterable[int], *, of: Hashable, version: int) -> bool:
        """Whether `find` would have all of them, and without asking the database."""
        with self._lock:
            return version <= self._version and all((one, of) in self._kept for one in item_ids)

    def cache_figures(self) -> CacheFigures:
        """How often a value was at hand."""
        with self._lock:
            return self._counts.figures(self._kept)

    def _move_to(self, version: int) -> None:
        with self._lock:
            before, is_empty = self._version, not self._kept
        if version <= before:
            return
        changed = None if is_empty else self._changed(before, version)
        with self._lock:
            # Another thread may have moved it as far, or part of the way: then less has changed.
            if version <= self._version:
                return
            self._version = version
            if changed is None:
                self._kept.clear()
                return
            for key in [key for key in self._kept if key[0] in changed]:
                del self._kept[key]
