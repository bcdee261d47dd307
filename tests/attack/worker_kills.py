"""`python -m tests.attack.worker_kills`: kill -9 of the worker beside the service, amid a job.

Each time a job is queued over REST, and the worker dies at a random moment: before it has taken the
job, or in the middle of it. The service must go on answering, a worker must be there again by
itself, and every job that was acknowledged must come to its end.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.attack.target import SEENEMALL, Target, target

_JOB = {"job": "embed", "options": {"full": True, "limit": 200}}  # as long each time
_GIVE_UP_SECONDS = 600  # a dead worker's job is taken over when its heart has not beaten for 60 s
_ASK_SECONDS = 0.2
_PATH = "/user/history?user_id=bystander"


@dataclass
class Findings:
    """What the trial saw."""

    back: list[float] = field(default_factory=list)  # seconds until a worker was there again
    ended: list[float] = field(default_factory=list)  # seconds from the kill to the job's end
    states: Counter[str] = field(default_factory=Counter)  # of the jobs at their ends
    statuses: Counter[int] = field(default_factory=Counter)  # of a client meanwhile
    lost: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether everything held."""
        return not self.lost and set(self.statuses) <= {200} and set(self.states) == {"success"}

    def __str__(self) -> str:
        back, ended = (max(one, default=0.0) for one in (self.back, self.ended))
        return (
            f"{len(self.back)} kills: a worker again after at most {back:.1f} s, the job's end "
            f"after at most {ended:.1f} s\nstatuses meanwhile {dict(self.statuses)}; jobs "
            f"{dict(self.states)}, lost {self.lost}: {'held' if self.is_sound else 'did not hold'}"
        )


def trial(found: Target, *, kills: int, seed: int) -> Findings:
    """Kills so many times; stops at the first job that is lost."""
    chance, findings = random.Random(seed), Findings()
    for _ in range(kills):
        worker = _worker(found)
        run_id = _asked(found, "POST", "/admin/jobs", _JOB)["id"]
        time.sleep(chance.uniform(0, 4))
        worker.kill()
        began = time.monotonic()
        _worker(found)
        findings.back.append(time.monotonic() - began)
        state = _at_the_end(found, run_id, findings)
        if state is None:
            findings.lost += 1
            break
        findings.ended.append(time.monotonic() - began)
        findings.states[state] += 1
    return findings


def _worker(found: Target) -> psutil.Process:
    """The one beside the service, as soon as it is there."""
    ends = time.monotonic() + _GIVE_UP_SECONDS
    while time.monotonic() < ends:
        for child in found.process.children():
            if child.status() != psutil.STATUS_ZOMBIE and "worker" in child.cmdline():
                return child
        time.sleep(_ASK_SECONDS)
    raise RuntimeError("no worker came back")


def _at_the_end(found: Target, run_id: object, findings: Findings) -> str | None:
    ends, run = time.monotonic() + _GIVE_UP_SECONDS, dict[str, object]()
    while time.monotonic() < ends:
        findings.statuses[found.status_of(_PATH)] += 1
        run = _asked(found, "GET", f"/admin/jobs/{run_id}")
        if run["finished_at"] is not None:
            return str(run["state"])
        time.sleep(_ASK_SECONDS)
    print(f"given up after {_GIVE_UP_SECONDS} s: {run}")
    return None


def _asked(found: Target, method: str, path: str, body: object = None) -> dict[str, object]:
    with closing(found.connect()) as connection:
        written = None if body is None else json.dumps(body)
        connection.request(method, path, written, {"Content-Type": "application/json"})
        answer: dict[str, object] = json.loads(connection.getresponse().read())
        return answer


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-worker-kills-") as folder:
        os.chmod(folder, 0o755)
        environment = {**os.environ, "DATA_DIR": folder}
        subprocess.run([*SEENEMALL, "job", "sample"], env=environment, check=True)
        with target(Path(folder), worker=True) as found:
            findings = trial(found, kills=arguments.kills, seed=arguments.seed)
    print(findings)
    return int(not findings.is_sound)


if __name__ == "__main__":
    sys.exit(main())
