"""`make bench`: what a request costs, as ratios to the bare work inside it.

Interleaved rounds on one connection each, so that a busy machine slows every figure alike:

    B   the barest ANN statement: ids from item_embeddings, same vector, k, breadth and excluded
        ids, no join and no other filter; binary driver, prepared
    F   a bare FastAPI route that sends the same bytes
    I   a bare INSERT of one event and its commit

The catalogue is the one of DATABASE_URL or DATA_DIR. The viewers are made for the run and removed.
"""

import json
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import read_versions
from config.ranking import Retrieval
from config.settings import Settings
from tests.benchmarks.barest_ann import barest_ann, set_breadth
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import Server, bare, service
from tests.benchmarks.timings import Timings

_ROUNDS = 300
_WARM_UP = 30
HISTORY = (3, 12, 40)  # titles seen by each of the bench's viewers


def main() -> int:
    """Prints the table; 1 when there is nothing to measure on."""
    try:
        # Others write, so that a page is timed with the taste at hand and, apart, without it.
        with (
            opened_catalogue() as (settings, database, facts),
            made_viewers(database, facts, (*HISTORY, *HISTORY)) as made,
        ):
            viewers, writers = made[: len(HISTORY)], made[len(HISTORY) :]
            _measure(settings, database, facts, viewers, writers)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _measure(
    settings: Settings,
    database: Database,
    facts: CatalogueFacts,
    viewers: list[str],
    writers: list[str],
) -> None:
    numbers = settings.ranking
    environment = {"RATE_LIMIT_PER_MINUTE": "0"}
    rows = {
        name: Timings()
        for name in (
            "B  barest ANN statement",
            "F  bare FastAPI route, same bytes",
            "I  bare INSERT + commit",
            "uncached page 1",
            "page 1, taste learned anew",
            "page 2",
            "cached page 1",
            "POST /user/history",
        )
    }
    b, f, i, uncached, after_write, second, cached, post = rows.values()
    learn = Viewers(database, TasteNumbers.of(numbers))
    profiles = {user_id: read_versions(database, user_id, None).profile_id for user_id in writers}
    with (
        service(environment) as api,
        tempfile.NamedTemporaryFile(suffix=".json") as body,
        psycopg.connect(database.libpq_url, autocommit=True, prepare_threshold=1) as ann,
        psycopg.connect(database.libpq_url, prepare_threshold=1) as writer,
    ):
        Path(body.name).write_bytes(api.request(path_of_page(viewers[0])))
        with bare(body.name) as bare_app, ann.cursor(binary=True) as cursor:
            set_breadth(cursor, numbers.retrieval)
            for round_ in range(-_WARM_UP, _ROUNDS):
                if round_ == 0:
                    for timings in rows.values():
                        timings.runs.clear()
                user_id = viewers[round_ % len(viewers)]
                barest = barest_ann(database, facts, learn, user_id, numbers=numbers.retrieval)
                b.time(lambda: barest.run(cursor))  # noqa: B023
                f.time(lambda: bare_app.request("/bytes"))
                # A weight nobody asked for before: nothing is cached for it.
                fresh = path_of_page(user_id, mixer_novelty_weight=0.1 + (round_ + _WARM_UP) * 1e-6)
                page = uncached.time(lambda: api.request(fresh))  # noqa: B023
                next_cursor = json.loads(page)["next_cursor"]  # type: ignore[arg-type]
                second.time(lambda: api.request(f"{fresh}&cursor={next_cursor}"))  # noqa: B023
                cached.time(lambda: api.request(fresh))  # noqa: B023
                item_id = int(facts.ids[facts.by_popularity[2000 + round_]])
                writes = writers[round_ % len(writers)]
                post.time(lambda: _post(api, writes, item_id))  # noqa: B023
                after_write.time(lambda: api.request(path_of_page(writes)))  # noqa: B023
                i.time(lambda: _insert(writer, profiles[writes], item_id))  # noqa: B023
                _take_back(writer, writes, item_id)
            memory = api.resident_megabytes(), api.own_megabytes()
    _print(rows, facts, numbers.retrieval, memory)


def path_of_page(user_id: str, **more: object) -> str:
    """Where a viewer's page of 20 is."""
    return "/recommend?" + urlencode({"user_id": user_id, "limit": 20, **more})


def _post(api: Server, user_id: str, item_id: int) -> bytes:
    body = json.dumps({"user_id": user_id, "items": [item_id]}).encode()
    headers = {"Content-Type": "application/json"}
    return api.request("/user/history", method="POST", body=body, headers=headers)


def _insert(writer: psycopg.Connection, profile_id: int | None, item_id: int) -> None:
    writer.execute(
        "INSERT INTO interactions (profile_id, item_id, event_type, occurred_at) "
        "VALUES (%s, %s, 'disliked', now())",
        (profile_id, item_id),
    )
    writer.commit()


def _take_back(writer: psycopg.Connection, user_id: str, item_id: int) -> None:
    """Keeps the viewers' histories the size they are said to be."""
    writer.execute(
        "WITH gone AS (DELETE FROM interactions USING profiles p WHERE p.id = profile_id "
        "AND p.user_id = %s AND item_id = %s) "
        "UPDATE profiles SET version = version + 1 WHERE user_id = %s",
        (user_id, item_id, user_id),
    )
    writer.commit()


def _print(
    rows: dict[str, Timings],
    facts: CatalogueFacts,
    numbers: Retrieval,
    memory: tuple[float, float],
) -> None:
    b, f, i, uncached, after_write, second, cached, post = rows.values()
    print(
        f"{len(facts):,} titles, B with k={numbers.ann_k}, lists with k={numbers.ann_k_co_liked} "
        f"or {numbers.ann_k_lone}, limit 20, one connection, {_ROUNDS} rounds\n"
    )
    print(f"{'':36}{'p50 ms':>8}{'p95 ms':>8}")
    for name, timings in rows.items():
        print(f"{name:36}{timings.milliseconds(50):8.2f}{timings.milliseconds(95):8.2f}")
    print()
    for name, one, other in (
        ("uncached page 1 / B", uncached, b),
        ("page 1, taste learned anew / B", after_write, b),
        ("page 2 / uncached page 1", second, uncached),
        ("cached page 1 / F", cached, f),
        ("POST /user/history / I", post, i),
    ):
        ratio = one.milliseconds(50) / other.milliseconds(50)
        print(f"{name:36}{ratio:8.2f}")
    print(f"{'API process, encoder loaded, MB':36}{memory[0]:8.0f}")
    print(f"{'of which no other process shares':36}{memory[1]:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
