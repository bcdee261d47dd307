"""`python -m tests.attack.publishing`: the published catalogue under kills, damage and full disks.

Two services, each with a folder of its own, answer on one database while titles change and
`seenemall publish` is killed with -9 at random moments; then what fetches a snapshot is killed so;
then the file of one machine is cut off or replaced; then the disk of another is full. Every answer
must be a 200 and the right one, every file whole by its digest, and what is published last equal to
the rows, array by array. A disk of one's own takes root.
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx2
import numpy as np

from api.catalogue.facts.load_facts import read_columns
from api.catalogue.names.catalogue_names import read_catalogue_names
from api.catalogue.names.read_text_names import read_text_names
from api.catalogue.published.publish import COLUMNS, NAMES, SIMILARITY, TEXT_NAMES, WORDS
from api.catalogue.published.snapshot_file import UnusableSnapshot
from api.catalogue.published.snapshot_store import Published, newest_snapshot, opened_here
from api.catalogue.similarity.read_similarity import read_similarity
from api.catalogue.words.read_words import read_word_index
from api.domain.arrays import Arrays, put_under
from api.platform import migrations
from api.platform.database import Database, open_database
from config.settings import Settings
from tests.attack.fault_injection import CannotBeTried, own_disk
from tests.attack.target import SEENEMALL, Target, target
from tests.builders import add_items, announce_catalogue

_TITLES = 5_000
_STEADY = range(1_000, 4_000)  # titles that are asked for and never change
_DISK_MEGABYTES = 24
_PATIENCE_SECONDS = 60.0
_RENAME = "UPDATE items SET title = %s, search_name = %s WHERE id = %s"


@dataclass
class Findings:
    """What was seen."""

    kills: Counter[str] = field(default_factory=Counter)
    published_though_killed: int = 0
    halves_left: int = 0  # files that a kill left behind, gone after the next fetch
    answers: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def hold(self, holds: bool, what: str) -> None:
        """Keeps what does not."""
        if not holds:
            self.problems.append(what)


class Askers:
    """One client per service, who knows the answers."""

    def __init__(self, services: Sequence[Target], ids: Sequence[int], findings: Findings) -> None:
        self._ids = ids
        self._answers = findings.answers
        self._stopped = Event()
        self._threads = [Thread(target=self._ask, args=(one,)) for one in services]

    def __enter__(self) -> "Askers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, service: Target) -> None:
        chance = random.Random(service.port)
        with httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=60) as client:
            while not self._stopped.wait(0.02):
                number = chance.choice(_STEADY)
                said = _first(client, f"film {number}")
                self._answers["right" if said == self._ids[number - 1] else f"wrong: {said}"] += 1


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack.publishing")
    parser.add_argument("--kills", type=int, default=20, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    # What is killed: it fetches for ever.
    parser.add_argument("--fetch", nargs=2, metavar=("URL", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fetch:
        _fetch_for_ever(arguments.fetch[0], Path(arguments.fetch[1]))
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="seenemall-publishing-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root the server runs as a user of its own
        with _catalogue(folder / "server") as (database, ids):
            trial = Trial(folder, database, ids, findings, random.Random(arguments.seed))
            trial.run(arguments.kills)
    kills = ", ".join(f"{count} of {what}" for what, count in findings.kills.items())
    print(
        f"kills: {kills}; {findings.published_though_killed} came after the commit, "
        f"{findings.halves_left} left half a file\nanswers: {dict(findings.answers)}"
    )
    findings.hold(set(findings.answers) == {"right"}, "an answer was not right")
    print("did not hold: " + "; ".join(findings.problems) if findings.problems else "held")
    return int(bool(findings.problems))


@contextmanager
def _catalogue(data_dir: Path) -> Iterator[tuple[Database, list[int]]]:
    with closing(open_database(Settings.load({"DATA_DIR": data_dir}))) as database:
        migrations.upgrade(database)
        database.open_pool()
        ids = add_items(database, _TITLES)
        announce_catalogue(database)
        yield database, ids


class Trial:
    """Every attack, one after the other, on one database."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        ids: Sequence[int],
        findings: Findings,
        chance: random.Random,
    ) -> None:
        self._folder = folder
        self._database = database
        self._ids = ids
        self._findings = findings
        self._chance = chance
        self._edits = 0

    def run(self, kills: int) -> None:
        """All of it; what does not hold is in the findings."""
        self._publish()
        with ExitStack() as services:
            both = [services.enter_context(self._service(name)) for name in ("one", "two")]
            with Askers(both, self._ids, self._findings):
                self._kill_publishing(kills)
                self._kill_fetching(kills)
                for service in both:
                    self._wait_until_served(service)
        self._damage("two")
        try:
            self._fill_disk("three")
        except CannotBeTried as error:
            print(f"a full disk: not tried, as {error}")

    def _kill_publishing(self, kills: int) -> None:
        began = time.monotonic()
        self._edit()
        self._publish()
        takes = time.monotonic() - began
        while self._findings.kills["publishing"] < kills:
            self._edit()
            before = newest_snapshot(self._database)
            process = self._start_publishing()
            if _killed(process, self._chance.uniform(0, takes)):
                self._findings.kills["publishing"] += 1
                after = newest_snapshot(self._database)
                self._findings.published_though_killed += before != after
            self._hold_whole("one", "two")
        self._publish()
        self._hold_equal_to_rows()

    def _kill_fetching(self, kills: int) -> None:
        folder = self._folder / "fetching"
        command = (sys.executable, "-m", "tests.attack.publishing", "--fetch")
        while self._findings.kills["fetching"] < kills:
            with subprocess.Popen(
                [*command, self._database.libpq_url, str(folder)], stdout=subprocess.PIPE
            ) as process:
                assert process.stdout is not None
                process.stdout.readline()
                self._findings.kills["fetching"] += _killed(process, self._chance.uniform(0, 0.5))
            self._findings.halves_left += any(folder.glob(".catalogue-*"))
            self._hold_whole("fetching")
            self._findings.hold(not [*folder.glob(".catalogue-*")], "half a file stayed")

    def _damage(self, name: str) -> None:
        """What stands where the snapshot is looked for when a service starts."""
        newest = self._newest()
        path = self._folder / name / "catalogue" / newest.file_name
        whole = path.read_bytes()
        for what, damaged in (
            ("an empty file", b""),
            ("a file cut off", whole[: self._chance.randrange(1, len(whole))]),
            ("a file that is too long", whole + b"\0"),
            ("a foreign file", b"PK\x03\x04 something else"),
            ("zeros of its size", bytes(len(whole))),
            ("another byte in its middle", _with_another_byte(whole)),
            ("a header of noise", whole[:16] + self._chance.randbytes(len(whole) - 16)),
        ):
            path.unlink(missing_ok=True)
            path.write_bytes(damaged)
            with self._service(name) as service:
                self._hold_right(service, what)
            self._findings.hold(_digest(path) == newest.digest, f"{what} stayed")

    def _fill_disk(self, name: str) -> None:
        """A service starts without room for its file, gets room, and loses it before the next."""
        folder = self._folder / name
        folder.mkdir()
        with own_disk(folder, megabytes=_DISK_MEGABYTES):
            filled = _Ballast(folder)
            filled.fill()
            with self._service(name) as service:
                self._hold_right(service, "no room for the file")
                self._findings.hold(_reads_from(service) == "rows", "a file without room")
                filled.empty()
                self._wait_until_served(service)
                filled.fill()
                self._edit()
                failed = self._start_publishing(folder).wait(_PATIENCE_SECONDS)
                self._findings.hold(failed != 0, "publishing on a full disk said that it did")
                self._publish()
                self._hold_right(service, "no room for the next file")
                filled.empty()
                self._wait_until_served(service)

    def _hold_right(self, service: Target, when: str) -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=60) as client:
            for number in self._chance.sample(_STEADY, 20):
                found = _first(client, f"film {number}")
                right = found == self._ids[number - 1]
                self._findings.answers["right" if right else f"{when}: {found}"] += 1

    def _hold_whole(self, *names: str) -> None:
        """Any machine can open the newest, and what lies there is what was published."""
        for name in names:
            folder = self._folder / name / ("" if name == "fetching" else "catalogue")
            for _ in range(100):
                newest = self._newest()
                try:
                    opened_here(self._database, newest, folder)
                    whole = _digest(folder / newest.file_name) == newest.digest
                except (UnusableSnapshot, FileNotFoundError):
                    if newest == self._newest():
                        raise
                    continue  # a newer one has replaced it meanwhile
                self._findings.hold(whole, f"a file of {name} is not what was published")
                return

    def _hold_equal_to_rows(self) -> None:
        opened = opened_here(self._database, self._newest(), self._folder / "one" / "catalogue")
        rows = _rows(self._database)
        self._findings.hold(opened.keys() == rows.keys(), "arrays are missing")
        for name, array in rows.items():
            self._findings.hold(np.array_equal(opened[name], array), f"{name} is not the rows'")

    def _wait_until_served(self, service: Target) -> None:
        """The newest title is found, which only the newest snapshot has."""
        ends = time.monotonic() + _PATIENCE_SECONDS
        with httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=60) as client:
            while time.monotonic() < ends:
                if _first(client, f"renamed {self._edits}") == self._ids[-1]:
                    return
                time.sleep(0.1)
        self._findings.problems.append("the newest snapshot was not served")

    def _edit(self) -> None:
        self._edits += 1
        name = f"Renamed {self._edits}"
        with self._database.autocommit() as cursor:
            cursor.execute(_RENAME, (name, name.lower(), self._ids[-1]))
        announce_catalogue(self._database)

    def _newest(self) -> Published:
        newest = newest_snapshot(self._database)
        if newest is None:
            raise RuntimeError("nothing is published")
        return newest

    def _publish(self) -> None:
        if self._start_publishing().wait(_PATIENCE_SECONDS):
            self._findings.problems.append("publishing failed in peace")

    def _start_publishing(self, data_dir: Path | None = None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*SEENEMALL, "publish"],
            env={**os.environ, **self._environment(data_dir or self._folder / "publisher")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def _service(self, name: str) -> Iterator[Target]:
        data_dir = self._folder / name
        data_dir.mkdir(exist_ok=True)
        log = self._folder / f"{name}.log"
        with target(data_dir, self._environment(data_dir), log=log) as service:
            yield service

    def _environment(self, data_dir: Path) -> Mapping[str, str]:
        return {"DATA_DIR": str(data_dir), "DATABASE_URL": self._database.libpq_url}


class _Ballast:
    """Takes all that a disk has, and gives it back."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def fill(self) -> None:
        """Not a byte is left."""
        with self._file.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4_096))
            except OSError:
                pass

    def empty(self) -> None:
        """All of it is free."""
        self._file.unlink()


def _first(client: httpx2.Client, words: str) -> int | str | None:
    """The id that a search finds first, or what was answered in its place."""
    try:
        answer = client.get("/search", params={"q": words, "limit": 5})
    except httpx2.HTTPError as error:
        return type(error).__name__
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    items = answer.json()["items"]
    return int(items[0]["id"]) if items else None


def _reads_from(service: Target) -> str:
    answer = httpx2.get(f"http://127.0.0.1:{service.port}/admin/index", timeout=60)
    return str(answer.json()["snapshot"]["reads_from"])


def _rows(database: Database) -> Arrays:
    """The arrays of a snapshot as a plain reading of the rows makes them."""
    return {
        **put_under(NAMES, read_catalogue_names(database).arrays()),
        **put_under(TEXT_NAMES, read_text_names(database).arrays()),
        **put_under(WORDS, read_word_index(database).arrays()),
        **put_under(SIMILARITY, read_similarity(database).arrays()),
        **put_under(COLUMNS, read_columns(database).arrays()),
    }


def _killed(process: subprocess.Popen[bytes], patience_seconds: float) -> bool:
    """Whether it was killed with -9, not done before."""
    try:
        process.wait(patience_seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _with_another_byte(whole: bytes) -> bytes:
    place = len(whole) // 2
    return whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _fetch_for_ever(url: str, folder: Path) -> None:
    database = Database(url)
    database.open_pool()
    print("begun", flush=True)
    while True:
        newest = newest_snapshot(database)
        if newest is None:
            raise RuntimeError("nothing is published")
        (folder / newest.file_name).unlink(missing_ok=True)
        opened_here(database, newest, folder)


if __name__ == "__main__":
    sys.exit(main())
