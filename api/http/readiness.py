"""Whether the service can do its work now: named checks, each of which may say what is missing."""

from collections.abc import Callable, Mapping

import psycopg
from psycopg_pool import PoolTimeout

from api.catalogue.embeddings.active_vectors import embedded_share
from api.platform import migrations
from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable

Check = Callable[[], str | None]  # a sentence on what is not ready, or None

# A title just fetched waits for the next `make embed`; that alone must not take the service out.
_ENOUGH_EMBEDDED = 0.95


class Readiness:
    """Runs the checks in their order."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = dict(checks)

    def missing(self) -> dict[str, str]:
        """What is not ready, by the check's name; empty when all is well."""
        found = {}
        for name, check in self._checks.items():
            try:
                sentence = check()
            except (DatabaseUnavailable, psycopg.Error, PoolTimeout):
                sentence = "Unknown while the database does not answer as it should."
            if sentence is not None:
                found[name] = sentence
        return found


def database_checks(database: Database) -> dict[str, Check]:
    """The checks that ask the database alone."""

    def answers() -> str | None:
        try:
            with database.autocommit() as cursor:
                cursor.execute("SELECT 1")
        except (psycopg.OperationalError, PoolTimeout):
            return "The database does not answer."
        return None

    def is_migrated() -> str | None:
        if migrations.is_at_head(database):
            return None
        return "The schema is not at head; run `make migrate`."

    def is_embedded() -> str | None:
        share = embedded_share(database)
        if share is None:
            return "The catalogue is empty; run `make etl-tmdb`, or `make demo` for a sample."
        if share < _ENOUGH_EMBEDDED:
            return (
                f"{share:.0%} of the catalogue is embedded in the active space; run `make embed`."
            )
        return None

    return {"database": answers, "migrations": is_migrated, "catalogue": is_embedded}
