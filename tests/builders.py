"""Puts just the facts of a test in the database; whatever a test does not say is a default."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import func, insert

from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.domain.arrays import Ints
from api.domain.folding import fold
from api.domain.maturity import age_of
from api.platform import tables
from api.platform.database import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OUT = date(1999, 3, 31)  # what has no day must show otherwise that it is out


def add_item(
    database: Database,
    title: str = "The Matrix",
    *,
    tmdb_id: int = 603,
    media_type: str = "movie",
    alternatives: Sequence[str] = (),
    **columns: Any,
) -> int:
    """A title, found by its name and its alternative titles; returns its id."""
    name = fold(title)
    every_name = " ".join(map(fold, (title, *alternatives))) if alternatives else ""
    values = {
        "media_type": media_type,
        "tmdb_id": tmdb_id,
        "title": title,
        "alternative_titles": list(alternatives),
        "release_date": OUT,
        "search_name": name,
        "search_vector": func.to_tsvector("simple", name),
        "all_names_vector": func.to_tsvector("simple", every_name),
    }
    with database.engine.begin() as connection:
        statement = insert(tables.items).values(values | columns)
        return int(connection.execute(statement.returning(tables.items.c.id)).scalar_one())


def add_items(database: Database, count: int) -> list[int]:
    """Films "Film 1" to "Film <count>" with TMDB ids 1 to <count>."""
    rows = [
        {
            "media_type": "movie",
            "tmdb_id": number,
            "title": f"Film {number}",
            "release_date": OUT,
            "search_name": f"film {number}",
            "search_vector": f"'film':1 '{number}':2",
        }
        for number in range(1, count + 1)
    ]
    statement = insert(tables.items).returning(tables.items.c.id, sort_by_parameter_order=True)
    with database.engine.begin() as connection:
        return list(connection.execute(statement, rows).scalars())


def add_person(
    database: Database, name: str = "Al Pacino", *, popularity: float = 1.0, **columns: Any
) -> int:
    """A person; returns the id."""
    values = {"name": name, "search_name": fold(name), "popularity": popularity} | columns
    with database.engine.begin() as connection:
        statement = insert(tables.people).values(values)
        return int(connection.execute(statement.returning(tables.people.c.id)).scalar_one())


def add_credit(
    database: Database,
    item: int,
    person: int,
    *,
    role: str = "cast",
    character: str | None = None,
) -> None:
    """A person's part in a title."""
    values = {"item_id": item, "person_id": person, "role": role, "character": character}
    with database.engine.begin() as connection:
        connection.execute(insert(tables.credits).values(values | {"position": 0}))


def add_company(
    database: Database, name: str, items: Sequence[int], *, tmdb_id: int, kind: str = "production"
) -> int:
    """A company or network with its titles; returns the id."""
    values = {"kind": kind, "tmdb_id": tmdb_id, "name": name, "search_name": fold(name)}
    with database.engine.begin() as connection:
        statement = insert(tables.companies).values(values).returning(tables.companies.c.id)
        company = int(connection.execute(statement).scalar_one())
        rows = [{"item_id": item, "company_id": company} for item in items]
        connection.execute(insert(tables.item_companies), rows)
    return company


def add_provider(
    database: Database, short_name: str, name: str, *, aliases: Sequence[str] = ()
) -> None:
    """A streaming service."""
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.providers).values(short_name=short_name, name=name, aliases=list(aliases))
        )


def add_offer(
    database: Database,
    item: int,
    service: str = "nfx",
    *,
    offer_type: str = "subscription",
    country: str = "IL",
    url: str | None = "https://www.netflix.com/title/1",
    deep_link: str | None = None,
) -> None:
    """A way to watch a title."""
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.availability).values(
                item_id=item,
                country=country,
                service=service,
                offer_type=offer_type,
                url=url,
                deep_link=deep_link,
                source="justwatch",
            )
        )


def add_certificate(database: Database, item: int, country: str, certificate: str) -> None:
    """What a country's board says of a title, with its age as the jobs write it."""
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.certificates).values(
                item_id=item,
                country=country,
                certificate=certificate,
                age=age_of(country, certificate),
            )
        )


def add_keyword(database: Database, item: int, name: str, *, keyword_id: int = 1) -> None:
    """A keyword that no other title has."""
    with database.engine.begin() as connection:
        connection.execute(insert(tables.keywords), {"id": keyword_id, "name": name})
        connection.execute(
            insert(tables.item_keywords), {"item_id": item, "keyword_id": keyword_id}
        )


def add_related(
    database: Database, item: int, *, similar: Sequence[int] = (), recommended: Sequence[int] = ()
) -> None:
    """What TMDB lists beside a title, as TMDB ids of its media type, the best first."""
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.related_titles).values(
                item_id=item, similar_ids=list(similar), recommended_ids=list(recommended)
            )
        )


def announce_catalogue(database: Database) -> None:
    """Tells running services, as a job does, that the catalogue has changed."""
    with database.engine.begin() as connection:
        bump_catalogue_version(connection, None)


def add_slate(
    database: Database, user_id: str, *, profile: str | None = None, slate: UUID | None = None
) -> UUID:
    """A list that was served to a user; returns its recommendation_id."""
    slate = slate or uuid4()
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.slates).values(
                id=slate,
                user_id=user_id,
                profile=profile,
                request_hash=b"",
                strategy="default",
                item_ids=[],
                scores=[],
                evidence=b"",
            )
        )
    return slate


def rows_of(database: Database, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """What a statement finds."""
    with database.autocommit() as cursor:
        return cursor.execute(statement, parameters).fetchall()


def add_profile(database: Database, user_id: str = "dana", profile: str | None = None) -> int:
    """A profile that agrees to all but language models; returns its id."""
    with database.engine.begin() as connection:
        statement = insert(tables.profiles).values(user_id=user_id, profile=profile)
        return int(connection.execute(statement.returning(tables.profiles.c.id)).scalar_one())


def add_event(
    database: Database, profile: int, item: int, event_type: str = "watched", **columns: Any
) -> None:
    """An event of the profile, at noon unless `columns` say otherwise."""
    values = {"profile_id": profile, "item_id": item, "event_type": event_type}
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.interactions).values({"occurred_at": NOON} | values | columns)
        )


def add_model(
    database: Database,
    lists: Mapping[int, Mapping[str, tuple[list[int], list[float]]]] | None = None,
) -> int:
    """A collaborative model that is not active; returns its id.

    `lists` are the ids and weights of each item by kind.
    """
    with database.engine.begin() as connection:
        model = int(
            connection.execute(
                insert(tables.collaborative_models)
                .values(interactions=1, profiles=1, items=1)
                .returning(tables.collaborative_models.c.id)
            ).scalar_one()
        )
        for item, own in (lists or {}).items():
            row: dict[str, Any] = {"model_id": model, "item_id": item, "likings": 2.0}
            for kind in ("co_liked", "fan_liked", "followed"):
                row[f"{kind}_ids"], row[f"{kind}_weights"] = own.get(kind, ([], []))
            connection.execute(insert(tables.item_neighbours), row)
    return model


def ints(numbers: Iterable[int]) -> Ints:
    """As the storage layer takes ids."""
    return np.array(list(numbers), dtype=np.int32)
