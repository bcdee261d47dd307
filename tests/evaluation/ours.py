"""The service under evaluation: its own job learns, its own use case of GET /recommend answers."""

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import numpy as np
import orjson
from sqlalchemy import text

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.domain.arrays import Floats, Ints
from api.experiments.strategies import Strategies
from api.http.wiring import build_services
from api.platform.database import Database
from api.recommend.lists.slates import read_slate
from api.recommend.pipeline.runner import Pipeline
from api.recommend.recommender import Recommender
from api.recommend.request import RecommendRequest
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
    served: list[Ints] = field(default_factory=list)  # item ids of the whole list, as stored
    scores: list[Floats] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)  # of the whole request
    spans: dict[str, list[float]] = field(default_factory=dict)  # milliseconds by component


@dataclass(frozen=True, slots=True)
class Learned:
    """What training cost."""

    seconds: float
    peak_bytes: int  # of the whole process, so far
    summary: str


class _FrozenClock:
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


def pipeline_of(recommender: Recommender) -> Pipeline:
    """What variants without a pipeline of their own are answered by."""
    return recommender.strategies.standard.pipeline


def meet(database: Database, titles: Titles, cases: Sequence[Case]) -> None:
    """Makes the viewers known whom the model was not trained with."""
    write_strangers(database, titles, cases)


@contextmanager
def serving(settings: Settings, database: Database) -> Iterator[Recommender]:
    """The service's recommender on a database, with facts that stay as they are."""
    services = build_services(settings, database)
    try:
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        yield replace(services.recommender, catalogue=_RestingCatalogue(facts))
    finally:
        services.encoder.close()
        services.interpreter.close()


def ask(
    recommender: Recommender, titles: Titles, cases: Sequence[Case], variants: Sequence[Variant]
) -> dict[str, Answers]:
    """Asks for every case in every variant, the variants of a case one after the other.

    The first variant pays for learning the viewer's taste, as the first request after a write does.
    """
    with recommender.database.engine.begin() as connection:
        # The same names again give the same ids.
        connection.execute(text("TRUNCATE slates CASCADE"))
    moment = _FrozenClock()
    recommender = replace(recommender, clock=moment)
    asked = {variant.name: _of(recommender, variant) for variant in variants}
    answers = {variant.name: Answers() for variant in variants}
    for case in cases:
        moment.now = datetime.fromtimestamp(case.asked_at, UTC)
        for variant in variants:
            _ask_once(asked[variant.name], titles, case, variant, answers[variant.name])
    return answers


def _of(recommender: Recommender, variant: Variant) -> Recommender:
    if variant.pipeline is None:
        return recommender
    strategy = replace(recommender.strategies.standard, pipeline=variant.pipeline)
    only = Strategies(recommender.database, {strategy.name: strategy})
    return replace(recommender, strategies=only)


def _ask_once(
    recommender: Recommender, titles: Titles, case: Case, variant: Variant, answers: Answers
) -> None:
    user_id, profile = user_of(case)
    request = RecommendRequest(
        user_id=user_id,
        profile=profile,
        limit=PAGE,
        diversify=variant.diversify,
    )
    # What is drawn at random follows from the list's id, so the id must not be by chance.
    slate_id = uuid5(NAMESPACE_OID, f"{variant.name} {case.key}")
    recommender = replace(recommender, new_slate_id=lambda: slate_id)
    started = time.perf_counter()
    served = recommender.first_page(request, debug=True)
    answers.milliseconds.append(1000 * (time.perf_counter() - started))
    page = orjson.loads(served.body)
    for span in page["trace"]:
        answers.spans.setdefault(f"{span['stage']} {span['component']}", []).append(span["ms"])
    if page.get("degraded"):
        raise EvaluationRefused(f"{', '.join(page['degraded'])} could not work; see the log.")
    found = read_slate(recommender.database, served.slate_id)
    if found is None:
        raise RuntimeError("a served list is stored")
    slate = found[0]
    rows = titles.rows_of(slate.item_ids)
    answers.lists.append(rows[~np.isin(rows, case.hidden)])
    answers.served.append(slate.item_ids)
    answers.scores.append(slate.scores)
