"""`python -m tests.attack.faults`: each fault of `fault_injection`, under load.

While it lasts every answer is a 200 or a 503, and comes; health is told at once. When it is over
everybody is answered again without a restart, and no write that was acknowledged is gone. A fault
that cannot be tried on this machine is named, with what it takes.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

import httpx2

from tests.attack.fault_injection import FAULTS, LASTS_SECONDS, CannotBeTried, Fault
from tests.attack.kills import Writers, is_kept
from tests.attack.probe import Probe
from tests.attack.target import Target, target

_READERS = 12
_LONGEST_ANSWER_SECONDS = 30.0  # a statement's own patience, twice, and the wait for a connection
_RECOVERS_WITHIN_SECONDS = 60.0
_HEALTH_SECONDS = 1.0
_AFTERWARDS = 50  # requests that must all be answered


@dataclass
class Outcome:
    """What clients saw of one fault."""

    name: str
    fault: Fault
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
            seen <= self.fault.answers
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
        self._path = outcome.fault.path
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
                    status = client.get(self._path).status_code
                except httpx2.HTTPError:
                    status = 0
                with self._lock:
                    self._outcome.statuses[status] += 1
                    took = time.monotonic() - began
                    self._outcome.longest = max(self._outcome.longest, took)


def trial(found: Target, name: str, fault: Fault) -> Outcome:
    """One fault under load, and what became of it."""
    outcome = Outcome(name, fault)
    with Writers(found.port, 4) as writers:
        probe = Probe(found.port, seconds=LASTS_SECONDS, path="/healthz")
        with Readers(found.port, outcome):
            with fault.lasting(found):
                waits = probe.waits()
            outcome.recovered_after = _recovered(found, fault)
        outcome.afterwards = Counter(found.status_of(fault.path) for _ in range(_AFTERWARDS))
    outcome.health, outcome.health_p95 = str(waits), waits.p95 / 1000
    outcome.writers, outcome.acknowledged = writers.statuses, len(writers.acknowledged)
    if outcome.recovered_after is not None:
        outcome.lost = sum(not is_kept(found, user) for user in writers.acknowledged)
    return outcome


def _recovered(found: Target, fault: Fault) -> float | None:
    began = time.monotonic()
    while (passed := time.monotonic() - began) < _RECOVERS_WITHIN_SECONDS:
        if fault.is_over(found):
            return passed
        time.sleep(0.05)
    return None


def _tried(name: str, fault: Fault) -> bool:
    """Whether it held, or could not be tried; prints which."""
    with tempfile.TemporaryDirectory(prefix="seenemall-faults-") as folder:
        data_dir = Path(folder, "data")
        data_dir.mkdir()
        for path in (Path(folder), data_dir):
            path.chmod(0o755)  # as root the server runs as a user of its own
        try:
            with (
                fault.prepared(data_dir) as environment,
                target(data_dir, environment, log=Path(folder, "api.log")) as found,
            ):
                outcome = trial(found, name, fault)
        except CannotBeTried as error:
            print(f"{name}: not tried, as {error}", flush=True)
            return True
    print(outcome, flush=True)
    return outcome.is_sound


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(FAULTS))
    only = parser.parse_args().only
    held = [_tried(name, FAULTS[name]) for name in ([only] if only else FAULTS)]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
