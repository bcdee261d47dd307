"""`python -m tests.benchmarks.overload`: what is left of the service at three times its capacity.

Each round asks for first pages that nothing is kept for: with 4, 8 and 16 clients, the best of
which is the capacity, then at three times that rate whether or not anybody is answered, then with
one client until its answers come as in peace. What is answered within a client's patience counts
as goodput. Another process asks for /healthz all the while. Rounds are compared with themselves,
so that a machine that is busy with other things is as busy in what is compared.

The catalogue is the one of DATABASE_URL or DATA_DIR. The viewers are made for the run and removed.
"""

import argparse
import asyncio
import itertools
import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.catalogue.facts.load_facts import load_facts
from api.platform.database import opened_database
from config.settings import Settings
from tests.attack.probe import Probe, Waits
from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.load import Answers, Clients, run_clients
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.servers import Server, service

_CLIENTS = (4, 8, 16)
_TIMES_CAPACITY = 3
_PATIENCE_SECONDS = 2.0
_WARM_UP_SECONDS = 5.0
_RECOVERS_WITHIN_SECONDS = 15.0
_IN_A_ROW = 5  # answers as in peace, that end the recovery
_PAUSE_SECONDS = 0.05  # after an answer that was not as in peace
_AS_IN_PEACE = 2.0  # times the median


@dataclass(frozen=True)
class Round:
    """What one round saw."""

    peak: float  # answers per second
    goodput: float  # the same
    overload: Answers
    seconds_to_recover: float
    health_beside_16: Waits
    health_in_overload: Waits

    def __str__(self) -> str:
        over = self.overload
        return (
            f"peak {self.peak:.1f}/s; at {_TIMES_CAPACITY} times {self.goodput:.1f}/s, "
            f"{self.goodput / self.peak:.2f} of it, p50 {over.percentile(50):.0f} ms, p99 "
            f"{over.percentile(99):.0f}, statuses {dict(over.statuses)}; recovered after "
            f"{self.seconds_to_recover:.1f} s; /healthz p99 {self.health_beside_16.p99:.1f} ms "
            f"beside 16, {self.health_in_overload.p99:.1f} in overload"
        )


def main() -> int:
    """Prints each round and the medians."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.overload")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of each stretch")
    arguments = parser.parse_args()
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        with (
            made_viewers(database, facts, HISTORY) as viewers,
            service({"RATE_LIMIT_PER_MINUTE": "0"}) as api,
        ):
            paths = _paths(viewers)
            _closed(api, paths, _CLIENTS[0], _WARM_UP_SECONDS)
            rounds = []
            for _ in range(arguments.rounds):
                rounds.append(_round(api, paths, arguments.seconds))
                print(rounds[-1], flush=True)
    _print(rounds)
    return 0


def _paths(viewers: Sequence[str]) -> Iterator[str]:
    """First pages with a weight nobody asked for before: nothing is kept for them."""
    for number, user_id in enumerate(itertools.cycle(viewers)):
        yield path_of_page(user_id, mixer_novelty_weight=0.1 + number * 1e-6)


def _round(api: Server, paths: Iterator[str], seconds: float) -> Round:
    alone = statistics.median(_closed(api, paths, 1, seconds / 2).seconds)
    rates = []
    for clients in _CLIENTS:
        probe = Probe(api.port, seconds=seconds, path="/healthz")
        rates.append(len(_closed(api, paths, clients, seconds).seconds) / seconds)
        health = probe.waits()
    peak = max(rates)
    probe = Probe(api.port, seconds=seconds, path="/healthz")
    recovering = list[float]()

    async def overload(clients: Clients) -> Answers:
        async def recover() -> None:
            recovering.append(await _seconds_to_recover(clients, alone))

        return await clients.open(_TIMES_CAPACITY * peak, seconds, recover)

    answers = run_clients(api.port, paths, overload, patience_seconds=_PATIENCE_SECONDS)
    return Round(
        peak, len(answers.seconds) / seconds, answers, recovering[0], health, probe.waits()
    )


def _closed(api: Server, paths: Iterator[str], clients: int, seconds: float) -> Answers:
    return run_clients(api.port, paths, lambda found: found.closed(clients, seconds))


async def _seconds_to_recover(clients: Clients, alone: float) -> float:
    """From the last client who came in the overload to the first of some answers as in peace."""
    began, in_a_row, since = time.monotonic(), 0, 0.0
    while in_a_row < _IN_A_ROW:
        asked = time.monotonic() - began
        if asked > _RECOVERS_WITHIN_SECONDS:
            return math.inf
        if await clients.ask(Answers()) <= _AS_IN_PEACE * alone:
            since = since if in_a_row else asked
            in_a_row += 1
        else:
            in_a_row = 0
            await asyncio.sleep(_PAUSE_SECONDS)
    return since


def _print(rounds: Sequence[Round]) -> None:
    for name, of_round in (
        ("goodput / peak", [one.goodput / one.peak for one in rounds]),
        ("seconds to recover", [one.seconds_to_recover for one in rounds]),
        ("/healthz p99 beside 16, ms", [one.health_beside_16.p99 for one in rounds]),
        ("/healthz p99 in overload, ms", [one.health_in_overload.p99 for one in rounds]),
        ("p99 of what is answered, ms", [one.overload.percentile(99) for one in rounds]),
        ("503 without Retry-After", [one.overload.without_retry_after for one in rounds]),
    ):
        spread = f"{min(of_round):.2f} to {max(of_round):.2f}"
        print(f"{name:32}{statistics.median(of_round):8.2f}   {spread}")


if __name__ == "__main__":
    sys.exit(main())
