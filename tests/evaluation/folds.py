"""Every viewer once a stranger: the protocol held-out in all of its folds, pooled.

One fold has a fifth of the viewers, and with a hundred of them luck decides between recommenders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from api.platform.database import Database
from config.settings import Settings
from tests.evaluation.bootstrap import Interval, intervals, paired
from tests.evaluation.catalogue import Titles
from tests.evaluation.comparison import OURS, Compared, Plan, compare
from tests.evaluation.metrics import Values, per_viewer
from tests.evaluation.ratings import Ratings
from tests.evaluation.splits import FOLDS
from tests.evaluation.tuning import groups_of


@dataclass(frozen=True, slots=True)
class Pooled:
    """One group of cases over all folds."""

    group: str
    cases: int
    ndcg: dict[str, Interval]  # by recommender
    recall: dict[str, Interval]
    ahead: dict[str, Interval]  # NDCG of ours minus that of each other


def in_all_folds(
    plan: Plan,
    first: Compared,
    ratings: Ratings,
    titles: Titles,
    database: Database,
    settings: Settings,
) -> list[Pooled]:
    """`first` is the plan's own fold; the others use the settings that were chosen for it."""
    folds = [first]
    for fold in set(range(FOLDS)) - {plan.fold}:
        other = replace(plan, fold=fold)
        folds.append(compare(other, ratings, titles, database, settings, chosen=first.chosen))
        first.violations += folds[-1].violations
    return [_pooled(group, folds, plan.seed) for group in groups_of(first.cases)]


def _pooled(group: str, folds: Sequence[Compared], seed: int) -> Pooled:
    measured = {name: _of_group(group, name, folds) for name in folds[0].lists}
    found = {name: intervals(columns, seed) for name, columns in measured.items()}
    by_ndcg = {name: columns[:, 0] for name, columns in measured.items()}
    own = by_ndcg.pop(OURS.name, None)
    return Pooled(
        group=group,
        cases=len(next(iter(measured.values()))),
        ndcg={name: ndcg for name, (ndcg, _) in found.items()},
        recall={name: recall for name, (_, recall) in found.items()},
        ahead={} if own is None else paired(own, by_ndcg, seed),
    )


def _of_group(group: str, name: str, folds: Sequence[Compared]) -> Values:
    """(cases, 2): NDCG@10 and Recall@20 of one recommender."""
    columns = []
    for fold in folds:
        places = groups_of(fold.cases).get(group, [])
        relevant = [fold.cases[place].relevant for place in places]
        one = per_viewer([fold.lists[name][place] for place in places], relevant)
        columns.append(np.stack([one.ndcg, one.recall], axis=1))
    return np.concatenate(columns)
