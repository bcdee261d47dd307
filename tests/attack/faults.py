"""`python -m tests.attack.faults`: locked tables, ended connections.

While it lasts every answer is a 200 or a 503, and comes; health is told at once. When it is over
everybody is answered again without a restart, and no write that was acknowledged is gone.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

import httpx2
import psycopg

from api.platform.database import open_database
from config.settings import Settings
from tests.attack.kills import Writers, is_kept
from tests.attack.probe import Probe
from tests.attack.target import Target, target

_READERS = 12
_LASTS_SECONDS = 20.0  # longer than the patience of a statement
_LONGEST_ANSWER_SECONDS = 30.0  # a statement's own patience, twice, and the wait for a connection
_RECOVERS_WITHIN_SECONDS = 60.0
_HEALTH_SECONDS = 1.0
_AFTERWARDS = 50  # requests that must all be answered
_PATH = "/user/history?user_id=bystander"


@dataclass
class Outcome:
    """What clients saw of one fault."""

    name: str
    statuses: Counter[int] = field(default_factory=Counter)  # of readers while it lasted
    longest: float = 0.0
    writers: Counter[int] = field(default_factory=Counter)
    health: str = ""
    health_p95: float = 0.0  # seconds
    recovered_after: float | None = None  # seconds; None: not by itself
    afterwards: Counter[int] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, broken, or left hanging."""
        seen = {*self.statuses, *self.writers}
        return (
            seen <= {200, 503}
            and self.longest < _LONGEST_ANSWER_SECONDS
            and self.health_p95 < _HEALTH_SECONDS
            and self.recovered_after is not None
            and set(self.afterwards) == {200}
            and self.lost == 0
        )

    def __str__(self) -> str:
        recovered = "never" if self.recovered_after is None else f"{self.recovered_after:.1f} s"
        return (
            f"{self.name}: readers {dict(self.statuses)}, longest {self.longest:.1f} s; writers "
            f"{dict(self.writers)}; /healthz {self.health}; answered again after {recovered}, then "
            f"{dict(self.afterwards)}; acknowledged {self.acknowledged}, lost {self.lost}: "
            f"{'held' if self.is_sound else 'did not hold'}"
        )


class Readers:
    """Clients that ask until they are stopped, each over one connection."""

    def __init__(self, port: int, outcome: Outcome) -> None:
        self._url = f"http://127.0.0.1:{port}"
        self._outcome = outcome
        self._stopped, self._lock = Event(), Lock()
        self._threads = [Thread(target=self._read, daemon=True) for _ in range(_READERS)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _read(self) -> None:
        with httpx2.Client(base_url=self._url, timeout=60) as client:
            while not self._stopped.is_set():
                began = time.monotonic()
                try:
                    status = client.get(_PATH).status_code
                except httpx2.HTTPError:
                    status = 0
                with self._lock:
                    self._outcome.statuses[status] += 1
                    took = time.monotonic() - began
                    self._outcome.longest = max(self._outcome.longest, took)


@contextmanager
def locked_tables(found: Target) -> Iterator[None]:
    """Somebody holds what every request about a viewer reads."""
    with _connected(found) as connection, connection.transaction():
        connection.execute("LOCK TABLE profiles, interactions, slates IN ACCESS EXCLUSIVE MODE")
        time.sleep(_LASTS_SECONDS)
        yield


@contextmanager
def ended_connections(found: Target) -> Iterator[None]:
    """Somebody ends every connection of the service, twice a second."""
    with _connected(found) as connection:
        ends = time.monotonic() + _LASTS_SECONDS
        while time.monotonic() < ends:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            time.sleep(0.5)
        yield


@contextmanager
def _connected(found: Target) -> Iterator[psycopg.Connection]:
    with (
        closing(open_database(Settings.load({"DATA_DIR": found.data_dir}))) as database,
        psycopg.connect(database.libpq_url, autocommit=True) as connection,
    ):
        yield connection


_FAULTS = {
    "locked tables": locked_tables,
    "ended connections": ended_connections,
}


def trial(found: Target, name: str) -> Outcome:
    """One fault under load, and what became of it."""
    outcome = Outcome(name)
    with Writers(found.port, 4) as writers:
        probe = Probe(found.port, seconds=_LASTS_SECONDS, path="/healthz")
        with Readers(found.port, outcome), _FAULTS[name](found):
            waits = probe.waits()
        outcome.recovered_after = _recovered(found)
        outcome.afterwards = Counter(found.status_of(_PATH) for _ in range(_AFTERWARDS))
    outcome.health, outcome.health_p95 = str(waits), waits.p95 / 1000
    outcome.writers, outcome.acknowledged = writers.statuses, len(writers.acknowledged)
    if outcome.recovered_after is not None:
        outcome.lost = sum(not is_kept(found, user) for user in writers.acknowledged)
    return outcome


def _recovered(found: Target) -> float | None:
    began = time.monotonic()
    while (passed := time.monotonic() - began) < _RECOVERS_WITHIN_SECONDS:
        if found.status_of(_PATH) == 200:
            return passed
        time.sleep(0.05)
    return None


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(_FAULTS))
    only = parser.parse_args().only
    outcomes: list[Outcome] = []
    with (
        tempfile.TemporaryDirectory(prefix="seenemall-faults-") as folder,
        target(Path(folder)) as found,
    ):
        for name in [only] if only else _FAULTS:
            outcomes.append(trial(found, name))
            print(outcomes[-1], flush=True)
    return int(not all(outcome.is_sound for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
