"""A named way to rank, ready to run, and what a request found, whichever strategy ranks it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.assignment import Assignment
from api.domain.deadline import Deadline
from api.language.intent import Intent
from api.recommend.constraints.constraints import Constraints
from api.recommend.pipeline.runner import Pipeline
from api.recommend.pipeline.trace import Trace
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.request import RecommendRequest
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import Versions
from api.viewers.viewer import Viewer
from config.business_rules import BusinessRules
from config.strategy_files import StrategyFile


@dataclass(frozen=True, slots=True)
class RequestContext:
    """What a request found, whichever strategy ranks it."""

    request: RecommendRequest
    now: datetime
    versions: Versions
    facts: CatalogueFacts
    rules: BusinessRules
    seed: int
    intent: Intent | None = None  # of words that were read already
    model_deadline: Deadline | None = None  # of all language models together


@dataclass(frozen=True, slots=True)
class Strategy:
    """A named way to rank, ready to run."""

    file: StrategyFile
    pipeline: Pipeline
    shadow_pipeline: Pipeline  # the same without anything that costs money or leaves the machine
    viewers: Viewers

    @property
    def name(self) -> str:
        """As requests and lists name it."""
        return self.file.name

    def query(self, context: RequestContext, viewer: Viewer) -> Query:
        """The request as this strategy's pipeline takes it."""
        return Query(
            request=context.request,
            now=context.now,
            facts=context.facts,
            viewer=viewer,
            constraints=Constraints(),
            allowed=np.ones(len(context.facts), dtype=np.bool_),
            weights=self._weights(context.request, viewer),
            rules=context.rules,
            space_id=context.versions.space_id,
            space_model=context.versions.space_model,
            model_deadline=context.model_deadline,
            intent=context.intent,
            seed=context.seed,
        )

    def rank(
        self, query: Query, trace: Trace, pipeline: Pipeline | None = None
    ) -> tuple[Query, Ranking]:
        """The hydrated query, and the titles of the list in their order."""
        query, ranking = (pipeline or self.pipeline).run(query, trace)
        size = self.file.configuration.ranking.retrieval.slate_size
        return query, replace(ranking, order=ranking.order[:size], scores=ranking.scores[:size])

    def _weights(self, request: RecommendRequest, viewer: Viewer) -> Mapping[str, float]:
        mixer = self.file.configuration.ranking.mixer
        weights = mixer.query if request.text else mixer.of_history(viewer.taste.liked_titles)
        return {**weights, **dict(request.weights)} if request.weights else weights


@dataclass(frozen=True, slots=True)
class Chosen:
    """A strategy, and why it is this one."""

    strategy: Strategy
    assignment: Assignment


class StrategyChoice(Protocol):
    """Which strategy serves: api/experiments/strategies.py, or a single one under evaluation."""

    @property
    def standard(self) -> Strategy:
        """The one of ranking.toml as it stands."""
        ...

    def choose(self, request: RecommendRequest, versions: Versions) -> Chosen:
        """The strategy of this request; raises InvalidInput for a name that is not configured."""
        ...

    def keep(self, strategy: Strategy, rules: BusinessRules) -> tuple[str, str]:
        """Sees to it that these numbers and rules are stored; their digests in hex."""
        ...
