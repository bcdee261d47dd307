"""First pages that are sent again as they are, as long as nothing that they depend on has moved."""

from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, cast
from uuid import UUID

from cachetools import TTLCache

from api.platform.cache_counts import CacheCounts, CacheFigures
from api.platform.database import Database
from api.recommend.lists.served import Served, SideEffect
from api.recommend.lists.slates import is_kept
from api.recommend.request import RecommendRequest
from api.viewers.versions import Versions

_MOST = 2048  # about 45 MB of pages of twenty


class PageKey(NamedTuple):
    """Everything that a first page depends on; a write moves a version and so misses."""

    request: RecommendRequest
    strategy: str
    versions: Versions
    facts: int
    rules: int
    templates: int

    @property
    def asked(self) -> Hashable:
        """What of it the client chose: of an older state of the rest nothing is kept."""
        return self.request, self.strategy


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The bytes of a page, and the list that its cursor walks through."""

    key: PageKey
    body: bytes
    slate_id: UUID


class KeptPages(SideEffect):
    """Keeps first pages in this process, and finds them again. Bounded; thread-safe."""

    name = "keep_page"

    def __init__(self, database: Database, *, ttl_seconds: float) -> None:
        """A `ttl_seconds` of 0 keeps nothing."""
        self._database = database
        self._lock = Lock()
        self._counts = CacheCounts()
        self._pages: TTLCache[Hashable, KeptPage] = TTLCache(_MOST, ttl_seconds)

    def find(self, key: PageKey) -> KeptPage | None:
        """The page of this key, while it is fresh and its list is there."""
        with self._lock:
            page = self._of(key)
            self._counts.count(hits=page is not None)
        # Deleting a user moves the version of a profile, but a stranger has none: their page must
        # not outlive its list.
        is_stranger = key.versions.profile_id is None
        if page is not None and is_stranger and not is_kept(self._database, page.slate_id):
            return None
        return page

    def at_hand(self, key: PageKey) -> KeptPage | None:
        """The same without asking the database: none for a stranger. Whoever does not find it looks
        again with `find`, so only what is found is counted."""
        if key.versions.profile_id is None:
            return None
        with self._lock:
            page = self._of(key)
            if page is not None:
                self._counts.count(hits=True)
        return page

    def _of(self, key: PageKey) -> KeptPage | None:
        page = self._pages.get(key.asked)
        return page if page is not None and page.key == key else None

    def cache_figures(self) -> CacheFigures:
        """How often a page was at hand."""
        with self._lock:
            return self._counts.figures(self._pages)

    def applies_to(self, served: Served) -> bool:
        # Who asks for chance asks for another list each time.
        is_drawn = served.slate.request.temperature > 0
        is_whole = not served.is_debug and not served.slate.degraded
        return is_whole and not is_drawn and isinstance(served.page_key, PageKey)

    def follow(self, served: Served) -> None:
        """Keeps the page for whoever asks the same."""
        key = cast("PageKey", served.page_key)  # as `applies_to` found
        with self._lock:
            self._pages[key.asked] = KeptPage(key, served.body, served.slate_id)
