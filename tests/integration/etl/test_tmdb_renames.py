"""Renamed at the source: the new name shows, the old one goes on naming the same."""

from collections.abc import Callable
from typing import Any

import pytest

from api.platform.database import Database
from etl.tmdb.ingest import Ingest
from tests.doubles.tmdb import TmdbDouble
from tests.doubles.tmdb_runs import let_days_pass, rows, tmdb_run

IngestFactory = Callable[..., Ingest]


def offered(name: str, provider_id: int = 4242) -> dict[str, Any]:
    service = {"provider_id": provider_id, "provider_name": name}
    return {"watch/providers": {"results": {"GB": {"flatrate": [service]}}}}


def renamed(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory, names: list[str]
) -> list[tuple[Any, ...]]:
    """The service after it had each of these names for a day."""
    for name in names:
        tmdb.add_film(1, "The Lantern Keeper", **offered(name))
        tmdb.changed["movie"] = [1]
        tmdb_run(database, ingest())
        let_days_pass(database, 1)
    return rows(database, "SELECT short_name, name, aliases FROM providers WHERE tmdb_id = 4242")


@pytest.mark.parametrize(
    ("names", "name", "aliases"),
    [
        (["Lumen"], "Lumen", []),
        (["Lumen", "Lumen"], "Lumen", []),
        (["Lumen", "Lumen Plus"], "Lumen Plus", ["Lumen"]),
        (["Lumen", "Glow", "Lumen"], "Lumen", ["Glow"]),
        (["Lumen", "Glow", "Beam"], "Beam", ["Lumen", "Glow"]),
        (["Lumen", ""], "Lumen", []),
    ],
)
def test_a_service_has_its_newest_name_and_the_older_ones_as_aliases(
    database: Database,
    tmdb: TmdbDouble,
    ingest: IngestFactory,
    names: list[str],
    name: str,
    aliases: list[str],
) -> None:
    assert renamed(database, tmdb, ingest, names) == [("lumen", name, aliases)]


def test_offers_stay_the_services_own(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    renamed(database, tmdb, ingest, ["Lumen", "Glow"])
    assert rows(database, "SELECT service FROM availability") == [("lumen",)]


def test_of_names_that_disagree_the_one_of_most_titles_stands(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    for tmdb_id, name in enumerate(["Lumen", "Glow", "Glow", "Lumen", "Glow"], start=1):
        tmdb.add_film(tmdb_id, f"Film {tmdb_id}", **offered(name))
    tmdb_run(database, ingest())
    assert rows(database, "SELECT name FROM providers WHERE tmdb_id = 4242") == [("Glow",)]


@pytest.mark.parametrize(
    ("names", "name", "aliases"),
    [
        (["Ada Quill"], "Ada Quill", []),
        (["Ada Quill", "Ada Quill"], "Ada Quill", []),
        (["Ada Quill", "Ada Quill-Reed"], "Ada Quill-Reed", ["Ada Quill"]),
        (["Ada Quill", "Adam Quill", "Ada Quill"], "Ada Quill", ["Adam Quill"]),
        (["Ada Quill", "Áda Quill"], "Áda Quill", []),
    ],
)
def test_a_person_has_the_newest_name_and_the_older_ones_as_aliases(
    database: Database,
    tmdb: TmdbDouble,
    ingest: IngestFactory,
    names: list[str],
    name: str,
    aliases: list[str],
) -> None:
    for one in names:
        tmdb.add_film(1, "The Lantern Keeper", credits={"cast": [{"id": 7, "name": one}]})
        tmdb.changed["movie"] = [1]
        tmdb_run(database, ingest())
        let_days_pass(database, 1)
    assert rows(database, "SELECT name, aliases FROM people") == [(name, aliases)]


def test_a_new_name_is_a_new_catalogue(
    database: Database, tmdb: TmdbDouble, ingest: IngestFactory
) -> None:
    version = "SELECT catalogue_version FROM service_state"
    renamed(database, tmdb, ingest, ["Lumen"])
    before = rows(database, version)
    renamed(database, tmdb, ingest, ["Glow"])
    assert rows(database, version) > before
