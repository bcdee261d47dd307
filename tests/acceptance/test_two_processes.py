"""Two real server processes on one database, as `WORKERS=2` or two machines would run them."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil

from api.experiments.promotions import promote
from tests.benchmarks.servers import Server, service
from tests.builders import rows_of
from tests.conftest import DatabaseFactory, opened
from tests.scrapes import Scrape

_PAGE = 7
_MOST_SCRAPES = 3000  # until both of two workers have answered one


@contextmanager
def _process(url: str, data_dir: Path, **more: str) -> Iterator[Server]:
    environment = {
        "DATABASE_URL": url,
        "DATA_DIR": str(data_dir),
        "RATE_LIMIT_PER_MINUTE": "0",
        **more,
    }
    with service(environment) as server:
        yield server


def _page(server: Server, cursor: str | None) -> dict[str, object]:
    parameters = {"user_id": "walker", "limit": str(_PAGE)} | ({"cursor": cursor} if cursor else {})
    answer: dict[str, object] = json.loads(server.request(f"/recommend?{urlencode(parameters)}"))
    return answer


def _post(server: Server, *items: object, user_id: str = "walker") -> None:
    body = json.dumps({"user_id": user_id, "items": items}).encode()
    headers = {"Content-Type": "application/json"}
    server.request("/user/history", method="POST", body=body, headers=headers)


def _take(answer: dict[str, object], ids: list[int], scores: list[float]) -> None:
    items = answer["items"]
    assert isinstance(items, list)
    ids.extend(item["id"] for item in items)
    scores.extend(item["score"] for item in items)


def test_a_list_goes_on_in_another_process_and_after_a_restart_while_history_is_written(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> None:
    with opened(clone(sample_template)) as database:
        url = database.libpq_url
        ids: list[int] = []
        scores: list[float] = []
        with _process(url, data_dir) as first:
            with _process(url, data_dir) as second:
                _post(first, "movie:949", "movie:238")
                answer = _page(first, None)
                for turn in range(30):
                    _take(answer, ids, scores)
                    # Another client writes what was just served: the list must not shift.
                    _post(first, ids[-1])
                    answer = _page((first, second)[turn % 2], str(answer["next_cursor"]))
            _take(answer, ids, scores)
        with _process(url, data_dir) as restarted:
            while cursor := answer.get("next_cursor"):
                answer = _page(restarted, str(cursor))
                _take(answer, ids, scores)
        assert len(ids) >= 500
        assert len(set(ids)) == len(ids)
        assert scores == sorted(scores, reverse=True)


def test_a_reload_shows_the_same_page_whichever_process_answers(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> None:
    one_span = {"SLATE_TTL_SECONDS": str(100 * 365 * 24 * 3600)}  # which ends in no test
    explored = 0
    with opened(clone(sample_template)) as database:
        url = database.libpq_url
        with (
            _process(url, data_dir, **one_span) as first,
            _process(url, data_dir, **one_span) as second,
        ):
            for number in range(6):
                _post(first, "movie:949", user_id=f"newcomer{number}")
                path = f"/recommend?user_id=newcomer{number}"
                here, there = (json.loads(one.request(path)) for one in (first, second))
                assert here["items"] == there["items"]
                explored += sum(
                    reason["code"] == "off_the_beaten_path"
                    for item in here["items"]
                    for reason in item["reasons"]
                )
    assert explored


def test_a_promotion_counts_at_the_next_request_of_both(
    clone: DatabaseFactory, sample_template: str, data_dir: Path
) -> None:
    with opened(clone(sample_template)) as database:
        url = database.libpq_url

        def strategy_of(answer: dict[str, object]) -> str:
            found = rows_of(
                database,
                "SELECT strategy FROM slates WHERE id = %(id)s",
                id=answer["recommendation_id"],
            )
            return str(found[0][0])

        with _process(url, data_dir) as first, _process(url, data_dir) as second:
            before = [strategy_of(_page(server, None)) for server in (first, second)]
            promote(database, "relevance", by="ada")
            after = [strategy_of(_page(server, None)) for server in (first, second)]
        assert before == ["standard", "standard"]
        assert after == ["relevance", "relevance"]


def test_a_scrape_tells_of_all_workers_whichever_answers_it(
    clone: DatabaseFactory, migrated_template: str, tmp_path: Path
) -> None:
    environment = {"WORKERS": "2", "DATA_DIR": str(tmp_path), "RATE_LIMIT_PER_MINUTE": "0"}
    asked = "seenemall_http_requests_total"
    with opened(clone(migrated_template)) as database:
        url = {"DATABASE_URL": database.libpq_url}
        with service(environment | url, ready="/healthz") as server:
            answered: dict[str, float] = {}
            for scrapes in range(1, _MOST_SCRAPES):
                server.connection.close()  # the next one may reach the other
                told = Scrape.of(server.request("/metrics").decode())
                now = {
                    process: told.sum(asked, process=process, route="/metrics")
                    for process in told.of_label("process")
                }
                assert all(now.get(process, 0) >= count for process, count in answered.items())
                # Each was counted once, by the one that answered it, and this one is not over.
                assert sum(now.values()) < scrapes
                answered = now
                if len(now) == 2 and min(now.values()) > 1:
                    break
        assert min(answered.values()) > 1
        assert told.value("seenemall_processes") == 2


def _living(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def _copied(server: Server) -> dict[psutil.Process, list[psutil.Process]]:
    """The process that those that serve are copies of, and these."""
    return {
        one: _living(one.children())
        for one in _living(server.process.children())
        if "multiprocessing.forkserver" in " ".join(one.cmdline())
    }


def test_workers_are_copies_of_one_process_and_end_and_begin_anew_with_it(
    clone: DatabaseFactory, migrated_template: str, tmp_path: Path
) -> None:
    environment = {"WORKERS": "2", "DATA_DIR": str(tmp_path), "RATE_LIMIT_PER_MINUTE": "0"}
    with opened(clone(migrated_template)) as database:
        url = {"DATABASE_URL": database.libpq_url}
        with service(environment | url, ready="/healthz") as server:
            ((origin, before),) = _copied(server).items()
            assert len(before) == 2
            origin.kill()
            ends = time.monotonic() + 60
            while [len(copies) for copies in _copied(server).values()] != [2] or _living(before):
                assert time.monotonic() < ends
                time.sleep(0.1)
            server.connection.close()
            assert _answers_again(server, ends)
        assert _living(before) == []


def _answers_again(server: Server, ends: float) -> bool:
    while time.monotonic() < ends:
        try:
            return bool(server.request("/healthz"))
        except (OSError, http.client.HTTPException):
            server.connection.close()
            time.sleep(0.1)
    return False
