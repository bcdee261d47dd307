"""The service under evaluation: its own job learns, its own run of GET /recommend answers."""

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import numpy as np
from pydantic import SecretStr

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.domain.arrays import Floats, Ints
from api.experiments.strategies import Strategies
from api.http.services import Services
from api.http.wiring import build_services
from api.platform.database import Database
from api.recommend.pipeline.runner import Pipeline
from api.recommend.request import RecommendRequest
from api.recommend.runs import Runs
from config.settings import Settings
from etl.jobs import work_of
from etl.running.foreground import SUCCESS
from tests.doubles.jobs import run
from tests.evaluation.catalogue import Titles
from tests.evaluation.database import EvaluationRefused, user_of, write_strangers, write_viewers
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case

PAGE = 20  # what clients get who do not say


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of asking."""

    name: str
    diversify: bool = False
    pipeline: Pipeline | None = None  # in place of the default one


@dataclass(slots=True, eq=False)
class Answers:
    """What one variant answered, in the order of the cases."""

    lists: list[Ints] = field(default_factory=list)  # rows of the catalogue, hidden ones left out
    served: list[Ints] = field(default_factory=list)  # item ids of the whole list
    scores: list[Floats] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)  # of the whole run
    spans: dict[str, list[float]] = field(default_factory=dict)  # milliseconds by component


@dataclass(frozen=True, slots=True)
class Learned:
    """What training cost."""

    seconds: float
    peak_bytes: int  # of the whole process, so far
    summary: str


class FrozenClock:
    """The time of the request that is being asked."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


class _RestingCatalogue(ResidentCatalogue):
    """Facts that are loaded once: requests of other years must not make them stale."""

    def __init__(self, facts: CatalogueFacts) -> None:
        self._resting = facts

    def current(self, version: int, now: datetime) -> CatalogueFacts:
        return self._resting


def learn(database: Database, settings: Settings, titles: Titles, training: Training) -> Learned:
    """Writes the viewers and runs the job `neighbours` in its own frame."""
    write_viewers(database, titles, training.ratings)
    started = time.perf_counter()
    outcome = run(database, work_of("neighbours", settings), job="neighbours")
    if outcome.status != SUCCESS:
        raise EvaluationRefused(f"The job neighbours failed: {outcome.err.strip()}")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Learned(seconds, peak, outcome.out.strip())


def learn_from_set(database: Database, settings: Settings, folder: Path) -> None:
    """Runs the job `neighbours` on a ratings set, as an operator does."""
    work = work_of("neighbours", settings)
    outcome = run(database, work, job="neighbours", ratings=str(folder))
    if outcome.status != SUCCESS:
        raise EvaluationRefused(f"The job neighbours failed: {outcome.err.strip()}")


def pipeline_of(runs: Runs) -> Pipeline:
    """What variants without a pipeline of their own are answered by."""
    return runs.strategies.standard.pipeline


def meet(database: Database, titles: Titles, cases: Sequence[Case]) -> None:
    """Makes the viewers known whom the model was not trained with."""
    write_strangers(database, titles, cases)


@contextmanager
def serving(settings: Settings, database: Database) -> Iterator[Runs]:
    """The service's runs on a database, with facts that stay as they are."""
    with open_services(settings, database) as services:
        yield services.runs


@contextmanager
def open_services(settings: Settings, database: Database) -> Iterator[Services]:
    """All use cases; its `runs` have facts that stay as they are."""
    # What the services start for themselves, as the publisher is, works on the copy too.
    url = SecretStr(database.libpq_url)
    services = build_services(settings.model_copy(update={"database_url": url}), database)
    try:
        services.warming.read()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        runs = replace(services.runs, catalogue=_RestingCatalogue(facts))
        yield replace(services, runs=runs)
    finally:
        services.encoder.close()
        services.interpreter.close()


def ask(
    runs: Runs, titles: Titles, cases: Sequence[Case], variants: Sequence[Variant]
) -> dict[str, Answers]:
    """Asks for every case in every variant, the variants of a case one after the other.

    Nothing is stored or rendered: the runs are those of pages, without their side effects.

    The first variant pays for learning the viewer's taste, as the first request after a write does.
    """
    moment = FrozenClock()
    runs = replace(runs, clock=moment)
    asked = {variant.name: _of(runs, variant) for variant in variants}
    answers = {variant.name: Answers() for variant in variants}
    for case in cases:
        moment.now = datetime.fromtimestamp(case.asked_at, UTC)
        for variant in variants:
            _ask_once(asked[variant.name], titles, case, variant, answers[variant.name])
    return answers


def _of(runs: Runs, variant: Variant) -> Runs:
    if variant.pipeline is None:
        return runs
    strategy = replace(runs.strategies.standard, pipeline=variant.pipeline)
    return replace(runs, strategies=Strategies(runs.database, {strategy.name: strategy}))


def _ask_once(runs: Runs, titles: Titles, case: Case, variant: Variant, answers: Answers) -> None:
    user_id, profile = user_of(case)
    request = RecommendRequest(
        user_id=user_id,
        profile=profile,
        limit=PAGE,
        diversify=variant.diversify,
    )
    # As a page's chance follows from the id of its list, this follows from the case.
    seed = uuid5(NAMESPACE_OID, f"{variant.name} {case.key}").int
    started = time.perf_counter()
    run = runs.prepare(request).run(seed=seed)
    answers.milliseconds.append(1000 * (time.perf_counter() - started))
    for span in run.trace.spans:
        name = f"{span.stage} {span.component}"
        answers.spans.setdefault(name, []).append(span.milliseconds)
    if run.trace.degraded:
        raise EvaluationRefused(f"{', '.join(run.trace.degraded)} could not work; see the log.")
    rows = titles.rows_of(run.item_ids)
    answers.lists.append(rows[~np.isin(rows, case.hidden)])
    answers.served.append(run.item_ids)
    answers.scores.append(run.listed.scores)
