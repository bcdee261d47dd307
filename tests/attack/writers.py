"""`python -m tests.attack.writers`: 40 clients write about one user at once, in every way there is.

Histories, feedback on lists and titles, taking back, preferences, consent and deletion, mixed. No
answer may be of 5xx: who comes second waits, and does it again where it was in the way.
"""

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from tests.attack.target import SEENEMALL, target

_USER = "everybody"
_PATIENCE_SECONDS = 120
_EVENTS = ("watched", "liked", "disliked", "not_interested")
_FEEDBACK = ("impression", "like", "dislike", "never", "not_now")
Request = tuple[str, str, Any]  # method, path, body


def invent(chance: random.Random, items: Sequence[int]) -> Request:
    """One write, or a list that later feedback is about."""
    match chance.randrange(8):
        case 0 | 1:
            some = chance.sample(items, min(5, len(items)))
            return "POST", "/user/history", _about(items=some, event_type=chance.choice(_EVENTS))
        case 2:
            batch = [
                _about(item_id=chance.choice(items), event_type=chance.choice(_FEEDBACK))
                for _ in range(5)
            ]
            return "POST", "/feedback", batch
        case 3:
            item = chance.choice(items)
            return "DELETE", f"/user/history?user_id={_USER}&item={item}", None
        case 4:
            return "DELETE", f"/users/{_USER}", None
        case 5:
            stated = [{"kind": "genre", "value": "Drama", "stance": "avoid"}]
            return "PUT", f"/users/{_USER}/preferences", {"preferences": stated}
        case 6:
            consent = {"collaborative": chance.random() < 0.5}
            return "PUT", f"/users/{_USER}/consent", consent
        case _:
            profile = {"profile": chance.choice(["kids", "guest"])}
            return "POST", "/user/history", _about(items=[chance.choice(items)]) | profile


def trial(
    port: int, items: Sequence[int], *, clients: int, requests: int, seed: int
) -> Counter[int]:
    """The statuses of so many requests over so many connections."""
    statuses: Counter[int] = Counter()
    numbers, lock = count(), Lock()

    def write(client: int) -> None:
        chance = random.Random(f"{seed}-{client}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while next(numbers) < requests:
            status = send(connection, invent(chance, items))
            with lock:
                statuses[status] += 1
        connection.close()

    threads = [Thread(target=write, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def send(connection: http.client.HTTPConnection, request: Request) -> int:
    """The status of one request."""
    method, path, body = request
    written = None if body is None else json.dumps(body)
    headers = {} if body is None else {"Content-Type": "application/json"}
    connection.request(method, path, written, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _about(**body: Any) -> dict[str, Any]:
    return {"user_id": _USER} | body


def _items(port: int) -> list[int]:
    """Some titles, as soon as the service has read the catalogue that it was given."""
    found, ends = list[dict[str, Any]](), time.monotonic() + _PATIENCE_SECONDS
    while not found and time.monotonic() < ends:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/search?q=the&limit=20")
        found = json.loads(connection.getresponse().read())["items"]
        connection.close()
        time.sleep(0.2)
    if not found:
        raise RuntimeError(f"no title was found within {_PATIENCE_SECONDS} s")
    return [item["id"] for item in found][:12]


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--requests", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="seenemall-writers-") as folder,
        target(Path(folder)) as found,
    ):
        environment = {**os.environ, "DATA_DIR": folder}
        subprocess.run([*SEENEMALL, "job", "sample"], env=environment, check=True)
        statuses = trial(
            found.port,
            _items(found.port),
            clients=arguments.clients,
            requests=arguments.requests,
            seed=arguments.seed,
        )
    failures = sum(number for status, number in statuses.items() if status >= 500)
    print(f"statuses: {dict(sorted(statuses.items()))}; of 5xx: {failures}")
    return int(failures > 0 or statuses.total() != arguments.requests)


if __name__ == "__main__":
    sys.exit(main())
