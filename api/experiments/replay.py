"""Recomputes a served list from what was noted with it, and tells why it differs if it does.

Numbers, rules, the words as they were read, what a hosted model said and the seed are those of
then. So are preferences, and events unless they were changed or taken back. Catalogue, vectors and
the collaborative model are the present ones: a list is the same while these have not moved.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import numpy as np
from pydantic import ValidationError

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.experiments.list_overlap import overlap_at, rank_biased_overlap
from api.experiments.promotions import read_configuration
from api.platform.counted import counted
from api.platform.database import Database
from api.platform.errors import NotFound
from api.recommend.hydrate.viewer import LoadViewer
from api.recommend.lists.list_provenance import ListProvenance, ids_digest
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import read_provenance, read_slate
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.pipeline.run import Run
from api.recommend.pipeline.runner import Pipeline
from api.recommend.query import Query
from api.recommend.rerank.kept import KeptOrder
from api.recommend.strategy import Strategy
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import Versions, read_versions
from config.business_rules import BusinessRules
from config.strategy_files import Configuration, StrategyFile

Kept = TypeVar("Kept", Configuration, BusinessRules)

# Scores are stored as float32; sums may be taken in another order.
_SAME_SCORE = 1e-6


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A place that another title took, counted from 1; None where a list has no such place."""

    place: int
    then: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A list, recomputed. `reasons` are sentences on what is not as it was."""

    recommendation_id: UUID
    strategy: str
    created_at: datetime
    identical: bool
    places: int  # of the list as served
    differing: int  # places that another title took
    first: ChangedPlace | None
    same_titles: bool  # in another order, or with other scores, where not identical
    overlap_20: float
    rank_biased_overlap: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """The use case; `build` makes a strategy of numbers that may not be configured any more."""

    database: Database
    build: Callable[[StrategyFile], Strategy]

    def of(self, slate_id: UUID) -> Replayed:
        """Recomputes the list.

        Raises NotFound for one that is not kept, or was stored before its provenance was noted.
        """
        found = read_slate(self.database, slate_id)
        if found is None:
            raise NotFound(f"No list {slate_id} is kept.")
        slate, _, created_at = found
        provenance = read_provenance(self.database, slate_id)
        if provenance is None:
            raise NotFound(f"List {slate_id} was stored without what it was made with.")
        strategy = self.build(
            StrategyFile(slate.strategy, self._kept(Configuration, provenance.configuration))
        )
        trend = strategy.file.configuration.ranking.trend
        facts = load_facts(
            self.database, provenance.facts_at, trend=trend, until=provenance.facts_at
        )
        present = read_versions(self.database, slate.request.user_id, slate.request.profile)
        query = Query.of(
            slate.request,
            versions=_versions_of(provenance, present, facts),
            facts=facts,
            rules=self._kept(BusinessRules, provenance.rules),
            now=created_at,
            seed=slate_id.int if provenance.seed is None else int(provenance.seed, 16),
            intent=provenance.intent,
        )
        run = _as_it_ran(strategy, provenance, created_at).run(query)
        return _compared(slate, created_at, run, reasons=_moved(provenance, present, run))

    def _kept(self, model: type[Kept], digest: str) -> Kept:
        content = read_configuration(self.database, bytes.fromhex(digest))
        try:
            return model.model_validate(content)
        except ValidationError as error:
            entry = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise NotFound(
                f"This list was made by another version of the service: {entry or 'its numbers'} "
                "cannot be read."
            ) from error


class _ViewerOfThen(QueryHydrator):
    """Sets `viewer` as events and statements had it when the list was made."""

    name = LoadViewer.name

    def __init__(self, viewers: Viewers, provenance: ListProvenance, until: datetime) -> None:
        self._viewers = viewers
        self._provenance = provenance
        self._until = until

    def hydrate(self, query: Query) -> Query:
        learned_at, until = self._provenance.learned_at, self._until
        viewer = self._viewers.of(query.versions, query.facts, learned_at, until=until)
        return replace(query, viewer=replace(viewer, preferences=self._provenance.preferences))


def _versions_of(provenance: ListProvenance, present: Versions, facts: CatalogueFacts) -> Versions:
    """The versions of then; the present model and space stand in for those that were replaced."""
    return replace(
        provenance.versions,
        catalogue_version=facts.version,
        space_id=present.space_id,
        space_model=present.space_model,
        model_id=present.model_id,
    )


def _as_it_ran(strategy: Strategy, provenance: ListProvenance, created_at: datetime) -> Pipeline:
    """The pipeline without what failed then, with a hosted model's answer in place of the model."""
    pipeline, failed = strategy.pipeline.offline(), set(provenance.degraded)
    viewer_of_then = _ViewerOfThen(strategy.viewers, provenance, created_at)
    provider = strategy.file.configuration.reranker.provider
    reranker = pipeline.reranker
    if provider in ("openai", "gemini"):
        reranker = KeptOrder(f"rerank_{provider}", provenance.judged)
    if reranker is not None and reranker.name in failed:
        reranker = None
    return replace(
        pipeline,
        hydrators=tuple(
            viewer_of_then if isinstance(part, LoadViewer) else part
            for part in pipeline.hydrators
            if part.name not in failed
        ),
        sources=tuple(part for part in pipeline.sources if part.name not in failed),
        reranker=reranker,
    )


