"""`python -m tests.endurance.kills`: kill -9 at random moments, then see that nothing is amiss.

Jobs run as processes of their own against a TMDB double. Each is killed at a moment drawn from the
seed: while it ingests, while it embeds, or between the last vector and the switch to a new space.
Runs follow until the step is complete, then the catalogue must equal that of a run in peace, row
for row. After each kill, no more than one batch may be fetched again, and no vector that was
committed may be written again.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import text

from api.platform import migrations
from api.platform.database import Database, open_database
from config.settings import Settings
from etl.tmdb.fetching import BATCH
from tests.doubles.tmdb import KEY, TmdbDouble
from tests.endurance.catalogue import Digest, digest_of
from tests.endurance.titles import invent_titles

_POLL_SECONDS = 0.005
_LONGEST_RUN_SECONDS = 600
_KILLS_PER_STEP = 5  # of one round; then the step may come through
_SWITCH_SECONDS = 1.0  # from the last vector, or the begun index, to a switch that is done

_SWITCHING = text(
    "SELECT EXISTS (SELECT FROM pg_stat_progress_create_index) OR NOT EXISTS (SELECT FROM items "
    "WHERE NOT EXISTS (SELECT FROM item_embeddings JOIN embedding_spaces ON space_id = id "
    "WHERE version = :version AND item_id = items.id))"
)
# A server process that is in the middle of a statement notices only at its end that nobody listens.
_LOCKED = text("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory')")
_VECTORS = text(
    "SELECT space_id, item_id, item_embeddings.xmin::text::bigint AS written_by "
    "FROM item_embeddings"
)


@dataclass(frozen=True)
class Step:
    """A job under an embedding version, and what to wait for before the dice are thrown."""

    name: str
    job: str
    version: str
    until: Callable[[Database], bool] | None = None


@dataclass
class Findings:
    """What the trial saw."""

    kills: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    most_fetched_again: int = 0
    rewritten_vectors: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything held."""
        return (
            not self.differences and not self.rewritten_vectors and self.most_fetched_again <= BATCH
        )


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--titles", type=int, default=3000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-kills-") as folder, TmdbDouble() as tmdb:
        os.chmod(folder, 0o755)  # as root the server runs as a user of its own
        invent_titles(tmdb, arguments.titles, seed=arguments.seed)
        trial = Trial(Path(folder), tmdb, random.Random(arguments.seed))
        findings = trial.run(arguments.kills)
    print(
        f"{findings.kills.total()} kills ("
        + ", ".join(f"{name} {count}" for name, count in sorted(findings.kills.items()))
        + f") over {findings.rounds} rounds of {arguments.titles:,} titles, seed {arguments.seed}\n"
        f"fetched again after a kill: {findings.most_fetched_again} at most (a batch is {BATCH})\n"
        f"committed vectors written again: {findings.rewritten_vectors}\n"
        f"catalogues that differ from one filled in peace: {findings.differences or 'none'}"
    )
    return int(not findings.sound)


