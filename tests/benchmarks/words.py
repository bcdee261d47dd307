"""`python -m tests.benchmarks.words [ROUNDS]`: what a page asked for in words costs beside one
without, and what reading the words does.

In rounds on one connection, so that a busy machine slows every figure alike: B, the barest ANN
statement of `make bench`, page 1 of /recommend, and pages of a short request and of 500 characters,
none of them asked before: no vector of a text is kept. The short ones are the queries of
tests/quality, the long ones several of its plots told one after the other. The catalogue is the one
of DATABASE_URL or DATA_DIR; the viewers are made for the run and removed.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from config.settings import Settings
from tests.benchmarks.__main__ import HISTORY, path_of_page
from tests.benchmarks.barest_ann import barest_ann, set_breadth
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import service
from tests.benchmarks.timings import Timings

_ROUNDS = 200
_WARM_UP = 20
_CHARACTERS = 500
_QUALITY = Path(__file__).parent.parent / "quality"
_SEED = 5
# Within a request a text is encoded once all the same.
_ENVIRONMENT = {"RATE_LIMIT_PER_MINUTE": "0", "SMALL_RERANK_CACHE_MAXSIZE": "1"}


def long_texts(plots: Sequence[str], *, seed: int = _SEED) -> Iterator[str]:
    """Texts of 500 characters, cut between two words, without end."""
    chance = random.Random(seed)
    while True:
        told = ". ".join(chance.sample(plots, 20))
        yield told[: _CHARACTERS + 1].rsplit(" ", 1)[0]


def main() -> int:
    """Prints the table; 1 when there is nothing to measure on."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    try:
        with (
            opened_catalogue() as (settings, database, facts),
            made_viewers(database, facts, HISTORY) as viewers,
        ):
            rows = _measure(settings, database, facts, viewers, rounds=rounds)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    b, page = (rows[name].milliseconds(50) for name in ("B", "page 1"))
    print(f"{len(facts):,} titles, one connection, {rounds} rounds, not cached\n")
    print(f"{'':26}{'p50 ms':>8}{'p95 ms':>8}{'/ B':>8}{'/ page 1':>10}")
    for name, timings in rows.items():
        p50, p95 = timings.milliseconds(50), timings.milliseconds(95)
        print(f"{name:26}{p50:8.2f}{p95:8.2f}{p50 / b:8.2f}{p50 / page:10.2f}")
    return 0


def _measure(
    settings: Settings,
    database: Database,
    facts: CatalogueFacts,
    viewers: list[str],
    *,
    rounds: int,
) -> dict[str, Timings]:
    learn = Viewers(database, TasteNumbers.of(settings.ranking))
    queries, plots = _texts("queries.jsonl"), _texts("plots.jsonl")
    long = long_texts(plots)
    rows = {name: Timings() for name in ("B", "page 1", "short words", "500 characters")}
    with (
        service(_ENVIRONMENT) as api,
        psycopg.connect(database.libpq_url, autocommit=True, prepare_threshold=1) as connection,
        connection.cursor(binary=True) as cursor,
    ):
        set_breadth(cursor, settings.ranking.retrieval)
        for round_ in range(_WARM_UP + rounds):
            if round_ == _WARM_UP:
                for timings in rows.values():
                    timings.runs.clear()
            user_id = viewers[round_ % len(viewers)]
            barest = barest_ann(database, facts, learn, user_id, numbers=settings.ranking.retrieval)
            rows["B"].time(lambda: barest.run(cursor))  # noqa: B023
            fresh = {"mixer_novelty_weight": 0.1 + round_ * 1e-6}
            asked = {
                "page 1": path_of_page(user_id, **fresh),
                "short words": path_of_page(user_id, **fresh, query=queries[round_ % len(queries)]),
                "500 characters": path_of_page(user_id, **fresh, query=next(long)),
            }
            for name, path in asked.items():
                rows[name].time(lambda: api.request(path))  # noqa: B023
    return rows


def _texts(file: str) -> list[str]:
    lines = (_QUALITY / file).read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    sys.exit(main())
