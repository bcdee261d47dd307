"""`python -m tests.evaluation.tune RATINGS`: fits the mixer's weights and writes ranking.toml.

The weights are chosen on validation splits: the protocols `per-viewer` and `held-out` once more on
ratings that neither tests. The test of the evaluation with the same seed is never looked at.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import tomlkit
from threadpoolctl import threadpool_limits

from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.recommend.evidence.registry import EVIDENCE
from config.ranking import Fitted, Mixer, load_ranking
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.captured import Captured, capture, distinct_share
from tests.evaluation.catalogue import Titles, read_titles
from tests.evaluation.database import copy_of_catalogue
from tests.evaluation.fitting import TABLES, fitted
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.run import read_known
from tests.evaluation.splits import FOLDS, Split, held_out, per_viewer

_ROUNDS = 2  # in each of which every viewer is a stranger once, who names other titles
# What a list of all different titles would be worth beside accuracy: of two mixers that are as
# accurate, the one that shows more of the catalogue is to win.
_WORTH_OF_BREADTH = 0.08


def main() -> int:
    """Prints what was gained; 1 with one sentence when nothing could be fitted."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.tune", description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("--ranking", type=Path, default=Path("config/ranking.toml"))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    try:
        settings = Settings.load()
        present = EVIDENCE.with_weights(load_ranking(asked.ranking, {})).mixer
        with threadpool_limits(1), copy_of_catalogue(settings) as database:
            titles = read_titles(database)
            ratings, read = read_known(asked.ratings, titles)
            print(read)
            groups = _captured(ratings, titles, database, settings, asked.seed)
        found = fitted(present, lambda mixer: _objective(groups, mixer))
        told = _evidence(asked.ratings, asked.seed, groups, present, found)
        write_weights(asked.ranking, found, told)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, group in groups.items():
        before, after = (
            group.values(group.lists(mixer)).mean(axis=0) for mixer in (present, found)
        )
        print(
            f"{name}: {len(group.seen)} cases, NDCG@10 {before[0]:.4f} to {after[0]:.4f}, "
            f"Recall@20 {before[1]:.4f} to {after[1]:.4f}"
        )
    print(f"{asked.ranking} has the new weights.")
    return 0


def write_weights(path: Path, mixer: Mixer, evidence: Fitted) -> None:
    """Writes the fitted weights that differ from the defaults, and where they are from.

    Comments and all else stay as they are.
    """
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    section: Any = document["mixer"]
    for table in TABLES:
        written = section.setdefault(table, {})
        for name, default in EVIDENCE.default_weights(table).items():
            weight = mixer.weights(table)[name]
            if name in written or weight != default:
                written[name] = weight
    section["warm_from"] = mixer.warm_from
    section["fitted"] = evidence.model_dump()
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def validation_splits(ratings: Ratings, seed: int) -> Iterator[tuple[str, Split]]:
    """What weights are tried on, by name: whole histories, and strangers."""
    known = per_viewer(ratings, np.random.default_rng(seed)).train
    yield "history", per_viewer(known, np.random.default_rng((seed, 1)))
    # What is no part of either protocol's test: nobody's last fifth, nothing of its strangers.
    acquainted = np.unique(held_out(ratings, np.random.default_rng(seed)).train.viewer)
    known = known.keep(np.isin(known.viewer, acquainted))
    for number, fold in product(range(_ROUNDS), range(FOLDS)):
        chance = np.random.default_rng((seed, 1, number))
        yield f"strangers {number}.{fold}", held_out(known, chance, fold=fold)


def _captured(
    ratings: Ratings, titles: Titles, database: Database, settings: Settings, seed: int
) -> dict[str, Captured]:
    groups: dict[str, Captured] = {}
    for name, split in validation_splits(ratings, seed):
        viewers = int(ratings.viewer.max(initial=-1)) + 1
        ours.learn(database, settings, titles, Training(split.train, viewers, titles.vectors))
        ours.meet(database, titles, split.cases)
        with ours.serving(settings, database) as runs:
            found = capture(runs, titles, split.cases)
        for group in sorted({case.group for case in split.cases}):
            own = tuple(one for one in found.seen if one.case.group == group)
            label = f"{name.split()[0]} {group}".strip()
            before = groups[label].seen if label in groups else ()
            groups[label] = Captured(found.names, before + own)
        print(f"{name}: {len(found.seen)} cases", flush=True)
    return groups


def _objective(groups: dict[str, Captured], mixer: Mixer) -> float:
    """Half for whole histories, half for strangers with few titles; and a little for breadth."""
    lists = {name: group.lists(mixer) for name, group in groups.items()}
    worth = {name: float(group.values(lists[name]).mean()) for name, group in groups.items()}
    strangers = [value for name, value in worth.items() if name != "history"]
    accuracy = (worth["history"] + float(np.mean(strangers))) / 2
    return accuracy + _WORTH_OF_BREADTH * distinct_share(lists["history"])


def _evidence(
    ratings: Path, seed: int, groups: dict[str, Captured], before: Mixer, after: Mixer
) -> Fitted:
    today: date = datetime.now(UTC).date()
    return Fitted(
        on=today.isoformat(),
        ratings=ratings.stem,
        seed=seed,
        cases=sum(len(group.seen) for group in groups.values()),
        objective_before=round(_objective(groups, before), 4),
        objective_after=round(_objective(groups, after), 4),
    )


if __name__ == "__main__":
    sys.exit(main())
