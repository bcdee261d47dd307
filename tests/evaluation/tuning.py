"""Chooses each baseline's settings on a validation split, and keeps the choices in a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from tests.evaluation.baselines.recommends import Recommends
from tests.evaluation.metrics import NDCG_AT, ndcg
from tests.evaluation.ratings import Training
from tests.evaluation.splits import Case

# Group -> baseline -> its settings.
Chosen = dict[str, dict[str, dict[str, Any]]]


def choose(
    grids: Mapping[str, Sequence[Recommends]], training: Training, cases: Sequence[Case]
) -> Chosen:
    """The settings with the best mean NDCG, per group of cases."""
    groups = groups_of(cases)
    chosen: Chosen = {group: {} for group in groups}
    for name, grid in grids.items():
        gains = np.array([_gains(one, training, cases, groups) for one in grid])
        for column, group in enumerate(groups):
            chosen[group][name] = settings_of(grid[int(gains[:, column].argmax())])
    return chosen


def groups_of(cases: Iterable[Case]) -> dict[str, list[int]]:
    """The places of each group's cases, in their order."""
    groups: dict[str, list[int]] = {}
    for place, case in enumerate(cases):
        groups.setdefault(case.group, []).append(place)
    return groups


def settings_of(recommender: Recommends) -> dict[str, Any]:
    """What it was made with."""
    return {
        one.name: getattr(recommender, one.name)
        for one in fields(recommender)  # type: ignore[arg-type]  # every baseline is a dataclass
        if one.init
    }


def with_settings(grid: Sequence[Recommends], settings: Mapping[str, Any]) -> Recommends:
    """A baseline of the grid's kind with these settings."""
    return type(grid[0])(**settings)


def read_chosen(path: Path, protocol: str) -> Chosen | None:
    """The choices of an earlier run for this protocol, if the file has them."""
    found: Chosen | None = orjson.loads(path.read_bytes()).get(protocol) if path.exists() else None
    return found


def keep_chosen(path: Path, protocol: str, chosen: Chosen) -> None:
    """Puts the choices beside those of other protocols."""
    known = orjson.loads(path.read_bytes()) if path.exists() else {}
    path.write_bytes(orjson.dumps(known | {protocol: chosen}, option=orjson.OPT_INDENT_2))


def _gains(
    recommender: Recommends,
    training: Training,
    cases: Sequence[Case],
    groups: Mapping[str, Sequence[int]],
) -> list[float]:
    recommender.fit(training)
    lists = recommender.rank(cases, NDCG_AT)
    gains = np.array([ndcg(found, case.relevant) for found, case in zip(lists, cases, strict=True)])
    return [float(gains[places].mean()) for places in groups.values()]
