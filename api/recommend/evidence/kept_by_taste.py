"""What is worked out of a viewer's taste, kept for the viewers who asked last."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import ref

from cachetools import LRUCache

from api.recommend.query import Query

Found = TypeVar("Found")

_KEPT_TASTES = 128  # as many as viewers are kept


class KeptByTaste(Generic[Found]):
    """Kept by the titles of the taste, what they say, and the catalogue that they are read in.

    Thread-safe; two threads may each work it out once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: LRUCache[Hashable, Found] = LRUCache(_KEPT_TASTES)

    def of(self, query: Query, work_out: Callable[[], Found]) -> Found:
        """What was found for this taste before, or what is found now."""
        key = _key_of(query)
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        found = work_out()
        with self._lock:
            self._kept[key] = found
        return found


def _key_of(query: Query) -> Hashable:
    taste, facts, similarity = query.viewer.taste, query.facts, query.similarity
    return (
        # By the very object, which it does not keep: two catalogues may be of one version.
        (facts.version, facts.read_at, similarity and ref(similarity)),
        taste.known_ids.tobytes(),
        taste.known_weights.tobytes(),
        taste.known_named.tobytes(),
    )
