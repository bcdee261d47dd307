"""`python -m tests.attack.kills`: kill -9 of what serves, while clients write.

Of the embedded Postgres, and of one of two processes of the service. After each kill it must answer
again by itself, whoever asks after the first answer must get no 503, and no write that was
acknowledged may be gone. Of Postgres /readyz must have said that it was missing.
"""

import argparse
import http.client
import json
import math
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread

import psutil

from tests.attack.target import Target, target

_WRITERS = 8
_PATH = "/user/history?user_id=bystander"
_AFTER = 50  # requests of new clients after the first answer
_GIVE_UP_SECONDS = 300  # on a machine that is busy with other things
_PROCESSES = 2


class Writers:
    """Clients that create a profile each time, and remember those they got a 200 for."""

    def __init__(self, port: int, clients: int) -> None:
        self._port = port
        self._stopped = Event()
        self._numbers = count()
        self._lock = Lock()
        self.acknowledged: list[str] = []
        self.statuses: Counter[int] = Counter()
        self._threads = [Thread(target=self._write) for _ in range(clients)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while not self._stopped.is_set():
            with self._lock:
                user_id = f"writer-{next(self._numbers)}"
            status = _post(self._port, user_id)
            with self._lock:
                self.statuses[status] += 1
                if status == 200:
                    self.acknowledged.append(user_id)
            if status != 200:
                self._stopped.wait(0.05)


@dataclass
class Findings:
    """What the trial saw."""

    seconds: list[float] = field(default_factory=list)  # to the first answer after each kill
    whole: list[float] = field(default_factory=list)  # until everything was there again
    said_so: int = 0  # times that /readyz named the database
    after: Counter[int] = field(default_factory=Counter)  # statuses after the first answer
    writers: Counter[int] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: int = 0
    down: int = 0  # kills after which it never answered, or had nothing left to kill

    @property
    def sound(self) -> bool:
        """Whether everything held. A start may be over before anybody asks /readyz."""
        return not self.lost and not self.down and set(self.after) <= {200}

    def __str__(self) -> str:
        longest, whole = (max(one, default=0.0) for one in (self.seconds, self.whole))
        return (
            f"{len(self.seconds)} kills: answered again by itself after at most {longest:.1f} s, "
            f"whole after {whole:.1f} s, {self.down} never (given up after {_GIVE_UP_SECONDS} s)\n"
            f"/readyz named the database after {self.said_so}\n"
            f"statuses after the first answer: {dict(self.after)}; of the writers: "
            f"{dict(self.writers)}\n"
            f"writes acknowledged {self.acknowledged}, lost {self.lost}"
        )


Kill = Callable[[Target, random.Random], bool]  # whether there was something to kill


def kill_postgres(found: Target, _: random.Random) -> bool:
    """The first process of the embedded server."""
    postmaster = found.postmaster()
    if postmaster is not None:
        postmaster.kill()
    return postmaster is not None


def kill_process(found: Target, chance: random.Random) -> bool:
    """One of the processes that serve."""
    processes = serving(found)
    if processes:
        chance.choice(processes).kill()
    return bool(processes)


def serving(found: Target) -> list[psutil.Process]:
    """The processes that answer, of a service that has several: copies of one of its children."""
    return [
        one
        for child in found.process.children()
        if "multiprocessing.forkserver" in " ".join(child.cmdline())
        for one in child.children()
        if one.status() != psutil.STATUS_ZOMBIE
    ]


def trial(
    found: Target,
    *,
    kills: int,
    seed: int,
    kill: Kill = kill_postgres,
    is_whole: Callable[[Target], bool] = lambda _: True,
    grace_seconds: float = 3,
    ends: float = math.inf,
) -> Findings:
    """Kills so many times at random moments; stops when the service stays down.

    No kill comes after `ends`, on the monotonic clock.

    `is_whole` says whether everything is there again, which the next kill waits for. An answer
    counts when /readyz has said what is missing, or after the grace: a start may be over before
    anybody asks.
    """
    chance = random.Random(seed)
    findings = Findings()
    with Writers(found.port, _WRITERS) as writers:
        for _ in range(kills):
            time.sleep(chance.uniform(0.5, 2.5))
            if time.monotonic() > ends:
                break
            if not (kill(found, chance) and _recovers(found, findings, is_whole, grace_seconds)):
                findings.down += 1
                break
    findings.writers = writers.statuses
    findings.acknowledged = len(writers.acknowledged)
    if not findings.down:
        findings.lost = sum(not is_kept(found, user) for user in writers.acknowledged)
    return findings


def _recovers(
    found: Target, findings: Findings, is_whole: Callable[[Target], bool], grace_seconds: float
) -> bool:
    began = time.monotonic()
    said_so = answered = False
    while (passed := time.monotonic() - began) < _GIVE_UP_SECONDS:
        said_so = said_so or names_the_database(found)
        if not answered and (said_so or passed > grace_seconds) and found.status_of(_PATH) == 200:
            answered = True
            findings.seconds.append(time.monotonic() - began)
            findings.said_so += said_so
            findings.after.update(found.status_of(_PATH) for _ in range(_AFTER))
        if answered and is_whole(found):
            findings.whole.append(time.monotonic() - began)
            return True
        time.sleep(0.02)
    return False


def names_the_database(found: Target) -> bool:
    """Whether /readyz is 503 at this moment and names the database."""
    connection = found.connect()
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = json.loads(answer.read())
        return answer.status == 503 and "database" in body.get("not_ready", {})
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _post(port: int, user_id: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = json.dumps({"user_id": user_id, "items": []})
        connection.request("POST", "/user/history", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def is_kept(found: Target, user_id: str) -> bool:
    connection = found.connect()
    try:
        connection.request("GET", f"/users/{user_id}/export")
        return bool(json.loads(connection.getresponse().read())["profiles"])
    finally:
        connection.close()


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30, help="of Postgres")
    parser.add_argument("--process-kills", type=int, default=50, help="of a process that serves")
    parser.add_argument("--minutes", type=float, default=math.inf, help="of each kind, at most")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="seenemall-kills-") as folder,
        target(Path(folder), {"WORKERS": str(_PROCESSES)}) as found,
    ):
        _wait_until_whole(found)
        of_processes = trial(
            found,
            kills=arguments.process_kills,
            seed=arguments.seed,
            kill=kill_process,
            is_whole=_is_whole,
            grace_seconds=0,
            ends=time.monotonic() + arguments.minutes * 60,
        )
        print(f"processes that serve: {of_processes}", flush=True)
        ends = time.monotonic() + arguments.minutes * 60
        of_postgres = trial(found, kills=arguments.kills, seed=arguments.seed, ends=ends)
        print(f"Postgres: {of_postgres}", flush=True)
    held = of_processes.sound and of_postgres.sound
    print("held" if held else "did not hold")
    return int(not held)


def _is_whole(found: Target) -> bool:
    return len(serving(found)) == _PROCESSES


def _wait_until_whole(found: Target) -> None:
    ends = time.monotonic() + _GIVE_UP_SECONDS
    while not _is_whole(found) and time.monotonic() < ends:
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
