"""What a cache tells of itself to whoever watches the process."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from cachetools import Cache


@dataclass(frozen=True, slots=True)
class CacheFigures:
    """One cache, or all of one name taken together."""

    hits: int
    misses: int
    entries: int
    most: int  # entries that fit


@runtime_checkable
class KeepsAnswers(Protocol):
    """A component that remembers what it read, encoded or was told."""

    def cache_figures(self) -> CacheFigures:
        """How its cache has done since the process started."""
        ...


class CacheCounts:
    """How often one cache had what was asked for. Belongs under the lock of that cache."""

    def __init__(self) -> None:
        self._hits = 0
        self._asked = 0

    def count(self, *, asked: int = 1, hits: int) -> None:
        """Of what was asked for at once, how much was there."""
        self._asked += asked
        self._hits += hits

    def figures(self, cache: Cache[Any, Any]) -> CacheFigures:
        """The counts beside the size of the cache that they are of."""
        return CacheFigures(self._hits, self._asked - self._hits, len(cache), int(cache.maxsize))
