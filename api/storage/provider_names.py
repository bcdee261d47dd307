"""Streaming services by whatever a client calls them."""

from api.domain.folding import fold
from api.errors import InvalidInput
from api.storage.database import Database

_ALL = "SELECT short_name, name, aliases FROM providers"


def short_names(database: Database, written: list[str]) -> tuple[str, ...]:
    """JustWatch's short names of services written as short name, name or alias, however written.

    Raises InvalidInput naming the first that is unknown.
    """
    if not written:
        return ()
    known: dict[str, str] = {}
    with database.read() as cursor:
        for short_name, name, aliases in cursor.execute(_ALL).fetchall():
            for spelling in (*aliases, name, short_name):
                known[fold(spelling)] = short_name
    for service in written:
        if fold(service) not in known:
            raise InvalidInput(f"services: no service called {service!r} is known.")
    return tuple(sorted({known[fold(service)] for service in written}))
