"""The collaborative model's two ends: the opinions it is learned from, and where it is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text

from api.storage.catalogue_writes import bump_catalogue_version
from api.storage.copying import copy_rows

OpinionType = Literal["watched", "liked", "rated", "disliked", "not_interested"]

# One row per profile and item: the newest opinion, and only without any that it was watched.
_READ_OPINIONS = text(
    """
    SELECT DISTINCT ON (profile_id, item_id)
        profile_id, user_id, item_id, event_type,
        CAST(rating AS real) AS rating, weight, occurred_at
    FROM interactions JOIN profiles ON profiles.id = profile_id
    WHERE consent_collaborative AND event_type <> 'not_now'
        AND (event_type <> 'rated' OR rating IS NOT NULL)
    ORDER BY profile_id, item_id, event_type = 'watched', occurred_at DESC, interactions.id DESC
    """
)
# By uq_items_media_type_tmdb_id.
_FILM_IDS = text(
    "SELECT id, tmdb_id FROM items WHERE media_type = 'movie' AND tmdb_id = ANY(:tmdb_ids)"
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one profile made of one item."""

    profile_id: int
    user_id: str
    item_id: int
    event_type: OpinionType
    rating: float | None  # 0 to 10, of "rated" alone
    weight: float
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ItemNeighbours:
    """What the model says of one item; ids and weights go together, the strongest first."""

    item_id: int
    likings: float
    co_liked_ids: list[int]
    co_liked_weights: list[float]
    followed_ids: list[int]
    followed_weights: list[float]


def read_opinions(connection: Connection) -> list[Opinion]:
    """The opinions of every profile that lets others learn from it."""
    return [
        Opinion(
            profile_id=row.profile_id,
            user_id=row.user_id,
            item_id=row.item_id,
            event_type=row.event_type,
            rating=row.rating,
            weight=row.weight,
            occurred_at=row.occurred_at,
        )
        for row in connection.execute(_READ_OPINIONS)
    ]


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
) -> None:
    """Stores a model and makes it the active one; the one before goes with its neighbours."""
    connection.execute(text("DELETE FROM collaborative_models"))
    model_id = connection.execute(
        text(
            "INSERT INTO collaborative_models "
            "(interactions, profiles, items, ratings_path, active) "
            "VALUES (:interactions, :profiles, :items, :ratings_path, true) RETURNING id"
        ),
        {
            "interactions": interactions,
            "profiles": profiles,
            "items": items,
            "ratings_path": ratings_path,
        },
    ).scalar_one()
    names = [field.name for field in fields(ItemNeighbours)]
    copy_rows(
        connection,
        "item_neighbours",
        ((model_id, *(getattr(one, name) for name in names)) for one in neighbours),
        columns=("model_id", *names),
    )
    bump_catalogue_version(connection)
