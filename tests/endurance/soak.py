"""`python -m tests.endurance.soak MINUTES`: a service that answers for long, while much happens.

Requests come at a fixed rate, whether or not those before are answered. The first tenth of the time
they come alone; then histories and feedback are written until the end, for the middle of it another
process writes 40 titles a second as a TMDB pass does and publishes them at its end, and in the last
quarter the collaborative model is replaced. For each minute are printed what requests took, the
service's memory, threads and open files, connections to the database, the temporary files that it
has written since the start and how many files lie in the service's own folders for such; at the end
what came of it, with status 1 where a request was not answered.

It writes to the database of DATABASE_URL or DATA_DIR: bring a copy.
"""

import argparse
import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

from api.catalogue.facts.load_facts import load_facts
from api.platform.database import Database, opened_database
from config.settings import Settings
from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.load import Answers, Clients
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.servers import Server, service

_WRITES_PER_SECOND = 2.0
_PATIENCE_SECONDS = 10.0
_ALONE, _PASS, _SWAP = 0.1, (0.25, 0.7), 0.8  # parts of the time
_TEXTS = ("something like the godfather but newer", "a slow burn thriller without gore")
_NAMES = ("the matrx", "amelie", "schindlers", "tarantino", "die hard 4.0")

_HEADER = (
    f"{'minute':>7}{'beside':>22}{'answers':>9}{'p50 ms':>8}{'p99 ms':>8}{'worst':>8}{'else':>6}"
    f"{'MB':>7}{'own MB':>8}{'threads':>9}{'files':>7}{'conn.':>7}"
    f"{'temp':>6}{'temp MB':>9}{'left':>6}"
)


@dataclass(frozen=True)
class Minute:
    """What one stretch saw; memory in MB at its end."""

    beside: str
    answers: Answers
    resident: float
    own: float
    threads: int
    files: int
    connections: int
    temporary_files: int  # that the database has written since the start
    temporary_megabytes: float
    left_behind: int  # in folders for temporary files

    @property
    def refused(self) -> int:
        """Requests without a 200."""
        return sum(self.answers.statuses.values()) - len(self.answers.seconds)

    def __str__(self) -> str:
        found = self.answers
        return (
            f"{self.beside:>22}{len(found.seconds):9}{found.percentile(50):8.1f}"
            f"{found.percentile(99):8.1f}{found.percentile(100):8.0f}{self.refused:6}"
            f"{self.resident:7.0f}{self.own:8.0f}{self.threads:9}{self.files:7}"
            f"{self.connections:7}{self.temporary_files:6}{self.temporary_megabytes:9.1f}"
            f"{self.left_behind:6}"
        )


