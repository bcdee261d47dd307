"""`python -m tests.benchmarks.memory [WORKERS]`: what each process of a service takes, in MB.

After `ROUNDS` first pages that nothing is kept for, their second pages, requests in words and
searches, on connections of their own, so that all of WORKERS answer some. `own` is what no other
process shares, `share` counts what several share in equal parts.
"""

import argparse
import http.client
import json
import sys
from contextlib import closing
from urllib.parse import urlencode

import psutil

from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import Server, service

ROUNDS = 300
_WORDS = ("a funny heist movie", "like Interstellar", "something with time travel")
_SEARCH = "/search?" + urlencode({"q": "matrxi"})


def main() -> int:
    """Prints a line for each process."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory")
    parser.add_argument("workers", type=int, nargs="?", default=1)
    workers = parser.parse_args().workers
    environment = {"RATE_LIMIT_PER_MINUTE": "0", "WORKERS": str(workers)}
    with (
        opened_catalogue() as (_, database, facts),
        made_viewers(database, facts, HISTORY) as viewers,
        service(environment) as server,
    ):
        for round_ in range(ROUNDS):
            _ask(server, viewers[round_ % len(viewers)], round_)
        print(f"{'process':16}{'resident':>10}{'share':>8}{'own':>8}")
        for name, process in _processes(server):
            memory = process.memory_full_info()
            figures = (memory.rss, memory.pss, memory.uss)
            print(
                f"{name:16}{figures[0] / 1e6:10.0f}{figures[1] / 1e6:8.0f}{figures[2] / 1e6:8.0f}"
            )
    return 0


def _ask(server: Server, user_id: str, round_: int) -> None:
    page = path_of_page(user_id, mixer_novelty_weight=0.1 + round_ * 1e-6)
    cursor = json.loads(_answer(server, page))["next_cursor"]
    _answer(server, f"{page}&cursor={cursor}")
    if round_ % 10 == 0:
        _answer(server, path_of_page(user_id, query=_WORDS[round_ // 10 % len(_WORDS)]))
        _answer(server, _SEARCH)


def _answer(server: Server, path: str) -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return body


def _processes(server: Server) -> list[tuple[str, psutil.Process]]:
    """The first one, and of several the one that is copied, those that serve and a tracker."""
    found = [("first", server.process)]
    for child in server.process.children():
        command = " ".join(child.cmdline())
        if "multiprocessing." in command:
            found.append(("copied" if "forkserver" in command else "tracker", child))
            found.extend(("serves", one) for one in child.children())
    return found


if __name__ == "__main__":
    sys.exit(main())
