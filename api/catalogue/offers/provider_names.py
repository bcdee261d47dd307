"""Streaming services by whatever a client calls them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from psycopg import Cursor

from api.domain.folding import fold
from api.platform.database import Database
from api.platform.errors import InvalidInput

_ALL = "SELECT short_name, name, aliases FROM providers"
_NAMES = "SELECT short_name, name FROM providers WHERE short_name = ANY(%(services)s)"


def plain_names(cursor: Cursor[Any], services: Iterable[str]) -> dict[str, str]:
    """The names of services by their short names; unknown ones are left out."""
    return dict(cursor.execute(_NAMES, {"services": sorted(services)}).fetchall())


def short_names(database: Database, written: list[str]) -> tuple[str, ...]:
    """JustWatch's short names of services written as short name, name or alias, however written.

    A name that several services share, as their branches in two countries do, means all of them.
    Raises InvalidInput naming the first that is unknown.
    """
    if not written:
        return ()
    known: defaultdict[str, set[str]] = defaultdict(set)
    with database.autocommit() as cursor:
        for short_name, name, aliases in cursor.execute(_ALL).fetchall():
            for spelling in (*aliases, name, short_name):
                known[fold(spelling)].add(short_name)
    for service in written:
        if fold(service) not in known:
            raise InvalidInput(f"services: no service called {service!r} is known.")
    return tuple(sorted(set().union(*(known[fold(service)] for service in written))))
