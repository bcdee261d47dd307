"""`python -m tests.benchmarks.under_writes MINUTES`: what lists, search and words take meanwhile.

A service answers in spells, in turns in peace and while another process writes 40 titles a second
in batches of 100, as a TMDB pass does, and publishes them at its end, as a job does: MINUTES in
peace and as long with writes, so that whatever else the machine does falls on both. A publish by
the service itself belongs to the spell with writes, too. The writing process gives way to requests
as a worker does; `--as-equal` lets it stand beside them.

Nothing is trimmed, and all so far is printed after each pair of spells. Beside the worst of each is
told how many requests with writes took longer than the worst in peace, and than one and a half
times that: of two maxima one is by chance much the larger where the machine has more to do.

It writes to the database of DATABASE_URL or DATA_DIR: bring a copy.
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
_AIM = 1.5
_TEXTS = (
    "something like the godfather but newer",
    "a slow burn thriller from the 90s without gore",
    "feel-good series for a rainy sunday with my 9 year old",
)
_NAMES = ("the matrx", "amelie", "schindlers", "tarantino", "spirited away 2001", "die hard 4.0")

Took = dict[str, list[float]]  # milliseconds, by what was asked


def main() -> int:
    """Prints milliseconds with and without writes, and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.under_writes")
    parser.add_argument("minutes", type=float, help="in peace, and as long with writes")
    parser.add_argument("--spells", type=int, default=4, help="of each")
    parser.add_argument("--as-equal", action="store_true", help="who writes does not give way")
    asked = parser.parse_args()
    seconds = asked.minutes * 60 / asked.spells
    settings = Settings.load()
    with opened_database(settings) as database:
        database.open_pool()
        facts = load_facts(database, datetime.now(UTC), trend=settings.ranking.trend)
        with (
            made_viewers(database, facts, HISTORY) as viewers,
            service({"RATE_LIMIT_PER_MINUTE": "0"}, ready="/healthz") as api,
        ):
            requests = _requests(api, viewers)
            _ask(requests, {}, while_=_for(min(seconds, 60)))
            peace, writing, before = Took(), Took(), _published(api)
            for spell in range(asked.spells):
                _ask(requests, peace, while_=_for(seconds))
                _ask_while_written(requests, writing, seconds, spell, is_equal=asked.as_equal)
                print(f"after {spell + 1} of {asked.spells} spells of each:")
                _print(peace, writing, published=_published(api) - before)
    return 0


def _requests(api: Server, viewers: list[str]) -> Mapping[str, Callable[[], bytes]]:
    """By name what asks for one thing, never for the same thing twice in a row."""
    numbers = itertools.count()
    fresh, names, texts = (itertools.cycle(one) for one in (viewers, _NAMES, _TEXTS))
    return {
        # A weight nobody asked for before: nothing is cached for it.
        "page 1": lambda: api.request(
            path_of_page(next(fresh), mixer_novelty_weight=0.1 + next(numbers) * 1e-6)
        ),
        "search": lambda: api.request(f"/search?q={quote(next(names))}"),
        "reading words": lambda: api.request(f"/search/interpret?q={quote(next(texts))}"),
    }


def _for(seconds: float) -> Callable[[], bool]:
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() < ends


def _ask_while_written(
    requests: Mapping[str, Callable[[], bytes]],
    took: Took,
    seconds: float,
    spell: int,
    *,
    is_equal: bool,
) -> None:
    """Asks until the other process has written for so long, and published."""
    command = [sys.executable, "-m", "tests.benchmarks.written_titles", str(seconds), str(spell)]
    if is_equal:
        command.append("--as-equal")
    with subprocess.Popen(command) as writer:
        try:
            _ask(requests, took, while_=lambda: writer.poll() is None)
        finally:
            writer.terminate()
    if writer.returncode != 0:
        raise RuntimeError(f"what writes ended with {writer.returncode}")


def _ask(
    requests: Mapping[str, Callable[[], bytes]], took: Took, *, while_: Callable[[], bool]
) -> None:
    """Adds milliseconds by name, of everything in turns."""
    pause = Event()
    while while_():
        for name, ask in requests.items():
            start = time.perf_counter()
            ask()
            took.setdefault(name, []).append((time.perf_counter() - start) * 1000)
            pause.wait(_PAUSE_SECONDS)


def _published(api: Server) -> int:
    # Not /readyz: the service is not ready while the written titles have no vectors.
    version: int = json.loads(api.request("/admin/index"))["snapshot"]["version"]
    return version


def _print(peace: Took, writing: Took, *, published: int) -> None:
    print(f"{'':16}{'in peace: p50':>14}{'p99':>8}{'worst':>8}{'of':>7}", end="")
    print(f"{'writing: p50':>15}{'p99':>8}{'worst':>8}{'of':>7}{'ratios':>22}", end="")
    print(f"{'beyond':>8}{f'x{_AIM}':>6}")
    for name, quiet in peace.items():
        one, other = _summary(quiet), _summary(writing[name])
        ratios = " ".join(f"{b / a:6.2f}" for a, b in zip(one, other, strict=True))
        print(f"{name:16}{one[0]:14.1f}{one[1]:8.1f}{one[2]:8.1f}{len(quiet):7}", end="")
        print(f"{other[0]:15.1f}{other[1]:8.1f}{other[2]:8.1f}{len(writing[name]):7}", end="")
        beyond = [sum(took > times * one[2] for took in writing[name]) for times in (1, _AIM)]
        print(f"{ratios:>22}{beyond[0]:8}{beyond[1]:6}")
    print(f"The published catalogue moved on by {published} versions meanwhile.", flush=True)


def _summary(milliseconds: list[float]) -> tuple[float, float, float]:
    """The median, the 99th percentile and the worst."""
    return (
        statistics.median(milliseconds),
        statistics.quantiles(milliseconds, n=100)[98],
        max(milliseconds),
    )


if __name__ == "__main__":
    sys.exit(main())
