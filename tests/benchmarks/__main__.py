"""`make bench`: what a request costs, as ratios to the bare work inside it.

Interleaved rounds on one connection each, so that a busy machine slows every figure alike:

    B   the barest ANN statement: ids from item_embeddings, same vector, k, breadth and excluded
        ids, no join and no other filter; binary driver, prepared
    F   a bare FastAPI route that sends the same bytes
    I   a bare INSERT of one event and its commit

The catalogue is the one of DATABASE_URL or DATA_DIR. The viewers are made for the run and removed.
Each run is kept with its commit, in `benchmarks.jsonl` of DATA_DIR or in `--results FILE`, and
compared with the last of its kind; `--plot FILE` draws those that are kept.
"""

import argparse
import json
import os
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
from tests.benchmarks import results
from tests.benchmarks.barest_ann import barest_ann, set_breadth
from tests.benchmarks.made_viewers import made_viewers
from tests.benchmarks.opened_catalogue import opened_catalogue
from tests.benchmarks.servers import Server, bare, service
from tests.benchmarks.timings import Timings

_ROUNDS = 300
_WARM_UP = 30
HISTORY = (3, 12, 40)  # titles seen by each of the bench's viewers


def main() -> int:
    """Prints the table and what changed; 1 when there is nothing to measure on."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--results", type=Path, help="where runs are kept")
    parser.add_argument("--plot", type=Path, help="draws the runs that are kept, as PNG")
    arguments = parser.parse_args()
    try:
        # Others write, so that a page is timed with the taste at hand and, apart, without it.
        with (
            opened_catalogue() as (settings, database, facts),
            made_viewers(database, facts, (*HISTORY, *HISTORY)) as made,
        ):
            viewers, writers = made[: len(HISTORY)], made[len(HISTORY) :]
            run = _measure(settings, database, facts, viewers, writers)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    path = arguments.results or settings.data_dir / "benchmarks.jsonl"
    kept = results.runs_of(path)
    results.keep(run, path)
    print(f"\n{results.told(run, results.last_like(run, kept))}\nKept in {path}.")
    if arguments.plot is not None:
        results.draw([*filter(run.is_like, kept), run], arguments.plot)
    return 0


def _measure(
    settings: Settings,
    database: Database,
    facts: CatalogueFacts,
    viewers: list[str],
    writers: list[str],
) -> results.Run:
    numbers, load = settings.ranking, os.getloadavg()[0]
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
            memory = {
                "API process, encoder loaded, MB": api.resident_megabytes(),
                "of which no other process shares": api.own_megabytes(),
            }
    run = results.new_run(
        titles=len(facts),
        rounds=_ROUNDS,
        began_with_load=load,
        rows=rows,
        ratios={
            "uncached page 1 / B": results.ratio(uncached, b),
            "page 1, taste learned anew / B": results.ratio(after_write, b),
            "page 2 / uncached page 1": results.ratio(second, uncached),
            "cached page 1 / F": results.ratio(cached, f),
            "POST /user/history / I": results.ratio(post, i),
        },
        megabytes=memory,
    )
    _print(run, numbers.retrieval)
    return run


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


def _print(run: results.Run, numbers: Retrieval) -> None:
    print(
        f"{run.titles:,} titles, B with k={numbers.ann_k}, lists with k={numbers.ann_k_co_liked} "
        f"or {numbers.ann_k_lone}, limit 20, one connection, {run.rounds} rounds\n"
    )
    print(f"{'':36}{'p50 ms':>8}{'p95 ms':>8}")
    for name, (median, high) in run.milliseconds.items():
        print(f"{name:36}{median:8.2f}{high:8.2f}")
    print()
    for name, one in run.ratios.items():
        print(f"{name:36}{one.value:8.2f}  [{one.low:.2f}, {one.high:.2f}]")
    for name, megabytes in run.megabytes.items():
        print(f"{name:36}{megabytes:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
