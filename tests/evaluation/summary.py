"""The figures of a comparison, ready to be printed or kept as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Ints
from tests.evaluation.baselines.grids import POPULARITY
from tests.evaluation.bootstrap import Interval, intervals, paired
from tests.evaluation.catalogue import Titles
from tests.evaluation.comparison import OURS, VARIED, Compared
from tests.evaluation.metrics import Breadth, PerViewer, breadth, per_viewer, share_below
from tests.evaluation.ours import Answers
from tests.evaluation.slices import Slice, slices
from tests.evaluation.splits import Case
from tests.evaluation.tuning import groups_of


@dataclass(frozen=True, slots=True)
class Figures:
    """One recommender over one group of cases."""

    ndcg: Interval
    recall: Interval
    reciprocal_rank: Interval
    breadth: Breadth
    below_popularity: float | None  # share of viewers; None where popularity did not run


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours minus another, viewer by viewer."""

    ndcg: Interval
    recall: Interval


@dataclass(frozen=True, slots=True)
class Group:
    """All figures of one group of cases."""

    name: str
    cases: int
    figures: dict[str, Figures]
    differences: dict[str, dict[str, Difference]]  # of each of our variants to each other
    slices: list[Slice]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a variant's requests cost, milliseconds."""

    median: float
    p95: float
    components: dict[str, float]  # median of each


@dataclass(frozen=True, slots=True)
class Reach:
    """What becomes of titles that nobody rated in training."""

    titles: int
    reached: dict[str, int]  # by recommender: how many are in any list


@dataclass(frozen=True, slots=True)
class Summary:
    """One protocol."""

    protocol: str
    viewers: int
    ratings: int
    groups: list[Group]
    cost: dict[str, Cost]
    reach: Reach
    violations: list[str]
    training: str | None
    chosen: dict[str, dict[str, dict[str, object]]]
    seconds: dict[str, float]


def summarised(compared: Compared, titles: Titles, seed: int) -> Summary:
    """Every figure of a comparison."""
    with compared.timing("figures"):
        groups = [
            _group(name, places, compared, titles, seed)
            for name, places in groups_of(compared.cases).items()
        ]
        reach = _reach(compared)
    learned = compared.learned
    return Summary(
        protocol=compared.protocol,
        viewers=len(np.unique(compared.training.ratings.viewer)),
        ratings=len(compared.training.ratings),
        groups=groups,
        cost={name: cost_of(answers) for name, answers in compared.answers.items()},
        reach=reach,
        violations=compared.violations,
        training=None
        if learned is None
        else f"{learned.seconds:.1f} s, {learned.peak_bytes / 2**20:.0f} MB at most in this "
        f"process so far; {learned.summary}",
        chosen=compared.chosen,
        seconds=compared.seconds,
    )


def cost_of(answers: Answers) -> Cost:
    """Medians of the requests and of their components."""
    return Cost(
        float(np.median(answers.milliseconds)),
        float(np.quantile(answers.milliseconds, 0.95)),
        {name: float(np.median(spent)) for name, spent in answers.spans.items()},
    )


def _group(
    name: str, places: Sequence[int], compared: Compared, titles: Titles, seed: int
) -> Group:
    cases = [compared.cases[place] for place in places]
    lists = {one: [found[place] for place in places] for one, found in compared.lists.items()}
    measured = {
        one: per_viewer(found, [case.relevant for case in cases]) for one, found in lists.items()
    }
    return Group(
        name=name,
        cases=len(cases),
        figures=_figures(lists, measured, compared, titles, seed),
        differences={
            own.name: _differences(own.name, measured, seed)
            for own in (OURS, VARIED)
            if own.name in measured
        },
        slices=slices(titles, cases, lists),
    )


def _figures(
    lists: Mapping[str, Sequence[Ints]],
    measured: Mapping[str, PerViewer],
    compared: Compared,
    titles: Titles,
    seed: int,
) -> dict[str, Figures]:
    training = compared.training
    viewers = len(np.unique(training.ratings.viewer))
    popularity = training.popularity()
    figures = {}
    for name, own in measured.items():
        columns = np.stack([own.ndcg, own.recall, own.reciprocal_rank], axis=1)
        chart = measured.get(POPULARITY)
        by_ndcg, by_recall, by_rank = intervals(columns, seed)
        figures[name] = Figures(
            by_ndcg,
            by_recall,
            by_rank,
            breadth(lists[name], popularity, viewers, titles.vectors),
            None if chart is None else share_below(own.ndcg, chart.ndcg),
        )
    return figures


def _differences(name: str, measured: Mapping[str, PerViewer], seed: int) -> dict[str, Difference]:
    own = measured[name]
    others = {other: values for other, values in measured.items() if other != name}
    by_ndcg = paired(own.ndcg, {other: one.ndcg for other, one in others.items()}, seed)
    by_recall = paired(own.recall, {other: one.recall for other, one in others.items()}, seed)
    return {other: Difference(by_ndcg[other], by_recall[other]) for other in others}


def _reach(compared: Compared) -> Reach:
    unrated = compared.training.popularity() == 0
    reached = {}
    for name, lists in compared.lists.items():
        shown = np.unique(np.concatenate(lists)) if lists else np.empty(0, dtype=np.int32)
        reached[name] = int(unrated[shown].sum())
    return Reach(int(unrated.sum()), reached)


def mean_ndcg(lists: Sequence[Ints], cases: Sequence[Case]) -> float:
    """One number for one recommender."""
    return float(per_viewer(lists, [case.relevant for case in cases]).ndcg.mean())
