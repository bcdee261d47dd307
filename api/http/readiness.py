"""Whether the service can do its work now: named checks, each of which may say what is missing.

Anybody may ask, so asking is cheap: however many probes come together, the checks run once, on a
thread that no request needs, and what is costly to count is counted seldom while all is well.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import psycopg
from anyio import CapacityLimiter, to_thread
from psycopg_pool import PoolTimeout

from api.catalogue.embeddings.active_vectors import embedded_share
from api.catalogue.published.published_catalogue import SnapshotState
from api.platform import migrations
from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable

Check = Callable[[], str | None]  # a sentence on what is not ready, or None

# A title just fetched waits for the next `make embed`; that alone must not take the service out.
_ENOUGH_EMBEDDED = 0.95
_COUNTED_SECONDS = 10.0  # 12 ms for 100k titles
_PROBE_SECONDS = 2.0  # a probe has less patience than a request
_UNASKED = (DatabaseUnavailable, psycopg.Error, PoolTimeout)
_UNKNOWN = "It is unknown while the database does not answer as it should."


@dataclass(frozen=True, slots=True)
class ReadinessState:
    """What is not ready, by the check's name, empty when it can work; what is wrong and worked
    around; and what is published of the catalogue, None while the database does not answer."""

    missing: dict[str, str]
    faults: dict[str, str]
    catalogue: SnapshotState | None


class Readiness:
    """Runs the checks in their order."""

    def __init__(
        self,
        needed: Mapping[str, Check],
        worked_around: Mapping[str, Check],
        catalogue: Callable[[], SnapshotState],
    ) -> None:
        """The first of `needed` is called database; while it does not answer, the rest of these
        cannot be told. Where one of `worked_around` fails, something else is in force: a slip in a
        file that every replica reads must not take all of them out.
        """
        self._needed = dict(needed)
        self._worked_around = dict(worked_around)
        self._catalogue = catalogue
        self._running: asyncio.Task[ReadinessState] | None = None

    async def state(self) -> ReadinessState:
        """How it is now."""
        if self._running is None or self._running.done():
            thread = CapacityLimiter(1)
            run = to_thread.run_sync(self.run_checks, limiter=thread)
            self._running = asyncio.ensure_future(run)
        return await asyncio.shield(self._running)

    def run_checks(self) -> ReadinessState:
        """The same, on this thread."""
        found: dict[str, str] = {}
        for name, check in self._needed.items():
            sentence = _UNKNOWN if "database" in found else _ask(check)
            if sentence is not None:
                found[name] = sentence
        if "database" in found:  # which most others would wait for, and call their own fault
            return ReadinessState(found, {}, None)
        asked = ((name, _ask(check)) for name, check in self._worked_around.items())
        faults = {name: sentence for name, sentence in asked if sentence is not None}
        return ReadinessState(found, faults, self._catalogue_state())

    def _catalogue_state(self) -> SnapshotState | None:
        try:
            return self._catalogue()
        except _UNASKED:  # what is wrong with the database, a check has said
            return None


def database_checks(database: Database, monotonic: Callable[[], float]) -> dict[str, Check]:
    """The checks that ask the database alone."""
    return {
        "database": partial(_answers, database),
        "writes": partial(_takes_writes, database),
        "migrations": partial(_is_migrated, database),
        "catalogue": _Embedded(database, monotonic).problem,
    }


def _ask(check: Check) -> str | None:
    try:
        return check()
    except _UNASKED:
        return _UNKNOWN


def _answers(database: Database) -> str | None:
    if database.problem is not None:
        return database.problem
    try:
        database.takes_writes(timeout_seconds=_PROBE_SECONDS)
    except (psycopg.Error, PoolTimeout):
        return "The database does not answer."
    return None


def _takes_writes(database: Database) -> str | None:
    if database.takes_writes(timeout_seconds=_PROBE_SECONDS):
        return None
    return "The database is read-only: nothing can be recorded or removed."


def _is_migrated(database: Database) -> str | None:
    # Past Alembic, which takes longer over it than all other checks together.
    try:
        with database.autocommit() as cursor:
            rows = cursor.execute("SELECT version_num FROM alembic_version").fetchall()
    except psycopg.errors.UndefinedTable:
        rows = []
    if len(rows) == 1 and migrations.suffices(rows[0][0]):
        return None
    return "The schema is not at head; run `make migrate`."


class _Embedded:
    """How much of the catalogue is embedded; a good answer holds for a while."""

    def __init__(self, database: Database, monotonic: Callable[[], float]) -> None:
        self._database = database
        self._monotonic = monotonic
        self._good_until = float("-inf")

    def problem(self) -> str | None:
        if self._monotonic() < self._good_until:
            return None
        share = embedded_share(self._database)
        if share is None:
            return "The catalogue is empty; run `make etl-tmdb`, or `make demo` for a sample."
        if share < _ENOUGH_EMBEDDED:
            return (
                f"{share:.0%} of the catalogue is embedded in the active space; run `make embed`."
            )
        self._good_until = self._monotonic() + _COUNTED_SECONDS
        return None
