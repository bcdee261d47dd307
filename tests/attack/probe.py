"""Another client, in a process of its own: how long it waits while somebody else attacks.

`python -m tests.attack.probe PORT SECONDS PATH` prints one JSON object.
"""

import http.client
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass

_PAUSE_SECONDS = 0.01


@dataclass(frozen=True)
class Waits:
    """What the client saw; milliseconds, and how often each status (0: no answer)."""

    p50: float
    p95: float
    p99: float
    longest: float
    statuses: dict[str, int]

    def __str__(self) -> str:
        return (
            f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f}, p99 {self.p99:.1f}, longest "
            f"{self.longest:.0f}, statuses {self.statuses}"
        )


class Probe:
    """A client that asks until its time is over."""

    def __init__(self, port: int, *, seconds: float, path: str) -> None:
        arguments = [str(port), str(seconds), path]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.probe", *arguments], stdout=subprocess.PIPE
        )

    def waits(self) -> Waits:
        """What it saw; waits until it is done."""
        printed, _ = self._process.communicate()
        return Waits(**json.loads(printed))


def ask(port: int, *, seconds: float, path: str) -> Waits:
    """Asks again and again, each time over a connection of its own, as a new client would."""
    waits: list[float] = []
    statuses: Counter[str] = Counter()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        began = time.monotonic()
        statuses[str(_status(port, path))] += 1
        waits.append((time.monotonic() - began) * 1000)
        time.sleep(_PAUSE_SECONDS)
    cuts = statistics.quantiles(waits, n=100) if len(waits) > 1 else waits * 99
    return Waits(statistics.median(waits), cuts[94], cuts[98], max(waits), dict(statuses))


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    found = ask(int(sys.argv[1]), seconds=float(sys.argv[2]), path=sys.argv[3])
    sys.stdout.write(json.dumps(asdict(found)))
