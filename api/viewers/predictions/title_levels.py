"""What the learning job keeps of titles for predictions: how high they are rated, and factors."""

from dataclasses import dataclass

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.database import Database
from api.viewers.predictions.rating_numbers import RatingNumbers

_NUMBERS = "SELECT rating_numbers FROM collaborative_models WHERE id = %(model_id)s"
# By the primary key.
_LEVELS = """
SELECT item_id, ratings, level, array_send(factors) FROM item_levels
WHERE model_id = %(model_id)s AND item_id = ANY(%(ids)s::int[])
"""
_USUAL_VOTE, _PRIOR_VOTES = 6.5, 30


@dataclass(frozen=True, slots=True, eq=False)
class TitleLevels:
    """Of n titles; columns in the order in which they were asked for."""

    levels: Floats  # (n) points above the mean of all ratings
    factors: Floats  # (n, k); 0 for a title without ratings
    ratings: Ints  # (n) how many the level was learned from


def read_numbers(database: Database, model_id: int | None) -> RatingNumbers | None:
    """Those of the model; None where it was learned without enough ratings."""
    with database.autocommit() as cursor:
        row = cursor.execute(_NUMBERS, {"model_id": model_id}).fetchone()
    return None if row is None or row[0] is None else RatingNumbers.of_json(row[0])


def read_levels(
    database: Database,
    model_id: int,
    numbers: RatingNumbers,
    facts: CatalogueFacts,
    item_ids: Ints,
) -> TitleLevels:
    """What is known of these titles; of one that nobody rated, by TMDB's votes."""
    parameters = {"model_id": model_id, "ids": literals.int_array(item_ids)}
    with database.autocommit() as cursor:
        rows = cursor.execute(_LEVELS, parameters).fetchall()
    place_of = {item_id: place for place, item_id in enumerate(item_ids.tolist())}
    known = np.array([place_of[row[0]] for row in rows], dtype=np.int32)
    levels = levels_by_votes(numbers, *_votes(facts, item_ids))
    levels[known] = [row[2] for row in rows]
    ratings = np.zeros(len(item_ids), dtype=np.int32)
    ratings[known] = [row[1] for row in rows]
    stored, lengths = literals.read_arrays([row[3] for row in rows], ">f4")
    factors = np.zeros((len(item_ids), int(lengths.max(initial=0))), dtype=np.float32)
    factors[known] = stored.reshape(len(rows), -1) if len(rows) else 0
    return TitleLevels(levels, factors, ratings)


def levels_by_votes(numbers: RatingNumbers, average: Floats, count: Ints) -> Floats:
    """Points above the mean of all ratings that TMDB's votes let expect."""
    return np.asarray(regressors(average, count) @ np.array(numbers.votes), dtype=np.float32)


def regressors(average: Floats, count: Ints) -> Floats:
    """(n, 3): what the level of a title is regressed on."""
    shrunk = (average * count + _USUAL_VOTE * _PRIOR_VOTES) / (count + _PRIOR_VOTES)
    return np.stack([np.ones(len(count)), shrunk - _USUAL_VOTE, np.log2(1 + count) - 9], axis=1)


def _votes(facts: CatalogueFacts, item_ids: Ints) -> tuple[Floats, Ints]:
    """Average and count of each; 0 for a title that has left the catalogue."""
    rows = facts.rows_of(item_ids)
    here = rows >= 0
    average = np.where(here, facts.vote_average[rows], 0).astype(np.float32)
    return average, np.where(here, facts.vote_count[rows], 0).astype(np.int32)
