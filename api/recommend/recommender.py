"""GET /recommend: one list per request and viewer, cut into pages.

Page one runs the pipeline and stores the whole list; every later page reads it, whichever process
answers. Page one itself is reused as long as nothing that it depends on has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Protocol
from uuid import UUID, uuid4

import numpy as np
import orjson
from cachetools import TTLCache

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.domain.deadline import Deadline
from api.language.interpreter import Interpreter
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import ExpiredCursor, InvalidCursor
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.people import people_behind
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import gather_evidence
from api.recommend.lists.list_provenance import ListProvenance, ids_digest
from api.recommend.lists.pages import Pages
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import is_kept, read_slate, store_slate
from api.recommend.pipeline.recording import Step
from api.recommend.pipeline.trace import Trace
from api.recommend.preview.rehearsal import Rehearsal
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.request import RecommendRequest
from api.recommend.strategy import Chosen, RequestContext, Strategy, StrategyChoice
from api.viewers.versions import Versions, read_versions
from config.business_rules import BusinessRules, BusinessRulesFile
from config.explanations import ExplanationTemplatesFile

CURSOR_KIND = "recommend"
# The request, the strategy, the viewer's versions, and those of facts, rules and templates.
PageKey = tuple[RecommendRequest, str, Versions, int, int, int]
_REHEARSED = 0  # the seed of every rehearsal: the same question gets the same answer
_CACHED_PAGES = 2048  # about 45 MB of pages of twenty


@dataclass(frozen=True, slots=True)
class Served:
    """One page, ready to send."""

    body: bytes
    slate_id: UUID
    server_timing: str = ""
    after: Callable[[], object] | None = None  # to be called once the answer is sent


@dataclass(frozen=True, slots=True)
class Recommender:
    """The use case; one per process."""

    database: Database
    strategies: StrategyChoice
    catalogue: ResidentCatalogue
    interpreter: Interpreter
    pages: Pages
    cursors: Cursors
    rules: BusinessRulesFile
    templates: ExplanationTemplatesFile
    model_seconds: float  # that all language models of a request have together
    slate_ttl: timedelta
    clock: Callable[[], datetime]
    cache: "PageCache"
    after: "AfterServing" = lambda *_: None
    kinds: Kinds = EVIDENCE
    new_slate_id: Callable[[], UUID] = uuid4

    def warm_up(self) -> None:
        """Loads the catalogue and its names, so that the first viewer does not wait for them."""
        self.catalogue.current(1, self.clock())
        self.interpreter.names(1)

    def first_page(self, request: RecommendRequest, *, debug: bool = False) -> Served:
        """Runs the pipeline, unless this very answer is at hand. With `debug` it always runs."""
        now = self.clock()
        versions = read_versions(self.database, request.user_id, request.profile)
        chosen = self.strategies.choose(request, versions)
        strategy = chosen.strategy
        facts = self.catalogue.current(versions.catalogue_version, now)
        rules = self.rules.current()
        self.templates.current()
        key = (
            request,
            strategy.name,
            versions,
            facts.version,
            self.rules.version,
            self.templates.version,
        )
        if not debug and (cached := self._cached(key)) is not None:
            return cached
        trace = Trace()
        with trace.span("viewer", "taste"):
            viewer = strategy.viewers.of(versions, facts, now)
        slate_id = self.new_slate_id()
        context = self._context(request, now, versions, facts, rules, seed=slate_id.int)
        query, ranking = strategy.rank(strategy.query(context, viewer), trace)
        slate = self._slate(slate_id, chosen, context, query, ranking, trace.degraded)
        with trace.span("slate", "store"):
            store_slate(
                self.database,
                slate,
                request_hash=request_hash(request),
                now=now,
                kinds=self.kinds,
            )
        with trace.span("explain", "page"):
            body = self._body(slate, 0, request, facts, trace if debug else None)
        served = Served(body, slate.id, trace.server_timing())
        if not slate.degraded and not debug:
            self.cache.put(key, replace(served, server_timing="cache"))
        if debug:
            return served
        # The words were read once, maybe by a model: what follows goes by what was understood.
        return replace(
            served, after=self.after(slate, replace(context, intent=query.intent), strategy)
        )

    def rehearse(self, request: RecommendRequest) -> Rehearsal:
        """Runs the pipeline as a first page would; nothing is stored, kept or sent."""
        now = self.clock()
        versions = read_versions(self.database, request.user_id, request.profile)
        strategy = self.strategies.choose(request, versions).strategy
        facts = self.catalogue.current(versions.catalogue_version, now)
        trace, steps = Trace(), list[Step]()
        with trace.span("viewer", "taste"):
            viewer = strategy.viewers.of(versions, facts, now)
        context = self._context(
            request, now, versions, facts, self.rules.current(), seed=_REHEARSED
        )
        query, ranking = strategy.pipeline.run(strategy.query(context, viewer), trace, steps)
        return Rehearsal(strategy, query, ranking, tuple(steps), trace)

    def next_page(self, request: RecommendRequest, cursor: str) -> Served:
        """The page that a cursor points at.

        Raises InvalidCursor for a forged one or one of other parameters, ExpiredCursor for one
        whose list is no longer kept.
        """
        payload = self.cursors.read(cursor, kind=CURSOR_KIND)
        try:
            slate_id, offset = UUID(payload["slate"]), int(payload["offset"])
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidCursor from error
        now = self.clock()
        found = read_slate(self.database, slate_id, self.kinds)
        if found is None:
            raise ExpiredCursor
        slate, answered, created_at = found
        if answered != request_hash(request):
            raise InvalidCursor
        if created_at + self.slate_ttl < now:
            raise ExpiredCursor
        facts = self.catalogue.current(0, now)
        return Served(self._body(slate, offset, request, facts, None), slate_id)

    def _cached(self, key: PageKey) -> Served | None:
        page = self.cache.get(key)
        # Deleting a user moves the version of a profile, but a stranger has none: their page must
        # not outlive its list.
        is_stranger = key[2].profile_id is None
        if page is not None and is_stranger and not is_kept(self.database, page.slate_id):
            return None
        return page

    def _context(
        self,
        request: RecommendRequest,
        now: datetime,
        versions: Versions,
        facts: CatalogueFacts,
        rules: BusinessRules,
        *,
        seed: int,
    ) -> RequestContext:
        deadline = Deadline.after(self.model_seconds)
        return RequestContext(
            request, now, versions, facts, rules, seed=seed, model_deadline=deadline
        )

    def _slate(
        self,
        slate_id: UUID,
        chosen: Chosen,
        context: RequestContext,
        query: Query,
        ranking: Ranking,
        degraded: tuple[str, ...],
    ) -> Slate:
        numbers, rules = self.strategies.keep(chosen.strategy, context.rules)
        provenance = provenance_of(
            query, ranking, context.versions, configuration=numbers, rules=rules, degraded=degraded
        )
        return Slate(
            id=slate_id,
            request=query.request,
            item_ids=ranking.pool.ids[ranking.order],
            scores=ranking.scores,
            evidence=gather_evidence(query, ranking, self.kinds),
            people=people_behind(query),
            phrases=ranking.phrases,
            degraded=degraded,
            relaxed=query.relaxed,
            empty_because=None if len(ranking.order) else why_empty(query),
            interpreted=query.interpreted,
            most_per_page=query.intent.count if query.intent is not None else None,
            strategy=chosen.strategy.name,
            assignment=chosen.assignment,
            provenance=provenance,
        )

    def _body(
        self,
        slate: Slate,
        offset: int,
        request: RecommendRequest,
        facts: CatalogueFacts,
        trace: Trace | None,
    ) -> bytes:
        size = min(request.limit, slate.most_per_page or request.limit)
        stop = min(offset + size, len(slate))
        cursor = None
        if stop < len(slate):
            payload = {"slate": slate.id.hex, "offset": stop}
            cursor = self.cursors.sign(payload, kind=CURSOR_KIND)
        return self.pages.render(
            slate, offset, stop, facts=facts, country=request.country, cursor=cursor, trace=trace
        )


class AfterServing(Protocol):
    """What a served list has for a consequence beside its page."""

    def __call__(
        self, slate: Slate, context: RequestContext, served: Strategy, /
    ) -> Callable[[], object] | None:
        """What is to be called once the answer is sent; None for nothing."""
        ...


class PageCache:
    """Ready pages by everything they depend on; a write moves a version and so misses. Bounded."""

    def __init__(self, ttl_seconds: float) -> None:
        """A `ttl_seconds` of 0 keeps nothing."""
        self._lock = Lock()
        self._pages: TTLCache[object, Served] = TTLCache(_CACHED_PAGES, ttl_seconds)

    def get(self, key: PageKey) -> Served | None:
        """The page of this key, while it is fresh."""
        with self._lock:
            return self._pages.get(key)

    def put(self, key: PageKey, page: Served) -> None:
        """Keeps a page."""
        with self._lock:
            self._pages[key] = page


def request_hash(request: RecommendRequest) -> bytes:
    """What a cursor is bound to: every parameter but the page's size."""
    fields = {name: value for name, value in request.fields().items() if name != "limit"}
    return sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).digest()


