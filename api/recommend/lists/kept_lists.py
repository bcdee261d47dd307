"""Lists whose first page was sent of late: their next pages are cut from memory.

In another process, after a while, and once anything about the viewer or the catalogue has moved,
the stored list is read and what may not be shown any more is asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import UUID

from cachetools import LRUCache

from api.platform.cache_counts import CacheCounts, CacheFigures
from api.recommend.lists.kept_pages import PageKey
from api.recommend.lists.paging import request_hash
from api.recommend.lists.served import Served, SideEffect
from api.recommend.lists.slate import Slate
from api.viewers.versions import Versions

_MOST = 256  # at most 75 KB each


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list, and what it was made for and from."""

    slate: Slate
    request_hash: bytes
    versions: Versions
    facts: int
    made_at: datetime


class KeptLists(SideEffect):
    """Keeps the newest lists of this process. Bounded; thread-safe."""

    name = "keep_list"

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts = CacheCounts()
        self._lists: LRUCache[UUID, KeptList] = LRUCache(_MOST)

    def find(self, slate_id: UUID, versions: Versions, facts: int) -> KeptList | None:
        """The list, where nothing has moved that would leave a title of it out by now."""
        with self._lock:
            kept = self._lists.get(slate_id)
            if kept is not None and (kept.versions, kept.facts) != (versions, facts):
                kept = None
            self._counts.count(hits=kept is not None)
            return kept

    def at_hand(
        self,
        slate_id: UUID,
        versions: Versions,
        facts: int,
        *,
        has_cards: Callable[[Slate], bool],
    ) -> KeptList | None:
        """The same where the cards of its page are at hand, too.

        Whoever does not find it looks again with `find`, so only what is found is counted.
        """
        with self._lock:
            kept = self._lists.get(slate_id)
        if kept is None or (kept.versions, kept.facts) != (versions, facts):
            return None
        if not has_cards(kept.slate):
            return None
        with self._lock:
            self._counts.count(hits=True)
        return kept

    def cache_figures(self) -> CacheFigures:
        """How often a list was at hand."""
        with self._lock:
            return self._counts.figures(self._lists)

    def applies_to(self, served: Served) -> bool:
        """Of lists of one viewer; a stranger's version does not tell that a list was removed, nor
        a viewer's what others of the household saw."""
        query = served.run.query
        return (
            isinstance(served.page_key, PageKey)
            and query.versions.profile_id is not None
            and not any(one.follows_viewers for one in query.constraints)
        )

    def follow(self, served: Served) -> None:
        """Keeps the list for the pages that follow."""
        query = served.run.query
        kept = KeptList(
            served.slate,
            request_hash(query.request),
            query.versions,
            query.facts.version,
            query.now,
        )
        with self._lock:
            self._lists[served.slate_id] = kept
