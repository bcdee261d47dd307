"""One protocol from ratings to lists: baselines and the service on the same split."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from api.domain.arrays import Ints
from api.platform.database import Database
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.baselines.grids import grids
from tests.evaluation.baselines.recommends import Recommends
from tests.evaluation.catalogue import Titles
from tests.evaluation.checks import violations
from tests.evaluation.ours import Answers, Learned, Variant
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.splits import PROTOCOLS, Case, Protocol, Split, among_released, held_out
from tests.evaluation.tuning import (
    Chosen,
    choose,
    groups_of,
    keep_chosen,
    read_chosen,
    with_settings,
)

DEPTH = 100  # places of a list that are looked at
OURS = Variant("ours")
VARIED = Variant("ours, diversify", diversify=True)


@dataclass(slots=True, eq=False)
class Compared:
    """The lists of every recommender for the same cases."""

    protocol: str
    training: Training
    cases: tuple[Case, ...]
    lists: dict[str, list[Ints]] = field(default_factory=dict)  # by recommender
    answers: dict[str, Answers] = field(default_factory=dict)  # of our variants
    chosen: Chosen = field(default_factory=dict)
    learned: Learned | None = None
    violations: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)  # by stage of the evaluation

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Notes how long a stage takes."""
        started = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run."""

    protocol: str
    seed: int = 1
    validation: bool = False  # everything one split deeper: for tuning, never for a claim
    only: frozenset[str] = frozenset()  # recommenders; empty: all
    tuned: Path | None = None  # where choices are kept
    viewers: int | None = None  # at most so many cases per group
    fold: int = 0  # of the protocol held-out
    released: bool = False  # whether only what was out by then is a candidate, for everyone

    def wants(self, name: str) -> bool:
        """Whether a recommender is part of the run."""
        return not self.only or name in self.only

    @property
    def label(self) -> str:
        """Names the protocol with what changes it."""
        changes = {", released": self.released, ", validation": self.validation}
        return self.protocol + "".join(told for told, changed in changes.items() if changed)


def split_of(ratings: Ratings, plan: Plan, titles: Titles) -> tuple[Split, Split]:
    """The split to be measured, and the one inside its training ratings that grids are tuned on."""
    protocol: Protocol = PROTOCOLS[plan.protocol]
    if protocol is held_out:
        protocol = partial(held_out, fold=plan.fold)
    split = protocol(ratings, np.random.default_rng(plan.seed))
    if plan.validation:
        split = protocol(split.train, np.random.default_rng((plan.seed, 1)))
    inner = protocol(split.train, np.random.default_rng((plan.seed, 1 + plan.validation)))
    if plan.released:
        split, inner = (among_released(one, titles.released) for one in (split, inner))
    return split, inner


def compare(
    plan: Plan,
    ratings: Ratings,
    titles: Titles,
    database: Database,
    settings: Settings,
    *,
    chosen: Chosen | None = None,
) -> Compared:
    """Tunes, fits and asks everyone that the plan wants; `chosen` spares the tuning."""
    split, inner = split_of(ratings, plan, titles)
    viewers = int(ratings.viewer.max(initial=-1)) + 1
    training = Training(split.train, viewers, titles.vectors)
    cases = _sample(split.cases, plan)
    compared = Compared(plan.label, training, cases)
    compared.chosen = chosen or _chosen(
        plan, compared, Training(inner.train, viewers, titles.vectors), inner.cases
    )
    for name, grid in _wanted(plan).items():
        with compared.timing(name):
            compared.lists[name] = _lists(name, grid, compared.chosen, compared)
    variants = [variant for variant in (OURS, VARIED) if plan.wants(variant.name)]
    if variants:
        with compared.timing("ours: training"):
            compared.learned = ours.learn(database, settings, titles, training)
            ours.meet(database, titles, cases)
        with compared.timing("ours: lists"), ours.serving(settings, database) as runs:
            compared.answers = ours.ask(runs, titles, cases, variants)
        for variant in variants:
            answers = compared.answers[variant.name]
            compared.lists[variant.name] = [found[:DEPTH] for found in answers.lists]
            diversify = settings.ranking.diversify if variant.diversify else None
            compared.violations += violations(titles, cases, answers, diversify=diversify)
    return compared


def _wanted(plan: Plan) -> dict[str, Sequence[Recommends]]:
    return {name: grid for name, grid in grids(plan.seed).items() if plan.wants(name)}


def _chosen(plan: Plan, compared: Compared, inner: Training, inner_cases: Sequence[Case]) -> Chosen:
    wanted = _wanted(plan)
    # Choices of the validation split are no choices for the test: its training part is smaller.
    chosen = (plan.tuned and read_chosen(plan.tuned, plan.label)) or {}
    missing = {
        name: grid
        for name, grid in wanted.items()
        if any(name not in chosen.get(group, {}) for group in groups_of(compared.cases))
    }
    for name, grid in missing.items():
        with compared.timing(f"{name}: tuning"):
            for group, found in choose({name: grid}, inner, inner_cases).items():
                chosen.setdefault(group, {}).update(found)
    if missing and plan.tuned is not None:
        keep_chosen(plan.tuned, plan.label, chosen)
    return chosen


def _lists(name: str, grid: Sequence[Recommends], chosen: Chosen, compared: Compared) -> list[Ints]:
    """Each group is ranked by what was chosen for it; equal choices are fitted once."""
    lists: dict[int, Ints] = {}
    by_settings: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for group, places in groups_of(compared.cases).items():
        settings = chosen[group][name]
        by_settings.setdefault(repr(settings), (settings, []))[1].extend(places)
    for settings, places in by_settings.values():
        recommender = with_settings(grid, settings)
        recommender.fit(compared.training)
        found = recommender.rank([compared.cases[place] for place in places], DEPTH)
        lists.update(zip(places, found, strict=True))
    return [lists[place] for place in range(len(compared.cases))]


def _sample(cases: tuple[Case, ...], plan: Plan) -> tuple[Case, ...]:
    if plan.viewers is None:
        return cases
    chance = np.random.default_rng((plan.seed, 9))
    kept: list[int] = []
    for places in groups_of(cases).values():
        kept += chance.permutation(places)[: plan.viewers].tolist()
    return tuple(cases[place] for place in sorted(kept))