class Trial:
    """Rounds of ingest, embedding and switch on one server; each round has its own database."""

    def __init__(self, folder: Path, tmdb: TmdbDouble, chance: random.Random) -> None:
        self._folder = folder
        self._tmdb = tmdb
        self._chance = chance
        self._environment = {
            "TMDB_API_KEY": KEY,
            "TMDB_BASE_URL": tmdb.api_url,
            "TMDB_EXPORT_URL": tmdb.export_url,
            "TMDB_MIN_POPULARITY": "0",
            "TMDB_RATE_PER_SECOND": "500",
        }
        self._findings = Findings()

    def run(self, kills: int) -> Findings:
        """Kills so many runs; the last round is completed too."""
        seconds, expected = self._in_peace()
        while self._findings.kills.total() < kills:
            self._findings.rounds += 1
            with self._fresh_database(f"round-{self._findings.rounds}") as database:
                asked: set[str] = set()
                for step in _STEPS:
                    self._until_complete(database, step, seconds[step.name], kills, asked)
                    _tell(step, self._findings)
                    if (found := digest_of(database.engine)) != expected[step.name]:
                        self._findings.differences += _differences(found, expected[step.name])
        return self._findings

    def _in_peace(self) -> tuple[dict[str, float], dict[str, dict[str, Digest]]]:
        """How long each step takes, and the catalogue after it."""
        seconds, digests = {}, {}
        with self._fresh_database("in-peace") as database:
            for step in _STEPS:
                began = time.monotonic()
                process = self._start(database, step)
                if process.wait(_LONGEST_RUN_SECONDS):
                    raise RuntimeError(f"{step.job} failed in peace")
                seconds[step.name] = time.monotonic() - began
                digests[step.name] = digest_of(database.engine)
        return seconds, digests

    def _until_complete(
        self, database: Database, step: Step, seconds: float, kills: int, asked: set[str]
    ) -> None:
        """Runs the step, killing each run while there are kills left, until one comes through."""
        vectors = _vectors(database)
        for tries in count():
            before = len(self._tmdb.requests)
            process = self._start(database, step)
            wanted = tries < _KILLS_PER_STEP and self._findings.kills.total() < kills
            killed = wanted and self._kill(process, database, step, seconds)
            if not killed and process.wait(_LONGEST_RUN_SECONDS):
                raise RuntimeError(f"{step.job} failed after a kill")
            details = [one for one in self._tmdb.requests[before:] if _is_detail(one)]
            again = sum(one in asked for one in details)
            self._findings.most_fetched_again = max(self._findings.most_fetched_again, again)
            asked.update(details)
            now = _vectors(database)
            self._findings.rewritten_vectors += sum(
                now[key] != written_by for key, written_by in vectors.items()
            )
            vectors = now
            if not killed:
                return
            self._findings.kills[step.name] += 1

    def _kill(
        self, process: subprocess.Popen[bytes], database: Database, step: Step, seconds: float
    ) -> bool:
        """Kills the process at a random moment; False when it was done before."""
        patience = self._chance.uniform(0, seconds if step.until is None else _SWITCH_SECONDS)
        while step.until is not None and process.poll() is None and not step.until(database):
            time.sleep(_POLL_SECONDS)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        while _is_locked(database):  # a run that met the dead one's lock would leave at once
            time.sleep(_POLL_SECONDS)
        return killed

    def _start(self, database: Database, step: Step) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            **self._environment,
            "DATABASE_URL": database.libpq_url,
            "EMBED_VERSION": step.version,
            "DATA_DIR": str(self._folder / "models"),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "api.commands.seenemall", "job", step.job],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def _fresh_database(self, name: str) -> Iterator[Database]:
        database = open_database(Settings.load({"DATA_DIR": self._folder / name}))
        try:
            migrations.upgrade(database)
            yield database
        finally:
            database.close()


def _switching_to(version: str) -> Callable[[Database], bool]:
    def is_switching(database: Database) -> bool:
        with database.engine.connect() as connection:
            return bool(connection.execute(_SWITCHING, {"version": version}).scalar_one())

    return is_switching


_STEPS = (
    Step("ingest", "tmdb", "1"),
    Step("embedding", "embed", "1"),
    Step("switch", "embed", "2", until=_switching_to("2")),
)


def _is_locked(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(connection.execute(_LOCKED).scalar_one())


def _tell(step: Step, findings: Findings) -> None:
    sys.stderr.write(
        f"round {findings.rounds}: {step.name} complete, {findings.kills.total()} kills so far, "
        f"{findings.most_fetched_again} titles fetched again at most\n"
    )


def _vectors(database: Database) -> Mapping[tuple[int, int], int]:
    with database.engine.connect() as connection:
        rows = connection.execute(_VECTORS).all()
    return {(row.space_id, row.item_id): row.written_by for row in rows}


def _is_detail(path: str) -> bool:
    media_type, _, rest = path.partition("/")
    return media_type in {"movie", "tv"} and rest.isdecimal()


def _differences(found: Mapping[str, Digest], expected: Mapping[str, Digest]) -> list[str]:
    return [part for part in expected if found[part] != expected[part]]


if __name__ == "__main__":
    sys.exit(main())
