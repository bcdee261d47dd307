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
from api.domain.arrays import Floats, Ints
from api.experiments.list_overlap import overlap_at, rank_biased_overlap
from api.experiments.promotions import read_configuration
from api.platform.database import Database
from api.platform.errors import NotFound
from api.recommend.lists.list_provenance import ListProvenance, ids_digest
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import read_provenance, read_slate
from api.recommend.pipeline.runner import Pipeline
from api.recommend.pipeline.trace import Trace
from api.recommend.rerank.kept import KeptOrder
from api.recommend.strategy import RequestContext, Strategy
from api.viewers.versions import Versions, read_versions
from api.viewers.viewer import Viewer
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
        versions = _versions_of(provenance, present, facts)
        viewer = strategy.viewers.of(versions, facts, provenance.learned_at, until=created_at)
        viewer = replace(viewer, preferences=provenance.preferences)
        context = RequestContext(
            slate.request,
            created_at,
            versions,
            facts,
            self._kept(BusinessRules, provenance.rules),
            seed=slate_id.int,
            intent=provenance.intent,
        )
        trace = Trace()
        pipeline = _as_it_ran(strategy, provenance)
        _, ranking = strategy.rank(strategy.query(context, viewer), trace, pipeline)
        return _compared(
            slate,
            created_at,
            ranking.pool.ids[ranking.order],
            ranking.scores,
            reasons=_moved(provenance, present, facts, viewer, trace),
        )

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


def _versions_of(provenance: ListProvenance, present: Versions, facts: CatalogueFacts) -> Versions:
    """The versions of then; the present model and space stand in for those that were replaced."""
    return Versions(
        catalogue_version=facts.version,
        profile_id=provenance.profile_id,
        profile_version=provenance.profile_version,
        shares_taste=provenance.shares_taste,
        space_id=present.space_id,
        space_model=present.space_model,
        model_id=present.model_id,
    )


def _as_it_ran(strategy: Strategy, provenance: ListProvenance) -> Pipeline:
    """The pipeline without what failed then, with a hosted model's answer in place of the model."""
    pipeline, failed = strategy.shadow_pipeline, set(provenance.degraded)
    provider = strategy.file.configuration.reranker.provider
    reranker = pipeline.reranker
    if provider in ("openai", "gemini"):
        reranker = KeptOrder(f"rerank_{provider}", provenance.judged)
    if reranker is not None and reranker.name in failed:
        reranker = None
    return replace(
        pipeline,
        hydrators=tuple(part for part in pipeline.hydrators if part.name not in failed),
        sources=tuple(part for part in pipeline.sources if part.name not in failed),
        reranker=reranker,
    )


def _moved(
    provenance: ListProvenance,
    present: Versions,
    facts: CatalogueFacts,
    viewer: Viewer,
    trace: Trace,
) -> tuple[str, ...]:
    reasons = []
    if facts.version != provenance.catalogue_version:
        reasons.append(
            f"The catalogue moved from version {provenance.catalogue_version} to {facts.version}."
        )
    if present.space_id != provenance.space_id:
        reasons.append(
            f"Embedding space {_number(provenance.space_id)} was replaced by "
            f"{_number(present.space_id)}."
        )
    if present.model_id != provenance.model_id:
        reasons.append(
            f"Collaborative model {_number(provenance.model_id)} was replaced by "
            f"{_number(present.model_id)}."
        )
    if ids_digest(viewer.excluded_ids) != provenance.excluded_digest:
        reasons.append(
            "Events were changed or taken back: "
            f"{provenance.excluded} titles were excluded then, {len(viewer.excluded_ids)} of what "
            "is left of that history."
        )
    elif present.profile_version != provenance.profile_version:
        reasons.append(
            f"The profile moved from version {provenance.profile_version} to "
            f"{present.profile_version}; its events of then are the same."
        )
    if trace.degraded:
        reasons.append(f"The replay had to do without {', '.join(trace.degraded)}.")
    return tuple(reasons)


def _number(identity: int | None) -> str:
    return "none" if identity is None else str(identity)


def _compared(
    slate: Slate,
    created_at: datetime,
    ids: Ints,
    scores: Floats,
    *,
    reasons: tuple[str, ...],
) -> Replayed:
    then, now = slate.item_ids.tolist(), ids.tolist()
    longest = max(len(then), len(now))
    padded_then = then + [None] * (longest - len(then))
    padded_now = now + [None] * (longest - len(now))
    pairs = enumerate(zip(padded_then, padded_now, strict=True), start=1)
    differences = [ChangedPlace(place, was, is_) for place, (was, is_) in pairs if was != is_]
    identical = not differences and bool(np.allclose(slate.scores, scores, atol=_SAME_SCORE))
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
