"""GET /recommend: one list per request and viewer, cut into pages.

Page one runs the pipeline and stores the whole list; every later page reads it, whichever process
answers. Page one itself is reused as long as nothing that it depends on has changed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from api.platform.database import Database
from api.platform.errors import ExpiredCursor
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.draw_seed import draw_seed
from api.recommend.lists.in_flight import InFlight
from api.recommend.lists.kept_lists import KeptLists
from api.recommend.lists.kept_pages import KeptPages, PageKey
from api.recommend.lists.left_out import LeftOut
from api.recommend.lists.list_id import new_list_id
from api.recommend.lists.page_window import WhichAreLeftOut
from api.recommend.lists.paging import Paging, require_same_request
from api.recommend.lists.served import Served
from api.recommend.lists.side_effects import SideEffects
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import read_slate
from api.recommend.request import RecommendRequest
from api.recommend.runs import PreparedRun, Runs
from api.viewers.versions import Versions, read_versions
from config.explanations import ExplanationTemplatesFile

# On the event loop a page of so many titles holds everybody up for less than a thread costs it.
_MOST_AT_HAND = 40


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to send."""

    body: bytes
    slate_id: UUID
    server_timing: str = ""
    after: Callable[[], None] | None = None  # to be called once the page is sent


@dataclass(frozen=True, slots=True)
class Recommender:
    """The use case; one per process."""

    database: Database
    runs: Runs
    paging: Paging
    templates: ExplanationTemplatesFile
    kept_pages: KeptPages
    kept_lists: KeptLists
    side_effects: SideEffects
    left_out: LeftOut
    slate_ttl: timedelta
    kinds: Kinds = EVIDENCE
    in_flight: InFlight[Page] = field(default_factory=InFlight)

    def new_slate_id(self) -> UUID:
        """The id of a list that is made now."""
        return new_list_id(self.runs.clock())

    def versions_behind(self, user_id: str, profile: str | None) -> Versions:
        """What an answer to this viewer depends on now."""
        return read_versions(self.database, user_id, profile)

    def page_at_hand(self, request: RecommendRequest, versions: Versions) -> Page | None:
        """The first page where it is in memory, for the event loop: waits for nothing."""
        facts = self.runs.catalogue.at_hand(versions.catalogue_version, self.runs.clock())
        if facts is None or self.runs.rules.has_changed or self.templates.has_changed:
            return None
        chosen = self.runs.strategies.choose(request, versions)
        key = PageKey(
            request,
            chosen.strategy.name,
            versions,
            facts=facts.version,
            rules=self.runs.rules.version,
            templates=self.templates.version,
        )
        kept = self.kept_pages.at_hand(key)
        return None if kept is None else Page(kept.body, kept.slate_id, "cache")

    def first_page(
        self, request: RecommendRequest, *, versions: Versions | None = None, debug: bool = False
    ) -> Page:
        """Runs the request, unless this very answer is at hand. With `debug` it always runs.

        `versions` are those behind its viewer, where they have just been read.
        """
        prepared = self.runs.prepare(request, versions=versions)
        key = self._key(prepared)
        if not debug and (kept := self.kept_pages.find(key)) is not None:
            return Page(kept.body, kept.slate_id, "cache")
        make = partial(self._made_page, prepared, key, is_debug=debug)
        if debug or request.temperature > 0:  # who asks for chance asks for a list of their own
            return make()
        page, is_own = self.in_flight.once(key, make)
        return page if is_own else Page(page.body, page.slate_id, "cache")

    def _made_page(self, prepared: PreparedRun, key: PageKey, *, is_debug: bool) -> Page:
        slate_id = self.new_slate_id()
        run = prepared.run(seed=self._seed(prepared, slate_id))
        with prepared.trace.span("page", "list"):
            served = Served.of(run, slate_id, prepared.chosen)
        return self.serve(replace(served, page_key=key, is_debug=is_debug))

    def _seed(self, prepared: PreparedRun, slate_id: UUID) -> int:
        """Who asks for chance gets a draw of their own, others the one of every process."""
        if prepared.query.request.temperature > 0:
            return slate_id.int
        strategy = prepared.chosen.strategy.name
        return draw_seed(prepared.query, strategy=strategy, lasts=self.slate_ttl)

    def serve(self, served: Served) -> Page:
        """Stores the list of a run and answers its first page."""
        run, slate, trace = served.run, served.slate, served.run.trace
        with self.side_effects.beside(served, trace), trace.span("page", "body"):
            body = self.paging.page(
                slate,
                0,
                request=slate.request,
                facts=run.query.facts,
                catalogue_version=run.query.versions.catalogue_version,
                limits=run.query.versions.limits,
                trace=trace if served.is_debug else None,
            )
        served = replace(served, body=body)
        self.side_effects.before(served, trace)
        return Page(body, slate.id, trace.server_timing(), self.side_effects.after(served))

    @contextmanager
    def storing(self, served: Served) -> Iterator[None]:
        """Stores the list of a run beside the block, which writes its pages."""
        with self.side_effects.beside(served, served.run.trace):
            yield
        self.side_effects.before(served, served.run.trace)

    def next_page(
        self,
        request: RecommendRequest,
        cursor: str,
        *,
        versions: Versions | None = None,
        left_out: WhichAreLeftOut | None = None,
    ) -> Page:
        """The page that a cursor points at; `versions` as in `first_page`.

        `left_out` tells what may not be shown any more, where the viewer's own events do not.

        Raises InvalidCursor for a forged one or one of other parameters, ExpiredCursor for one
        whose list is no longer kept.
        """
        slate_id, offset = self.paging.place(cursor)
        now = self.runs.clock()
        facts = self.runs.catalogue.current(0, now)
        versions = versions or self.versions_behind(request.user_id, request.profile)
        kept = self.kept_lists.find(slate_id, versions, facts.version)
        if kept is not None:
            slate, created_at = kept.slate, kept.made_at
            require_same_request(kept.request_hash, request, of=slate.request)
        else:
            slate, created_at = self.stored_list(slate_id, request)
            left_out = left_out or partial(
                self.left_out.among,
                request=request,
                profile_id=versions.profile_id,
                facts=facts,
                now=now,
                interpreted=slate.interpreted,
            )
        if created_at + self.slate_ttl < now:
            raise ExpiredCursor
        body = self.paging.page(
            slate,
            offset,
            request=request,
            facts=facts,
            catalogue_version=versions.catalogue_version,
            limits=versions.limits,
            left_out=left_out,
        )
        return Page(body, slate_id)

    def next_page_at_hand(
        self, request: RecommendRequest, cursor: str, versions: Versions
    ) -> Page | None:
        """A later page where its list and its cards are in memory, for the event loop: waits for
        nothing. Raises as `next_page` does."""
        now = self.runs.clock()
        facts = self.runs.catalogue.at_hand(versions.catalogue_version, now)
        if facts is None or self.templates.has_changed or request.limit > _MOST_AT_HAND:
            return None
        slate_id, offset = self.paging.place(cursor)
        kept = self.kept_lists.at_hand(
            slate_id,
            versions,
            facts.version,
            has_cards=lambda slate: self.paging.is_at_hand(slate, offset, request, versions),
        )
        if kept is None:
            return None
        if request != kept.slate.request:  # as it is of a query that was read before
            require_same_request(kept.request_hash, request, of=kept.slate.request)
        if kept.made_at + self.slate_ttl < now:
            raise ExpiredCursor
        body = self.paging.page(
            kept.slate,
            offset,
            request=request,
            facts=facts,
            catalogue_version=versions.catalogue_version,
            limits=versions.limits,
        )
        return Page(body, slate_id)

    def stored_list(self, slate_id: UUID, request: RecommendRequest) -> tuple[Slate, datetime]:
        """A list that a cursor names, and when it was made; raises as `next_page`."""
        found = read_slate(self.database, slate_id, self.kinds)
        if found is None:
            raise ExpiredCursor
        slate, answered, created_at = found
        require_same_request(answered, request, of=slate.request)
        return slate, created_at

    def page_of(
        self,
        slate_id: UUID,
        request: RecommendRequest,
        versions: Versions,
        left_out: WhichAreLeftOut,
    ) -> Page:
        """The first page of a stored list, as it may be shown now.

        Raises ExpiredCursor for a list that is no longer kept.
        """
        found = read_slate(self.database, slate_id, self.kinds)
        if found is None:
            raise ExpiredCursor
        body = self.paging.page(
            found[0],
            0,
            request=request,
            facts=self.runs.catalogue.current(0, self.runs.clock()),
            catalogue_version=versions.catalogue_version,
            limits=versions.limits,
            left_out=left_out,
        )
        return Page(body, slate_id)

    def _key(self, prepared: PreparedRun) -> PageKey:
        self.templates.current()
        query = prepared.query
        return PageKey(
            query.request,
            prepared.chosen.strategy.name,
            query.versions,
            facts=query.facts.version,
            rules=prepared.rules_version,
            templates=self.templates.version,
        )