def provenance_of(
    query: Query,
    ranking: Ranking,
    versions: Versions,
    *,
    configuration: str,
    rules: str,
    degraded: tuple[str, ...],
) -> ListProvenance:
    """What the list was made with; digests in hex."""
    viewer = query.viewer
    return ListProvenance(
        configuration=configuration,
        rules=rules,
        catalogue_version=query.facts.version,
        facts_at=query.facts.read_at,
        profile_id=versions.profile_id,
        profile_version=versions.profile_version,
        shares_taste=versions.shares_taste,
        learned_at=viewer.learned_at or query.now,
        excluded=len(viewer.excluded_ids),
        excluded_digest=ids_digest(viewer.excluded_ids),
        space_id=versions.space_id,
        space_model=versions.space_model,
        model_id=versions.model_id,
        preferences=viewer.preferences,
        degraded=degraded,
        intent=query.intent,
        judged=ranking.judged,
    )


def why_empty(query: Query) -> str:
    """One sentence on why nothing can be recommended."""
    if len(query.facts) == 0:
        return "The catalogue is empty; run `make etl-tmdb`, or `make demo` for a sample."
    unseen = np.ones(len(query.facts), dtype=np.bool_)
    unseen[query.facts.known_rows(query.viewer.excluded_ids)] = False
    if not unseen.any():
        return "This viewer has seen or refused every title of the catalogue."
    never = [str(one) for one in query.viewer.preferences if one.stance == "never"]
    stated = f", and what the viewer states: {', '.join(never)}" if never else ""
    filters = f"every filter of the request and of the business rules{stated}"
    return f"No unseen title that is out keeps {filters}."
