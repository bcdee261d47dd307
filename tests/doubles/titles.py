"""Puts titles in a catalogue without any source."""

from datetime import UTC, datetime
from typing import Any

from api.catalogue.writing.catalogue_writes import Written, write_titles
from api.catalogue.writing.title import Title
from api.domain.items import MediaType
from api.platform.database import Database

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def film(tmdb_id: int, title: str = "The Lantern Keeper", **more: Any) -> Title:
    return Title("movie", tmdb_id, title, **more)


def show(tmdb_id: int, title: str = "Harbour Lights", **more: Any) -> Title:
    return Title("tv", tmdb_id, title, **more)


def store(database: Database, *titles: Title, now: datetime = NOON) -> Written:
    with database.engine.begin() as connection:
        return write_titles(connection, titles, source="tmdb", now=now)


def id_of(database: Database, tmdb_id: int, media_type: MediaType = "movie") -> int:
    with database.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT id FROM items WHERE media_type = %s AND tmdb_id = %s", (media_type, tmdb_id)
        ).one()
    return int(row.id)