def main() -> int:
    """Prints a line a minute, and what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.soak")
    parser.add_argument("minutes", type=float)
    parser.add_argument("--per-second", type=float, default=8, help="requests that come")
    parser.add_argument("--stretches", type=int, help="lines that are printed; one a minute")
    asked = parser.parse_args()
    stretches = asked.stretches or max(2, round(asked.minutes))
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        titles = facts.ids[facts.by_popularity[:2000]].tolist()
        with (
            made_viewers(database, facts, (*HISTORY, *HISTORY)) as viewers,
            tempfile.TemporaryDirectory() as own,
            service({"RATE_LIMIT_PER_MINUTE": "0", "TMPDIR": own}, ready="/healthz") as api,
        ):
            folders = (Path(own), settings.catalogue_dir)
            soak = Soak(database, api, viewers, titles, folders)
            soak.warm_up()
            minutes = soak.run(asked.minutes * 60, stretches, asked.per_second)
    return _conclude(minutes)


class Soak:
    """One service, and all that happens to it."""

    def __init__(
        self,
        database: Database,
        api: Server,
        viewers: Sequence[str],
        titles: Sequence[int],
        folders: Sequence[Path],
    ) -> None:
        """`folders` are for the service's files alone."""
        self._database = database
        self._folders = folders
        self._api = api
        self._viewers = viewers
        self._titles = titles
        self._failed: list[str] = []
        self._began_with = self._temporary()
        self._lay_there = self._left()

    def warm_up(self) -> None:
        """Asks for everything once, so that the first minute is not that of a start."""
        paths = self._paths()
        for _ in range(40):
            self._api.request(next(paths))

    def run(self, seconds: float, stretches: int, per_second: float) -> list[Minute]:
        """All stretches, each printed when it is over."""
        print(_HEADER, flush=True)
        minutes, ended, began = list[Minute](), Event(), time.monotonic()
        writes = Thread(target=self._write, args=(began + _ALONE * seconds, ended))
        writes.start()
        first, last = (part * seconds for part in _PASS)
        written = ("tests.benchmarks.written_titles", str(last - first), "0")
        swapped = ("tests.endurance.model_swap",)
        try:
            with (
                _beginning(began + first, written) as passing,
                _beginning(began + _SWAP * seconds, swapped) as swapping,
            ):
                for number in range(stretches):
                    beside = [self._doing(number / stretches), passing(), swapping()]
                    answers = asyncio.run(self._ask(per_second, seconds / stretches))
                    # What has begun or ended meanwhile counts.
                    beside += [passing(), swapping()]
                    names = "+".join(dict.fromkeys(filter(None, beside)))
                    minutes.append(self._seen(names, answers))
                    print(f"{number + 1:7}{minutes[-1]}", flush=True)
        finally:
            ended.set()
            writes.join()
        if self._failed:
            raise RuntimeError(f"{len(self._failed)} writes failed, as {self._failed[0]}")
        return minutes

    @staticmethod
    def _doing(part: float) -> str:
        return "alone" if part < _ALONE else "writes"

    async def _ask(self, per_second: float, seconds: float) -> Answers:
        clients = Clients(self._api.port, self._paths(), patience_seconds=_PATIENCE_SECONDS)

        async def nothing() -> None:
            return

        try:
            return await clients.open(per_second, seconds, nothing)
        finally:
            clients.close()

    def _paths(self) -> Iterator[str]:
        """Of ten requests five are for pages that nothing is kept for."""
        start = int(time.monotonic() * 1000) % 10_000_000
        for number in itertools.count(start):
            viewer = self._viewers[number % len(self._viewers)]
            fresh = path_of_page(viewer, mixer_novelty_weight=0.1 + number * 1e-8)
            others = (
                path_of_page(viewer),
                f"/search?q={quote(_NAMES[number % len(_NAMES)])}",
                f"/search/interpret?q={quote(_TEXTS[number % len(_TEXTS)])}",
                f"/items/{self._titles[number % len(self._titles)]}/similar",
                "/healthz",
            )
            yield fresh if number % 2 else others[number // 2 % len(others)]

    def _write(self, begins: float, ended: Event) -> None:
        """Histories and feedback, in turns, until the end."""
        headers = {"Content-Type": "application/json"}
        for number in itertools.count():
            if ended.wait(max(0.0, begins + number / _WRITES_PER_SECOND - time.monotonic())):
                return
            viewer = self._viewers[number % len(self._viewers)]
            item = self._titles[number * 7 % len(self._titles)]
            if number % 2:
                path, body = "/user/history", json.dumps({"user_id": viewer, "items": [item]})
            else:
                path = "/feedback"
                body = json.dumps({"user_id": viewer, "item_id": item, "event_type": "click"})
            try:
                self._api.request(path, method="POST", body=body.encode(), headers=headers)
            except (RuntimeError, OSError) as error:
                self._failed.append(str(error))

    def _seen(self, beside: str, answers: Answers) -> Minute:
        files, megabytes = self._temporary()
        process = self._api.process
        return Minute(
            beside,
            answers,
            self._api.resident_megabytes(),
            self._api.own_megabytes(),
            process.num_threads(),
            process.num_fds(),
            self._connections(),
            files - self._began_with[0],
            megabytes - self._began_with[1],
            self._left() - self._lay_there,
        )

    def _connections(self) -> int:
        """Of everybody to this database: the service's, and those of what runs beside it."""
        return int(self._number("SELECT count(*) FROM pg_stat_activity WHERE datname = {own}"))

    def _temporary(self) -> tuple[int, float]:
        of_own = "FROM pg_stat_database WHERE datname = {own}"
        files = self._number(f"SELECT temp_files {of_own}")
        return int(files), self._number(f"SELECT temp_bytes / 1e6 {of_own}")

    def _number(self, statement: str) -> float:
        with self._database.autocommit() as cursor:
            row = cursor.execute(statement.format(own="current_database()")).fetchone()
        return float(row[0]) if row else 0.0

    def _left(self) -> int:
        return sum(len(list(folder.iterdir())) for folder in self._folders if folder.is_dir())


@contextmanager
def _beginning(at: float, module: Sequence[str]) -> Iterator[Callable[[], str]]:
    """Runs a program from then on; gives what tells its name while it works.

    Raises RuntimeError when it fails.
    """
    started, given_up = list[subprocess.Popen[bytes]](), Event()

    def start() -> None:
        if not given_up.wait(max(0.0, at - time.monotonic())):
            started.append(subprocess.Popen([sys.executable, "-m", *module]))

    starting = Thread(target=start)
    starting.start()
    name = module[0].rpartition("_")[2]  # "titles", "swap"
    try:
        yield lambda: name if any(one.poll() is None for one in started) else ""
    finally:
        given_up.set()
        starting.join()
        for one in started:
            if one.poll() is None:
                one.terminate()
                one.wait(timeout=30)
            elif one.returncode:
                raise RuntimeError(f"{module[0]} ended with {one.returncode}")


def _conclude(minutes: Sequence[Minute]) -> int:
    """What is compared: the minutes that requests came alone, and all that followed."""
    alone = [one for one in minutes if one.beside == "alone"] or list(minutes[:1])
    later = [one for one in minutes if one not in alone] or alone
    quiet = statistics.median(one.answers.percentile(99) for one in alone)
    p99 = [one.answers.percentile(99) for one in later]
    print(
        f"p99 {quiet:.1f} ms alone; later {statistics.median(p99):.1f} at the median, "
        f"{max(p99):.1f} in the worst minute: {statistics.median(p99) / quiet:.2f} and "
        f"{max(p99) / quiet:.2f} times as much"
    )
    third = max(1, len(minutes) // 3)
    for name, of_each in (
        ("resident MB", [one.resident for one in minutes]),
        ("own MB", [one.own for one in minutes]),
        ("threads", [float(one.threads) for one in minutes]),
        ("open files", [float(one.files) for one in minutes]),
        ("connections", [float(one.connections) for one in minutes]),
    ):
        first, last = statistics.median(of_each[:third]), statistics.median(of_each[-third:])
        print(f"{name}: {first:.0f} in the first third, {last:.0f} in the last")
    refused = sum(one.refused for one in minutes)
    print(f"{refused} requests without an answer of 200")
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(main())
