"""`python -m tests.attack.kills`: kill -9 of the embedded Postgres while clients write.

After each kill the service must answer again by itself, /readyz must have said what was missing,
whoever asks after the first answer must get no 503, and no write that was acknowledged may be gone.
"""

import argparse
import http.client
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread

from tests.attack.target import Target, target

_WRITERS = 8
_PATH = "/user/history?user_id=bystander"
_AFTER = 50  # requests of new clients after the first answer
_GIVE_UP_SECONDS = 60


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
    said_so: int = 0  # times that /readyz named the database
    after: Counter[int] = field(default_factory=Counter)  # statuses after the first answer
    writers: Counter[int] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: int = 0
    down: int = 0  # kills after which it never answered

    @property
    def sound(self) -> bool:
        """Whether everything held. A start may be over before anybody asks /readyz."""
        return not self.lost and not self.down and set(self.after) <= {200}

    def __str__(self) -> str:
        longest = f"{max(self.seconds):.1f}" if self.seconds else "-"
        return (
            f"{len(self.seconds)} kills of Postgres answered again by itself after at most "
            f"{longest} s, {self.down} never (given up after {_GIVE_UP_SECONDS} s)\n"
            f"/readyz named the database after {self.said_so}\n"
            f"statuses after the first answer: {dict(self.after)}; of the writers: "
            f"{dict(self.writers)}\n"
            f"writes acknowledged {self.acknowledged}, lost {self.lost}"
        )


def trial(found: Target, *, kills: int, seed: int) -> Findings:
    """Kills so many times at random moments; stops when the service stays down."""
    chance = random.Random(seed)
    findings = Findings()
    with Writers(found.port, _WRITERS) as writers:
        for _ in range(kills):
            time.sleep(chance.uniform(0.5, 2.5))
            postmaster = found.postmaster()
            if postmaster is None:
                findings.down += 1
                break
            postmaster.kill()
            if not _recovers(found, findings):
                findings.down += 1
                break
    findings.writers = writers.statuses
    findings.acknowledged = len(writers.acknowledged)
    if not findings.down:
        findings.lost = sum(not _is_kept(found, user) for user in writers.acknowledged)
    return findings


def _recovers(found: Target, findings: Findings) -> bool:
    began = time.monotonic()
    said_so = False
    while (passed := time.monotonic() - began) < _GIVE_UP_SECONDS:
        said_so = said_so or names_the_database(found)
        if (said_so or passed > 3) and found.status_of(_PATH) == 200:
            findings.seconds.append(time.monotonic() - began)
            findings.said_so += said_so
            findings.after.update(found.status_of(_PATH) for _ in range(_AFTER))
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


def _is_kept(found: Target, user_id: str) -> bool:
    connection = found.connect()
    try:
        connection.request("GET", f"/users/{user_id}/export")
        return bool(json.loads(connection.getresponse().read())["profiles"])
    finally:
        connection.close()


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="seenemall-kills-") as folder,
        target(Path(folder)) as found,
    ):
        findings = trial(found, kills=arguments.kills, seed=arguments.seed)
    print(f"{findings}\n{'held' if findings.sound else 'did not hold'}")
    return int(not findings.sound)


if __name__ == "__main__":
    sys.exit(main())
