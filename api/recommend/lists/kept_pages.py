"""First pages that are sent again as they are, as long as nothing that they depend on has moved."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import NamedTuple, cast
from uuid import UUID

from cachetools import TTLCache

from api.catalogue.items.changed_titles import changed_titles
from api.platform.cache_counts import CacheCounts, CacheFigures
from api.platform.database import Database
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import titles_named
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


@dataclass(slots=True)
class KeptPage:
    """The bytes of a page, and the list that its cursor walks through."""

    key: PageKey  # moves with the catalogue, as long as none of the titles changes
    body: bytes
    slate_id: UUID
    # Those that it may tell of; None where it depends on more of the catalogue than its titles.
    titles: frozenset[int] | None


class KeptPages(SideEffect):
    """Keeps first pages in this process, and finds them again. Bounded; thread-safe."""

    name = "keep_page"

    def __init__(self, database: Database, *, ttl_seconds: float, kinds: Kinds = EVIDENCE) -> None:
        """A `ttl_seconds` of 0 keeps nothing."""
        self._kinds = kinds
        self._database = database
        self._changed = partial(changed_titles, database)
        self._lock = Lock()
        self._counts = CacheCounts()
        self._pages: TTLCache[Hashable, KeptPage] = TTLCache(_MOST, ttl_seconds)

    def find(self, key: PageKey) -> KeptPage | None:
        """The page of this key, while it is fresh and its list is there."""
        with self._lock:
            kept = self._pages.get(key.asked)
        page = self._moved(kept, key) if kept is not None else None
        with self._lock:
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
            page = self._pages.get(key.asked)
            if page is None or page.key != key:
                return None
            self._counts.count(hits=True)
        return page

    def _moved(self, page: KeptPage, key: PageKey) -> KeptPage | None:
        """The page, if it is of this key or of an older catalogue with the same titles in it."""
        kept_at, version = page.key, key.versions.catalogue_version
        if kept_at == key:
            return page
        earlier = kept_at.versions.catalogue_version
        moved = replace(kept_at.versions, catalogue_version=version)
        if page.titles is None or earlier > version or kept_at._replace(versions=moved) != key:
            return None
        changed = self._changed(earlier, version)
        if changed is None or not page.titles.isdisjoint(changed):
            return None
        # Whoever asks next need not ask what changed.
        page.key = key
        return page

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
        page = KeptPage(key, served.body, served.slate_id, self._titles_of(served))
        with self._lock:
            self._pages[key.asked] = page

    def _titles_of(self, served: Served) -> frozenset[int] | None:
        """Of a request without words, without conditions that are looked up, and of a profile
        without limits: which titles those let through, any change of the catalogue may alter."""
        query, slate = served.run.query, served.slate
        is_looked_up = any(one.is_looked_up for one in query.constraints)
        if is_looked_up or query.request.text is not None or query.versions.limits.hide_titles:
            return None
        places = slice(0, query.request.limit)
        named = {
            one
            for records in (slate.evidence, *(member.evidence for member in slate.members))
            for one in titles_named(records[places], self._kinds)
        }
        return frozenset(named.union(slate.item_ids[places].tolist()))
