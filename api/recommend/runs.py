"""Gives a request what is current, so that it can be run: versions, facts, rules, a strategy."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.domain.deadline import Deadline
from api.platform.database import Database
from api.recommend.pipeline.run import Run
from api.recommend.pipeline.trace import Trace
from api.recommend.query import Query
from api.recommend.request import RecommendRequest
from api.recommend.strategy import Chosen, StrategyChoice
from api.viewers.versions import Versions, read_versions
from config.business_rules import BusinessRules, BusinessRulesFile

_ALWAYS_THE_SAME = 0  # the seed of what nobody is served: the same question gets the same answer


@dataclass(frozen=True, slots=True, eq=False)
class PreparedRun:
    """A request with everything that it is answered by, not run yet."""

    chosen: Chosen
    query: Query  # as no hydrator has seen it
    rules_version: int
    trace: Trace

    def run(self, *, seed: int = _ALWAYS_THE_SAME) -> Run:
        """Runs the pipeline of the chosen strategy; `seed` is of whatever it draws."""
        return self.chosen.strategy.pipeline.run(replace(self.query, seed=seed), self.trace)


@dataclass(frozen=True, slots=True)
class Runs:
    """One per process. Pages, previews and evaluations begin here."""

    database: Database
    strategies: StrategyChoice
    catalogue: ResidentCatalogue
    rules: BusinessRulesFile
    model_seconds: float  # that all language models of a request have together
    clock: Callable[[], datetime]
    request_seconds: float | None = None  # that a run has; None: as long as it takes

    def prepare(
        self,
        request: RecommendRequest,
        *,
        versions: Versions | None = None,
        tried: BusinessRules | None = None,
    ) -> PreparedRun:
        """What answers this request now; raises InvalidInput for an unknown strategy.

        `versions` are those behind the viewer, where they have just been read; `tried` are rules to
        be looked at in place of those in force.
        """
        trace, now = Trace(), self.clock()
        if versions is None:
            with trace.span("prepare", "versions"):
                versions = read_versions(self.database, request.user_id, request.profile)
        with trace.span("prepare", "strategy"):
            chosen = self.strategies.choose(request, versions)
        with trace.span("prepare", "facts"):
            facts = self.catalogue.current(versions.catalogue_version, now)
        with trace.span("prepare", "rules"):
            rules = tried or self.rules.current()
        query = Query.of(
            request,
            versions=versions,
            facts=facts,
            rules=rules,
            now=now,
            seed=_ALWAYS_THE_SAME,
            deadline=None if self.request_seconds is None else Deadline.after(self.request_seconds),
            model_deadline=Deadline.after(self.model_seconds),
        )
        return PreparedRun(chosen, query, self.rules.version, trace)
