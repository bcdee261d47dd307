"""Day one: a household that is alone in its database, with a public ratings set and without.

A fifth of the viewers are such households, with everything they rated before their test. The set is
written out without them and given to the job as an operator gives it; nobody here is learned from.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.domain.arrays import Ints
from api.platform.database import Database
from config.settings import Settings
from tests.evaluation import ours
from tests.evaluation.baselines.popularity import Popularity
from tests.evaluation.bootstrap import Interval, intervals
from tests.evaluation.catalogue import Titles
from tests.evaluation.comparison import DEPTH, OURS, Compared
from tests.evaluation.database import write_viewers
from tests.evaluation.metrics import per_viewer
from tests.evaluation.ratings import Ratings, Training
from tests.evaluation.splits import Case

_HOUSEHOLDS = 0.2
_FULL = "learned with everybody"
_PUBLIC = "alone, with the ratings set"
_ALONE = "alone, without it"
_CHART = "popularity of the ratings set"
_VOTES = "TMDB's popularity"


@dataclass(frozen=True, slots=True)
class DayOne:
    """NDCG@10 of the same households by what the service has to go by."""

    viewers: int
    ndcg: dict[str, Interval]


def day_one(
    settings: Settings, database: Database, titles: Titles, compared: Compared, seed: int
) -> DayOne:
    """Fills the database anew; `compared` is of the protocol per-viewer, with the full model."""
    viewers = np.unique([case.viewer for case in compared.cases])
    chance = np.random.default_rng((seed, 11))
    chosen = chance.permutation(viewers)[: round(len(viewers) * _HOUSEHOLDS)]
    places = [place for place, case in enumerate(compared.cases) if case.viewer in chosen]
    cases = [replace(compared.cases[place], trained=False) for place in places]
    train = compared.training.ratings
    households = train.keep(np.isin(train.viewer, chosen))
    others = train.keep(~np.isin(train.viewer, chosen))
    lists = {_FULL: [compared.lists[OURS.name][place] for place in places]}
    with TemporaryDirectory() as folder:
        write_set(Path(folder), titles, others)
        write_viewers(database, titles, households, consent=False)
        ours.learn_from_set(database, settings, Path(folder))
        lists[_PUBLIC] = _asked(settings, database, titles, cases)
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM collaborative_models"))
        bump_catalogue_version(connection, ())
    lists[_ALONE] = _asked(settings, database, titles, cases)
    chart = Popularity("liked")
    chart.fit(Training(others, compared.training.viewers, titles.vectors))
    lists[_CHART] = chart.rank(cases, DEPTH)
    lists[_VOTES] = [_popular(titles, case) for case in cases]
    relevant = [case.relevant for case in cases]
    columns = np.array([per_viewer(found, relevant).ndcg for found in lists.values()]).T
    found = dict(zip(lists, intervals(columns, seed), strict=True))
    return DayOne(len(cases), found)


def write_set(folder: Path, titles: Titles, ratings: Ratings) -> None:
    """A ratings set in MovieLens' format, whose movies are numbered as TMDB numbers them."""
    with (folder / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("userId", "movieId", "rating", "timestamp"))
        movies = titles.tmdb_id[ratings.title].tolist()
        columns = (ratings.viewer.tolist(), movies, ratings.stars.tolist(), ratings.at.tolist())
        writer.writerows(zip(*columns, strict=True))
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("movieId", "imdbId", "tmdbId"))
        known = np.unique(titles.tmdb_id[np.unique(ratings.title)]).tolist()
        writer.writerows((tmdb_id, "", tmdb_id) for tmdb_id in known)


def _asked(
    settings: Settings, database: Database, titles: Titles, cases: Sequence[Case]
) -> list[Ints]:
    with ours.serving(settings, database) as runs:
        answers = ours.ask(runs, titles, cases, [OURS])[OURS.name]
    return [found[:DEPTH] for found in answers.lists]


def _popular(titles: Titles, case: Case) -> Ints:
    order = np.lexsort((titles.ids, -titles.popularity)).astype(np.int32)
    unseen = order[~np.isin(order, case.history.title)]
    return unseen[:DEPTH]
