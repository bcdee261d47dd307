"""Streaming services by whatever a client calls them."""

from collections.abc import Iterable
from typing import Any

from psycopg import Cursor

from api.catalogue.names.service_spellings import ServiceName, ServiceSpellings
from api.platform.database import Database
from api.platform.errors import UnknownNames

_ALL = "SELECT short_name, name, aliases FROM providers"
_NAMES = "SELECT short_name, name FROM providers WHERE short_name = ANY(%(services)s)"


def plain_names(cursor: Cursor[Any], services: Iterable[str]) -> dict[str, str]:
    """The names of services by their short names; unknown ones are left out."""
    return dict(cursor.execute(_NAMES, {"services": sorted(services)}).fetchall())


def short_names(database: Database, written: list[str]) -> tuple[str, ...]:
    """JustWatch's short names of services written in any way that they are called.

    A service that has several rows, as its branches in two countries do, means all of them.
    Raises UnknownNames naming the first that is unknown.
    """
    if not written:
        return ()
    known = service_spellings(database)
    found: set[str] = set()
    for service in written:
        rows = known.called(service)
        if not rows:
            raise UnknownNames(
                [service],
                field="services",
                said="no service is known as",
                found_by="GET /services lists those of a country",
                meant=known.nearly_called(service),
            )
        found |= rows
    return tuple(sorted(found))


def service_spellings(database: Database) -> ServiceSpellings:
    """All services by whatever they are called."""
    with database.autocommit() as cursor:
        return ServiceSpellings(ServiceName(*row) for row in cursor.execute(_ALL).fetchall())
