"""`python -m tests.quality.tonight RATINGS`: whether an evening's title was watched.

Each viewer's last rating is held back, and the job learns from the others. A hit is the held-back
title, first or among the first three of what is chosen as GET /tonight chooses, but from all titles
as if each could be watched now; beside it stand /recommend, and the mixer's order alone.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from api.domain.arrays import Ints
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.recommend.ranking import Ranking
from api.recommend.request import RecommendRequest
from api.recommend.runs import Runs
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.catalogue import read_titles
from tests.evaluation.database import copy_of_catalogue
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.run import read_known


def split(ratings: Ratings) -> tuple[Ratings, Ratings]:
    """All but each viewer's last rating, and the last ones; chance orders one second."""
    chance = np.random.default_rng(1)
    order = np.lexsort((chance.permutation(len(ratings)), ratings.at, ratings.viewer))
    ratings = ratings.keep(order)
    last = np.append(np.diff(ratings.viewer) != 0, True)
    return ratings.keep(~last), ratings.keep(last)


def orders(runs: Runs, viewer: int) -> Iterator[tuple[str, Ints]]:
    """Ids in the order of each way to choose, among all titles."""
    run = runs.prepare(RecommendRequest(user_id=f"viewer {viewer}")).run(seed=1)
    yield "/recommend", run.item_ids
    ranking = run.steps[0].ranking
    yield "by score", _ids(ranking)
    selectors = {one.name: one for one in runs.strategies.standard.pipeline.selectors}
    ranking = selectors["likely_first"].select(run.query, ranking)
    yield "by score x liking", _ids(ranking)
    yield "tonight", _ids(selectors["one_and_two_others"].select(run.query, ranking))


def _ids(ranking: Ranking) -> Ints:
    return ranking.pool.ids[ranking.order]


def _print(path: Path, settings: Settings, database: Database) -> None:
    titles = read_titles(database)
    ratings, said = read_known(path, titles)
    early, last = split(ratings)
    print(said, flush=True)
    training = Training(early, int(ratings.viewer.max()) + 1, titles.vectors)
    ours.learn(database, settings, titles, training)
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    with ours.serving(settings, database) as runs:
        for viewer, title in zip(last.viewer.tolist(), last.title.tolist(), strict=True):
            wanted = int(titles.ids[title])
            for name, ids in orders(runs, viewer):
                found = np.flatnonzero(ids[:3] == wanted)
                hits[name].append((bool(len(found)) and found[0] == 0, bool(len(found))))
    for name, own in hits.items():
        first, three = np.mean(np.array(own, dtype=float), axis=0)
        print(f"{name:20} hit@1 {first:.4f} hit@3 {three:.4f} ({len(own)} viewers)")


def main() -> int:
    """Prints a line for each way to choose; 1 when nothing can be measured."""
    if len(sys.argv) < 2:
        sys.stderr.write("Which ratings? python -m tests.quality.tonight RATINGS\n")
        return 1
    settings = Settings.load()
    try:
        with copy_of_catalogue(settings) as database:
            _print(Path(sys.argv[1]), settings, database)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