def _moved(provenance: ListProvenance, present: Versions, run: Run) -> tuple[str, ...]:
    reasons, then = [], provenance.versions
    facts, viewer, trace = run.query.facts, run.query.viewer, run.trace
    if facts.version != then.catalogue_version:
        reasons.append(
            f"The catalogue moved from version {then.catalogue_version} to {facts.version}."
        )
    if present.space_id != then.space_id:
        reasons.append(
            f"Embedding space {_number(then.space_id)} was replaced by {_number(present.space_id)}."
        )
    if present.model_id != then.model_id:
        reasons.append(
            f"Collaborative model {_number(then.model_id)} was replaced by "
            f"{_number(present.model_id)}."
        )
    if ids_digest(viewer.excluded_ids) != provenance.excluded_digest:
        reasons.append(
            "Events were changed or taken back: "
            f"{counted(provenance.excluded, 'title was', 'titles were')} excluded then, "
            f"{len(viewer.excluded_ids)} of what is left of that history."
        )
    elif present.profile_version != then.profile_version:
        reasons.append(
            f"The profile moved from version {then.profile_version} to "
            f"{present.profile_version}; its events of then are the same."
        )
    if trace.degraded:
        reasons.append(f"The replay had to do without {', '.join(trace.degraded)}.")
    return tuple(reasons)


def _number(identity: int | None) -> str:
    return "none" if identity is None else str(identity)


def _compared(
    slate: Slate, created_at: datetime, run: Run, *, reasons: tuple[str, ...]
) -> Replayed:
    then, now = slate.item_ids.tolist(), run.item_ids.tolist()
    longest = max(len(then), len(now))
    padded_then = then + [None] * (longest - len(then))
    padded_now = now + [None] * (longest - len(now))
    pairs = enumerate(zip(padded_then, padded_now, strict=True), start=1)
    differences = [ChangedPlace(place, was, is_) for place, (was, is_) in pairs if was != is_]
    identical = not differences and bool(
        np.allclose(slate.scores, run.listed.scores, atol=_SAME_SCORE)
    )
    if identical:
        reasons = ()
    elif not reasons:
        reasons = (
            "Nothing that was noted has moved: the service's code, feedback behind our own "
            "trends, or texts, offers and vectors written without a new version.",
        )
    return Replayed(
        recommendation_id=slate.id,
        strategy=slate.strategy,
        created_at=created_at,
        identical=identical,
        places=len(then),
        differing=len(differences),
        first=differences[0] if differences else None,
        same_titles=set(then) == set(now),
        overlap_20=overlap_at(then, now, 20),
        rank_biased_overlap=rank_biased_overlap(then, now),
        reasons=reasons,
    )
