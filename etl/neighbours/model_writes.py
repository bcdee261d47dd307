"""The collaborative model's two ends: the opinions it is learned from, and where it is stored."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.domain.arrays import Floats, Ints
from api.platform.copying import copy_rows
from api.viewers.taste import implicit_rating

# One row per profile and item. Of a user's profiles the first stands for the user.
_READ_OPINIONS = text(
    f"""
    SELECT DISTINCT ON (profile_id, item_id)
        profile_id, first_profile_id, item_id, event_type,
        CAST(rating AS real) AS rating, CAST(weight AS real) AS weight,
        CAST(extract(epoch FROM occurred_at) AS float8) AS at,
        {implicit_rating.EPISODES} AS episodes
    FROM interactions JOIN (
        SELECT id, min(id) OVER (PARTITION BY user_id) AS first_profile_id
        FROM profiles WHERE consent_collaborative
    ) AS agreed ON agreed.id = profile_id
    WHERE event_type <> 'not_now'
    WINDOW alike AS (PARTITION BY profile_id, item_id)
    ORDER BY profile_id, item_id, {implicit_rating.THE_ONE_THAT_COUNTS_FIRST}
    """  # noqa: S608 - no value is part of the text
)
# By the primary key.
_VOTES = text("SELECT id, vote_average, vote_count FROM items WHERE id = ANY(:ids)")
_ROWS_AT_ONCE = 50_000
# By uq_items_media_type_tmdb_id.
_FILM_IDS = text(
    "SELECT id, tmdb_id FROM items WHERE media_type = 'movie' AND tmdb_id = ANY(:tmdb_ids)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """What each profile made of each item, by profile and item; the columns have one length."""

    profile_id: Ints
    user: Ints  # the id of the user's first profile
    item_id: Ints
    by_kind: Floats  # the rating that its kind of event implies, see implicit_rating.py
    rating: Floats  # 0 to 10, NaN where there is none
    weight: Floats
    at: NDArray[np.float64]  # epoch seconds

    def __len__(self) -> int:
        return len(self.profile_id)


@dataclass(frozen=True, slots=True)
class ItemNeighbours:
    """What the model has of one item; ids and weights go together, the strongest first."""

    item_id: int
    likings: float  # how much its viewers like it in all
    co_liked_ids: list[int]
    co_liked_weights: list[float]
    fan_liked_ids: list[int]
    fan_liked_weights: list[float]
    followed_ids: list[int]
    followed_weights: list[float]


@dataclass(frozen=True, slots=True)
class ItemLevel:
    """How high one item is rated."""

    item_id: int
    ratings: int
    level: float  # points above the mean of all ratings
    factors: list[float]


def read_votes(connection: Connection, item_ids: Ints) -> tuple[Floats, Ints]:
    """TMDB's average and count of votes for each item, in the order of the ids."""
    rows = connection.execute(_VOTES, {"ids": item_ids.tolist()}).fetchall()
    votes = {item_id: (average, count) for item_id, average, count in rows}
    found = [votes.get(item_id, (0.0, 0)) for item_id in item_ids.tolist()]
    average, count = zip(*found, strict=True) if found else ((), ())
    return np.array(average, dtype=np.float32), np.array(count, dtype=np.int32)


def read_opinions(connection: Connection) -> Opinions:
    """The opinions of every profile that lets others learn from it; about 30 bytes each."""
    rows = connection.execute(_READ_OPINIONS, execution_options={"yield_per": _ROWS_AT_ONCE})
    parts = [opinions_of(part) for part in rows.partitions()] or [opinions_of([])]
    columns = ([getattr(part, field.name) for part in parts] for field in fields(Opinions))
    return Opinions(*(np.concatenate(column) for column in columns))


def opinions_of(rows: Sequence[Sequence[Any]]) -> Opinions:
    """The columns of these rows: profile, user, item, kind, rating, weight, time, episodes."""
    profiles, users, items, kinds, ratings, weights, at, episodes = (
        zip(*rows, strict=True) if rows else ((),) * 8
    )
    return Opinions(
        np.array(profiles, dtype=np.int32),
        np.array(users, dtype=np.int32),
        np.array(items, dtype=np.int32),
        implicit_rating.of_kinds(kinds, episodes),
        np.array(ratings, dtype=np.float32),  # None becomes NaN
        np.array(weights, dtype=np.float32),
        np.array(at, dtype=np.float64),
    )


def film_ids(connection: Connection, tmdb_ids: Sequence[int]) -> dict[int, int]:
    """Our ids of films by TMDB's; those that the catalogue does not have are left out."""
    found = connection.execute(_FILM_IDS, {"tmdb_ids": list(tmdb_ids)})
    return {row.tmdb_id: row.id for row in found}


def ratings_path(connection: Connection) -> str | None:
    """Where the ratings set is that the active model was learned with, if it was with one."""
    found: str | None = connection.execute(
        text("SELECT ratings_path FROM collaborative_models WHERE active")
    ).scalar_one_or_none()
    return found


def has_model(connection: Connection) -> bool:
    """Whether a collaborative model is active."""
    found: bool = connection.execute(
        text("SELECT EXISTS (SELECT FROM collaborative_models WHERE active)")
    ).scalar_one()
    return found


def replace_model(
    connection: Connection,
    neighbours: Iterable[ItemNeighbours],
    *,
    interactions: int,
    profiles: int,
    items: int,
    ratings_path: str | None = None,
    rating_numbers: dict[str, Any] | None = None,
    levels: Iterable[ItemLevel] = (),
) -> None:
    """Stores a model and makes it the active one; the previous one is deleted."""
    connection.execute(text("DELETE FROM collaborative_models"))
    model_id = connection.execute(
        text(
            "INSERT INTO collaborative_models "
            "(interactions, profiles, items, ratings_path, rating_numbers, active) "
            "VALUES (:interactions, :profiles, :items, :ratings_path, "
            "CAST(:rating_numbers AS jsonb), true) RETURNING id"
        ),
        {
            "interactions": interactions,
            "profiles": profiles,
            "items": items,
            "ratings_path": ratings_path,
            "rating_numbers": None if rating_numbers is None else json.dumps(rating_numbers),
        },
    ).scalar_one()
    names = [field.name for field in fields(ItemNeighbours)]
    copy_rows(
        connection,
        "item_neighbours",
        ((model_id, *(getattr(one, name) for name in names)) for one in neighbours),
        columns=("model_id", *names),
    )
    names = [field.name for field in fields(ItemLevel)]
    copy_rows(
        connection,
        "item_levels",
        ((model_id, *(getattr(one, name) for name in names)) for one in levels),
        columns=("model_id", *names),
    )
    bump_catalogue_version(connection, ())
