"""The `neighbours` job: the collaborative model, learned again from everyone who consents.

Beside them it learns from a public ratings set, where an operator has brought one. The model keeps
the set's path, so that a later run does not quietly replace it by one without.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from api.catalogue.similarity.read_similarity import similarity_through
from api.platform.counted import counted
from api.platform.errors import UnusableRatings
from config.settings import OFF
from etl.neighbours import histories
from etl.neighbours import model_writes as collaborative
from etl.neighbours.histories import Histories
from etl.neighbours.learn import Model, Neighbours, learn
from etl.neighbours.model_writes import (
    ItemNeighbours,
    film_ids,
    has_model,
    read_opinions,
    replace_model,
)
from etl.neighbours.rated_points import points_of, rows_of
from etl.neighbours.rating_levels import PointRatings
from etl.neighbours.ratings_fit import FittedRatings, Titles, fit_ratings
from etl.neighbours.ratings_set import RatingsSet, read_ratings
from etl.running.job import JobRun


def build_neighbours(run: JobRun) -> None:
    """Replaces the model in one transaction; without any opinion the one there is stays.

    `--limit` has no meaning here: half a history is no model. Raises UnusableRatings when there is
    to be a ratings set and it has nothing of use; the model stays then, too.
    """
    path = _ratings_path(run)
    ratings = None if path is None else _read(run, path)
    with run.batch() as connection:
        opinions = read_opinions(connection)
        run.report.read += len(opinions)
        if not len(opinions) and ratings is None:
            run.report.notes.append("No profile with consent has an opinion to learn from.")
            if has_model(connection):
                run.report.notes.append("The model there is stays.")
                return
        learned_from = histories.of_profiles(opinions)
        of_films: dict[int, int] = {}
        if ratings is not None:
            of_films = _film_ids(connection, ratings)
            public = _histories(run, ratings, of_films)
            learned_from = histories.joined(learned_from, public)
        model = learn(learned_from, stop_if_cancelled=run.record.stop_if_cancelled)
        points, titles = points_of(connection, opinions, ratings, of_films)
        fitted = _fitted(run, points, titles)
        replace_model(
            connection,
            _rows(model),
            interactions=len(learned_from),
            profiles=len(np.unique(opinions.profile_id)),
            items=len(model.item_ids),
            ratings_path=None if path is None else str(path),
            rating_numbers=None if fitted is None else fitted.numbers.to_json(),
            levels=() if fitted is None else rows_of(fitted, titles),
        )
        run.report.written = len(model.item_ids)


def _rows(model: Model) -> Iterator[ItemNeighbours]:
    for row, item_id in enumerate(model.item_ids.tolist()):
        yield ItemNeighbours(
            item_id,
            float(model.implicit_ratings[row]),
            *_list_of(model, model.co_liked, row),
            *_list_of(model, model.fan_liked, row),
            *_list_of(model, model.followed, row),
        )


def _list_of(model: Model, neighbours: Neighbours, row: int) -> tuple[list[int], list[float]]:
    weights = neighbours.weights[row]
    kept = weights > 0
    return model.item_ids[neighbours.items[row][kept]].tolist(), weights[kept].tolist()


def _ratings_path(run: JobRun) -> Path | None:
    """Of the set that this run was given, else of the one that the model was learned with."""
    if run.options.ratings == OFF:
        return None
    if run.options.ratings is not None:
        return Path(run.options.ratings).expanduser().resolve()
    with run.database.engine.connect() as connection:
        kept = collaborative.ratings_path(connection)
    return None if kept is None else Path(kept)


def _read(run: JobRun, path: Path) -> RatingsSet:
    try:
        ratings = read_ratings(path, stop_if_cancelled=run.record.stop_if_cancelled)
    except UnusableRatings as error:
        if run.options.ratings is not None:
            raise
        raise UnusableRatings(
            f"{error} The model was learned with it and stays; --ratings names another, or {OFF}."
        ) from error
    run.report.read += ratings.read
    run.report.rejected.update(ratings.rejected)
    return ratings


def _fitted(run: JobRun, points: PointRatings, titles: Titles) -> FittedRatings | None:
    if not len(points.viewer):
        return None
    with run.database.connect() as connection, connection.cursor() as cursor:
        similarity = similarity_through(cursor)
    stop = run.record.stop_if_cancelled
    fitted = fit_ratings(points, titles, similarity, stop_if_cancelled=stop)
    if fitted is None:
        run.report.notes.append(
            f"{counted(len(points.viewer), 'rating is', 'ratings are')} too few to predict what "
            "viewers will like."
        )
    return fitted


def _film_ids(connection: Connection, ratings: RatingsSet) -> dict[int, int]:
    films = np.unique(ratings.tmdb_id)
    item_ids = film_ids(connection, films.tolist())
    if not item_ids:
        raise UnusableRatings(
            f"The catalogue has none of the {counted(len(films), 'film')} of {ratings.name}: "
            "run make etl-tmdb first."
        )
    return item_ids


def _histories(run: JobRun, ratings: RatingsSet, item_ids: dict[int, int]) -> Histories:
    films = np.unique(ratings.tmdb_id)
    public = histories.of_ratings(ratings, item_ids)
    if unknown := len(ratings) - len(public):
        run.report.rejected["film not in the catalogue"] = unknown
    run.report.notes.append(
        f"{ratings.name} has ratings of {counted(ratings.viewers, 'viewer')} for "
        f"{counted(len(films), 'film')}, "
        f"of which the catalogue has {len(item_ids):,}."
    )
    return public
