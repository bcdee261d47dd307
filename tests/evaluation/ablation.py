"""What each part of the pipeline brings: the same requests with one part left out at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from api.domain.arrays import Floats
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pipeline.runner import Pipeline
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.runs import Runs
from tests.evaluation import ours
from tests.evaluation.bootstrap import Interval, paired
from tests.evaluation.catalogue import Titles
from tests.evaluation.metrics import per_viewer
from tests.evaluation.ours import Variant
from tests.evaluation.splits import Case


@dataclass(frozen=True, slots=True)
class Without:
    """The pipeline without one part, minus the whole: below zero the part helps."""

    part: str
    ndcg: Interval
    recall: Interval


class Silent(Scorer):
    """In place of a signal: it says nothing for anybody, and the mixer's weights stay."""

    def __init__(self, name: str) -> None:
        self.name = name

    def score(self, query: Query, pool: Pool) -> Floats:
        return np.zeros(len(pool), dtype=np.float32)


def ablated(runs: Runs, titles: Titles, cases: Sequence[Case], seed: int) -> list[Without]:
    """Sources and signals without variety, selectors with it; the greatest loss first."""
    whole = ours.pipeline_of(runs)
    plain = [Variant(name, pipeline=one) for name, one in _without_one(whole).items()]
    varied = [Variant(name, True, one) for name, one in _without_selector(whole).items()]
    references = (Variant("plain"), Variant("varied", diversify=True))
    answers = ours.ask(runs, titles, cases, (*references, *plain, *varied))
    relevant = [case.relevant for case in cases]
    measured = {name: per_viewer(one.lists, relevant) for name, one in answers.items()}
    found = []
    for reference, variants in (("plain", plain), ("varied", varied)):
        own = measured[reference]
        # Differences the other way round, so that the sign is that of leaving the part out.
        names = [variant.name for variant in variants]
        by_ndcg = paired(own.ndcg, {name: measured[name].ndcg for name in names}, seed)
        by_recall = paired(own.recall, {name: measured[name].recall for name in names}, seed)
        found += [Without(name, _turned(by_ndcg[name]), _turned(by_recall[name])) for name in names]
    return sorted(found, key=lambda one: (one.ndcg.mean, one.part))


def _without_one(pipeline: Pipeline) -> dict[str, Pipeline]:
    without: dict[str, Pipeline] = {}
    for source in pipeline.sources:
        others = [one for one in pipeline.sources if one is not source]
        without[f"source {source.name}"] = replace(pipeline, sources=others)
    for scorer in pipeline.scorers:
        scorers = [Silent(one.name) if one is scorer else one for one in pipeline.scorers]
        without[f"signal {scorer.name}"] = replace(pipeline, scorers=scorers)
    return without


def _without_selector(pipeline: Pipeline) -> dict[str, Pipeline]:
    return {
        f"selector {selector.name}": replace(
            pipeline, selectors=[one for one in pipeline.selectors if one is not selector]
        )
        for selector in pipeline.selectors
    }


def _turned(interval: Interval) -> Interval:
    # Not a bare minus, which would make zero a negative one.
    return Interval(0.0 - interval.mean, 0.0 - interval.high, 0.0 - interval.low)
