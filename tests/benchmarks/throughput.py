"""`python -m tests.benchmarks.throughput`: answers a second beside those of a route that runs B.

The service makes first pages that nothing is kept for; a bare FastAPI app on the same server
software runs the barest ANN statement of the same viewers (see barest_ann.py) in a thread of its
own, on a pool of as many connections, and sends the ids. 1, 8 and 16 clients ask each of them in
turns, each again once it is answered; another process asks the service for /healthz meanwhile.
Rounds are compared with themselves.

The catalogue is the one of DATABASE_URL or DATA_DIR. The viewers are made for the run and removed.
"""

import argparse
import itertools
import pickle
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from tests.attack.probe import Probe
from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.barest_ann import barest_ann
from tests.benchmarks.load import run_clients
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import Server, barest, service

_CLIENTS = (1, 8, 16)
_WARM_UP_SECONDS = 4.0


@dataclass(frozen=True)
class Turn:
    """Answers a second with so many clients."""

    clients: int
    service: float
    bare: float
    health_p99: float  # milliseconds

    def __str__(self) -> str:
        return (
            f"{self.clients:2} clients: {self.service:.1f}/s of {self.bare:.1f}, "
            f"{self.service / self.bare:.2f}; /healthz p99 {self.health_p99:.1f} ms"
        )


def main() -> int:
    """Prints each turn and the medians."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.throughput")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=8, help="of each stretch")
    parser.add_argument("--workers", type=int, default=1, help="processes of each of the two")
    asked = parser.parse_args()
    with (
        opened_catalogue() as (settings, database, facts),
        made_viewers(database, facts, HISTORY) as viewers,
        tempfile.NamedTemporaryFile(suffix=".pickle") as statements,
    ):
        numbers = settings.ranking
        learn = Viewers(database, TasteNumbers.of(numbers))
        of_viewers = [
            barest_ann(database, facts, learn, one, numbers=numbers.retrieval) for one in viewers
        ]
        pickle.dump(of_viewers, statements)
        statements.flush()
        breadth = max(numbers.retrieval.ef_search, numbers.retrieval.ann_k)
        with (
            service({"RATE_LIMIT_PER_MINUTE": "0", "WORKERS": str(asked.workers)}) as api,
            barest(
                database.libpq_url, Path(statements.name), breadth=breadth, workers=asked.workers
            ) as bare,
        ):
            turns = _measure(api, bare, viewers, rounds=asked.rounds, seconds=asked.seconds)
    for clients in _CLIENTS:
        _print([one for one in turns if one.clients == clients])
    return 0


def _measure(
    api: Server, bare: Server, viewers: Sequence[str], *, rounds: int, seconds: float
) -> list[Turn]:
    pages, ids = _pages(viewers), (f"/b/{number % len(viewers)}" for number in itertools.count())
    for server, paths in ((api, pages), (bare, ids)):
        _answers(server, paths, _CLIENTS[-1], _WARM_UP_SECONDS)
    turns = list[Turn]()
    for _ in range(rounds):
        for clients in _CLIENTS:
            probe = Probe(api.port, seconds=seconds, path="/healthz")
            made = _answers(api, pages, clients, seconds)
            health = probe.waits().p99
            turns.append(Turn(clients, made, _answers(bare, ids, clients, seconds), health))
            print(turns[-1], flush=True)
    return turns


def _pages(viewers: Sequence[str]) -> Iterator[str]:
    """First pages with a weight nobody asked for before: nothing is kept for them."""
    for number, user_id in enumerate(itertools.cycle(viewers)):
        yield path_of_page(user_id, mixer_novelty_weight=0.1 + number * 1e-6)


def _answers(server: Server, paths: Iterator[str], clients: int, seconds: float) -> float:
    """A second."""
    found = run_clients(server.port, paths, lambda all_of: all_of.closed(clients, seconds))
    return len(found.seconds) / seconds


def _print(turns: Sequence[Turn]) -> None:
    ratios = [one.service / one.bare for one in turns]
    print(
        f"{turns[0].clients:2} clients: {statistics.median(one.service for one in turns):.1f}/s, "
        f"{statistics.median(ratios):.2f} of B by HTTP ({min(ratios):.2f} to {max(ratios):.2f}); "
        f"/healthz p99 {statistics.median(one.health_p99 for one in turns):.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
