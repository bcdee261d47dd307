"""`python -m tests.benchmarks.two_sizes SMALL LARGE [ROUNDS]`: what a larger catalogue costs.

SMALL and LARGE are folders with embedded databases (DATA_DIR), LARGE a copy of the other one that
`python -m tests.benchmarks.multiplied` has made larger and `seenemall publish` has published. Two
services answer such requests in turns, none of them asked before, so that a busy machine slows both
alike: first pages, with a common and with a rare genre, in words, and searches with a slip. The
viewers are made for the run and removed.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import urlencode

from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import Server, service
from tests.benchmarks.timings import Timings

_ROUNDS = 60
_WARM_UP = 15
_HISTORY = (3, 12, 40)  # titles seen by each of the viewers
_TEXTS = (
    "a slow burn thriller without gore",
    "funny heist movies from the 90s",
    "korean romance series",
    "something like the godfather but newer",
    "space adventure for kids",
    "sad dramas about family",
    "war films in black and white",
    "time travel comedies",
)
_SLIPS = ("the matrx", "amelie", "schindlers lst", "tarantno", "godfathr", "forest gump")


def asked_in(round_: int, viewers: list[str]) -> dict[str, str]:
    """Paths that nobody asked for in another round."""
    own = {"user_id": viewers[round_ % len(viewers)], "limit": 20}
    fresh = own | {"mixer_novelty_weight": 0.1 + round_ * 1e-6}
    words, slip = _TEXTS[round_ % len(_TEXTS)], _SLIPS[round_ % len(_SLIPS)]
    return {
        "page 1": "/recommend?" + urlencode(fresh),
        "a common genre": "/recommend?" + urlencode(fresh | {"genres": "Drama"}),
        "a rare genre": "/recommend?" + urlencode(fresh | {"genres": "Western"}),
        "words": "/recommend?" + urlencode(fresh | {"query": words}),
        "search, a slip": "/search?" + urlencode({"q": slip, "limit": 8 + round_ % 7}),
    }


def main() -> int:
    """Prints the table."""
    small, large = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else _ROUNDS
    with _served(small) as (one, viewers), _served(large) as (other, others):
        found = {name: (Timings(), Timings()) for name in asked_in(0, viewers)}
        for round_ in range(-_WARM_UP, rounds):
            if round_ == 0:
                for pair in found.values():
                    for timings in pair:
                        timings.runs.clear()
            both = zip(
                asked_in(round_ + _WARM_UP, viewers).items(),
                asked_in(round_ + _WARM_UP, others).values(),
                strict=True,
            )
            for (name, path), same in both:
                of_one, of_other = found[name]
                of_one.time(lambda: one.request(path))  # noqa: B023
                of_other.time(lambda: other.request(same))  # noqa: B023
        memory = [round(server.resident_megabytes()) for server in (one, other)]
    print(f"{'p50 ms':16}{'small':>9}{'large':>9}{'ratio':>8}")
    for name, (of_one, of_other) in found.items():
        ratio = median(b / a for a, b in zip(of_one.runs, of_other.runs, strict=True))
        p50s = (timings.milliseconds(50) for timings in (of_one, of_other))
        print(f"{name:16}" + "".join(f"{p50:9.1f}" for p50 in p50s) + f"{ratio:8.2f}")
    print(f"{'resident MB':16}{memory[0]:9}{memory[1]:9}")
    return 0


@contextmanager
def _served(folder: str) -> Iterator[tuple[Server, list[str]]]:
    """The service on this database, and viewers who liked the first of its popular titles."""
    os.environ["DATA_DIR"] = folder
    with (
        opened_catalogue() as (_, database, facts),
        made_viewers(database, facts, _HISTORY) as viewers,
        service({"RATE_LIMIT_PER_MINUTE": "0", "DATA_DIR": folder}) as server,
    ):
        yield server, viewers


if __name__ == "__main__":
    sys.exit(main())
