"""The `neighbours` job: the collaborative model, learned anew from everyone who agreed to it.

Beside them it learns from a public ratings set, where an operator has brought one. The model keeps
the set's path, so that a later run does not quietly replace it by one without.
"""

from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from api.errors import UnusableRatings
from api.storage import collaborative
from api.storage.collaborative import Neighbour, film_ids, has_model, read_opinions, replace_model
from config.settings import OFF
from etl.neighbours.item_knn import nearest_items
from etl.neighbours.opinions import OpinionMatrix, opinion_matrix
from etl.neighbours.public_opinions import joined, public_opinions
from etl.neighbours.ratings_set import RatingsSet, read_ratings
from etl.running.job import JobRun


def build_neighbours(run: JobRun) -> None:
    """Replaces the model in one transaction; without any opinion the one there is stays.

    `--limit` has no meaning here: half a history is no model. Raises UnusableRatings when there is
    to be a ratings set and it says nothing; the model stays then, too.
    """
    path = _ratings_path(run)
    ratings = None if path is None else _read(run, path)
    with run.batch() as connection:
        opinions = read_opinions(connection)
        run.report.read += len(opinions)
        if not opinions and ratings is None:
            run.report.notes.append("No profile with consent has an opinion to learn from.")
            if has_model(connection):
                run.report.notes.append("The model there is stays.")
                return
        matrix = opinion_matrix(opinions)
        if ratings is not None:
            matrix = joined(matrix, _known_opinions(run, connection, ratings))
        with run.progress.track("items", len(matrix.item_ids)) as advance:
            neighbours: list[Neighbour] = []
            for _, nearest in groupby(nearest_items(matrix), key=attrgetter("item_id")):
                neighbours.extend(nearest)
                advance(1)  # an item without neighbours is passed over
        replace_model(
            connection,
            neighbours,
            interactions=len(opinions),
            profiles=len({opinion.profile_id for opinion in opinions}),
            items=len(matrix.item_ids),
            ratings_path=None if path is None else str(path),
        )
        run.report.written = len(neighbours)


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
        ratings = read_ratings(path, heed=run.record.heed)
    except UnusableRatings as error:
        if run.options.ratings is not None:
            raise
        raise UnusableRatings(
            f"{error} The model was learned with it and stays; --ratings names another, or {OFF}."
        ) from error
    run.report.read += ratings.read
    run.report.rejected.update(ratings.rejected)
    return ratings


def _known_opinions(run: JobRun, connection: Connection, ratings: RatingsSet) -> OpinionMatrix:
    films = np.unique(ratings.tmdb_id)
    item_ids = film_ids(connection, films.tolist())
    if not item_ids:
        raise UnusableRatings(
            f"The catalogue has none of the {len(films):,} films of {ratings.name}: "
            "run make etl-tmdb first."
        )
    opinions = public_opinions(ratings, item_ids)
    if unknown := len(ratings) - opinions.values.nnz:
        run.report.rejected["film not in the catalogue"] = unknown
    run.report.notes.append(
        f"{ratings.name} has ratings of {ratings.viewers:,} viewers for {len(films):,} films, "
        f"of which the catalogue has {len(item_ids):,}."
    )
    return opinions
