"""What goes wrong is called what it is, and what is not understood is not guessed."""

from typing import Any

import pytest
from psycopg import errors

from api.platform.wire.database_problem import database_problem
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, rows_of

_POST: dict[str, Any] = {"user_id": "dana", "items": ["movie:603"]}


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "1899-12-31T23:59:59Z",
        1_700_000_000,
        1.5,
        "1700000000",
        True,
    ],
)
def test_a_moment_is_a_date_between_1900_and_9999(service: Service, moment: object) -> None:
    add_item(service.database)
    answer = service.http.post("/user/history", json=_POST | {"watched_at": moment})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "watched_at"
    since = service.http.get("/users/dana/track-record", params={"since": str(moment)})
    assert since.status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("PUT", "/users/dana/consent", {"llm": 1}, "llm"),
        ("PUT", "/users/dana/consent", {"collaborative": 0.0}, "collaborative"),
        ("POST", "/user/history", _POST | {"weight": True}, "weight"),
        ("POST", "/user/history", _POST | {"snooze_days": True}, "snooze_days"),
        (
            "POST",
            "/user/history",
            {"user_id": "dana", "items": [{"item": 1, "event_type": "rated", "rating": True}]},
            "items[0].rating",
        ),
        ("POST", "/admin/jobs", {"job": "embed", "options": {"dry_run": 1}}, "options.dry_run"),
        ("POST", "/admin/jobs", {"job": "embed", "options": {"items": [True]}}, "options.items"),
        ("POST", "/admin/jobs", {"job": "tmdb", "options": {"since": 5}}, "options.since"),
    ],
)
def test_a_value_of_another_type_is_refused(
    quiet: Service, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    answer = quiet.http.request(method, path, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_parameter_that_is_given_twice_is_refused(quiet: Service) -> None:
    answer = quiet.http.get("/user/history?user_id=dana&user_id=eve")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"in": "query", "field": "user_id", "message": "given more than once"}
    ]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/user/history", "DELETE, GET, HEAD, POST"),
        ("/users/dana", "DELETE"),
        ("/users/dana/preferences", "GET, HEAD, PUT"),
        ("/healthz", "GET, HEAD"),
    ],
)
def test_allow_lists_every_method(quiet: Service, path: str, methods: str) -> None:
    answer = quiet.http.patch(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


@pytest.mark.parametrize("path", ["/healthz", "/user/history?user_id=dana", "/docs"])
def test_head_is_a_get_without_its_body(quiet: Service, path: str) -> None:
    got, headed = quiet.http.get(path), quiet.http.head(path)
    assert (headed.status_code, headed.content) == (got.status_code, b"")
    assert headed.headers["content-length"] == got.headers["content-length"]
    assert quiet.http.head("/feedback").status_code == 405


def test_refusals_and_failures_can_be_read_by_named_origins(start: ServiceFactory) -> None:
    service = start(CORS_ORIGINS="https://tv.example")
    origin = {"Origin": "https://tv.example"}
    add_item(service.database)
    with service.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE items RENAME COLUMN tagline TO strapline")
    answers = [
        service.http.post("/feedback", content=b" " * 2_000_000, headers=origin),
        service.http.get(f"/search?q={'x' * 40_000}", headers=origin),
        service.http.get("/items/movie:603", headers=origin),
    ]
    assert [answer.status_code for answer in answers] == [413, 414, 500]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "https://tv.example"


def test_a_database_that_takes_no_writes_says_so(start: ServiceFactory) -> None:
    service = start()
    add_item(service.database)
    name = rows_of(service.database, "SELECT current_database()")[0][0]
    with service.database.connect() as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    frozen = start()
    answers = [
        frozen.post_history("movie:603"),
        frozen.http.delete("/users/dana"),
        frozen.http.put("/users/dana/consent", json={"llm": True}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
        assert "read-only" in answer.json()["detail"]
    assert frozen.http.get("/user/history", params={"user_id": "dana"}).status_code == 200
    assert "read-only" in frozen.http.get("/readyz").json()["not_ready"]["writes"]


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (errors.UndefinedTable(), "migrated"),
        (errors.DiskFull(), "full"),
        (errors.DeadlockDetected(), "in the way"),
        (errors.ForeignKeyViolation(), "in the way"),
        (errors.QueryCanceled(), "too long"),
        (errors.OutOfMemory(), "resources"),
        (errors.TooManyConnections(), "taken"),
        (errors.AdminShutdown(), "does not answer"),
    ],
)
def test_a_failure_of_the_database_is_called_what_it_is(error: Exception, word: str) -> None:
    described = database_problem(error)
    assert described is not None
    assert word in described.detail
    assert ("migrated" in described.detail) == isinstance(error, errors.UndefinedTable)


def test_a_mistake_of_ours_is_no_failure_of_the_database() -> None:
    assert database_problem(errors.UndefinedColumn()) is None
