"""`python -m tests.benchmarks.under_writes MINUTES`: what lists, search and words take meanwhile.

A service answers, first in peace and then for as long again while the `tmdb` job reads the
catalogue of TMDB_BASE_URL anew and writes up to 40 titles a second; the published catalogue moves
on with it. It writes to the database of DATABASE_URL or DATA_DIR: bring a copy. The API of TMDB's
form may run on the same machine, and then shares its processors.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Event
from urllib.parse import quote

from api.catalogue.facts.load_facts import load_facts
from api.platform.database import opened_database
from config.settings import Settings
from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.servers import Server, service

_PAUSE_SECONDS = 0.05  # between requests: a household, not a load test
_TEXTS = (
    "something like the godfather but newer",
    "a slow burn thriller from the 90s without gore",
    "feel-good series for a rainy sunday with my 9 year old",
)
_NAMES = ("the matrx", "amelie", "schindlers", "tarantino", "spirited away 2001", "die hard 4.0")


def main() -> int:
    """Prints milliseconds of both stretches, and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.under_writes")
    parser.add_argument("minutes", type=float, help="of each of the two stretches")
    seconds = parser.parse_args().minutes * 60
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        with (
            made_viewers(database, facts, HISTORY) as viewers,
            service({"RATE_LIMIT_PER_MINUTE": "0"}) as api,
        ):
            asked = _asked(api, viewers)
            _ask(asked, until=lambda began: time.monotonic() > began + seconds / 10)
            peace = _ask(asked, until=lambda began: time.monotonic() > began + seconds)
            before = _published(api)
            job = subprocess.Popen((sys.executable, "-m", "api.commands.seenemall", "job", "tmdb"))
            try:
                writing = _ask(
                    asked,
                    until=lambda began: (
                        job.poll() is not None or time.monotonic() > began + seconds
                    ),
                )
            finally:
                job.terminate()
                job.wait(60)
            _print(peace, writing, published=_published(api) - before)
    return 0


def _asked(api: Server, viewers: list[str]) -> Mapping[str, Callable[[], bytes]]:
    """By name what asks for one thing, never for the same thing twice in a row."""
    numbers = itertools.count()
    fresh, names, texts = itertools.cycle(viewers), itertools.cycle(_NAMES), itertools.cycle(_TEXTS)
    return {
        # A weight nobody asked for before: nothing is cached for it.
        "page 1": lambda: api.request(
            path_of_page(next(fresh), mixer_novelty_weight=0.1 + next(numbers) * 1e-6)
        ),
        "search": lambda: api.request(f"/search?q={quote(next(names))}"),
        "reading words": lambda: api.request(f"/search/interpret?q={quote(next(texts))}"),
    }


def _ask(
    asked: Mapping[str, Callable[[], bytes]], *, until: Callable[[float], bool]
) -> dict[str, list[float]]:
    """Milliseconds by name, of everything in turns until that time has come."""
    took: dict[str, list[float]] = {name: [] for name in asked}
    began, pause = time.monotonic(), Event()
    while not until(began):
        for name, ask in asked.items():
            start = time.perf_counter()
            ask()
            took[name].append((time.perf_counter() - start) * 1000)
            pause.wait(_PAUSE_SECONDS)
    return took


def _published(api: Server) -> int:
    version: int = json.loads(api.request("/readyz"))["catalogue"]["version"]
    return version


def _print(
    peace: Mapping[str, list[float]], writing: Mapping[str, list[float]], *, published: int
) -> None:
    print(f"{'':16}{'in peace: p50':>14}{'p99':>8}{'worst':>8}", end="")
    print(f"{'writing: p50':>15}{'p99':>8}{'worst':>8}{'ratios':>22}{'requests':>16}")
    for name, quiet in peace.items():
        one, other = _summary(quiet), _summary(writing[name])
        ratios = " ".join(f"{b / a:6.2f}" for a, b in zip(one, other, strict=True))
        print(f"{name:16}{one[0]:14.1f}{one[1]:8.1f}{one[2]:8.1f}", end="")
        print(f"{other[0]:15.1f}{other[1]:8.1f}{other[2]:8.1f}{ratios:>22}", end="")
        print(f"{len(quiet):8}{len(writing[name]):8}")
    print(f"The published catalogue moved on by {published} versions meanwhile.")


def _summary(milliseconds: list[float]) -> tuple[float, float, float]:
    """The median, the 99th percentile and the worst."""
    return (
        statistics.median(milliseconds),
        statistics.quantiles(milliseconds, n=100)[98],
        max(milliseconds),
    )


if __name__ == "__main__":
    sys.exit(main())
