"""Two real server processes on one database, as `WORKERS=2` or two machines would run them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from api.experiments.promotions import promote
from tests.benchmarks.servers import Server, service
from tests.builders import rows_of
from tests.conftest import DatabaseFactory, opened

_PAGE = 7


@contextmanager
def _process(url: str, data_dir: Path) -> Iterator[Server]:
    environment = {
        "DATABASE_URL": url,
        "DATA_DIR": str(data_dir),
        "RATE_LIMIT_PER_MINUTE": "0",
    }
    with service(environment) as server:
        yield server


def _page(server: Server, cursor: str | None) -> dict[str, object]:
    parameters = {"user_id": "walker", "limit": str(_PAGE)} | ({"cursor": cursor} if cursor else {})
    answer: dict[str, object] = json.loads(server.request(f"/recommend?{urlencode(parameters)}"))
    return answer


def _post(server: Server, *items: object) -> None:
    body = json.dumps({"user_id": "walker", "items": items}).encode()
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
