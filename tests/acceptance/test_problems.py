"""Errors and bounds over real HTTP: always a problem, always with the request's id."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator

import httpx2
import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_item, rows_of


def _assert_problem(answer: httpx2.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    problem, headers = answer.json(), answer.headers
    assert headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:seenemall:problem:{code}"
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == headers["x-request-id"]


def test_a_sane_request_id_is_echoed_and_another_replaced(quiet: Service) -> None:
    for given, echoed in (("abc-1.2_Z", True), ("a b", False), ("x" * 65, False), ("<a>", False)):
        answer = quiet.http.get("/nowhere", headers={"X-Request-ID": given})
        _assert_problem(answer, 404, "not_found")
        assert (answer.headers["x-request-id"] == given) is echoed


def test_answers_are_not_to_be_sniffed(quiet: Service) -> None:
    assert quiet.http.get("/healthz").headers["x-content-type-options"] == "nosniff"


def test_another_method_is_a_problem(quiet: Service) -> None:
    answer = quiet.http.put("/healthz")
    _assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json()["detail"] == "This path takes GET, HEAD, not PUT."


@pytest.mark.parametrize("path", ["/nowhere", "/recommend/", "/RECOMMEND", "/items"])
def test_a_path_that_is_none_says_where_the_routes_are(quiet: Service, path: str) -> None:
    answer = quiet.http.get(path)
    assert answer.status_code in (404, 405)
    assert ("/openapi.json" in answer.json()["detail"]) is (answer.status_code == 404)


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[" * 100_000, b'{"user_id": NaN'])
def test_a_body_that_is_no_json_is_a_problem(quiet: Service, body: bytes) -> None:
    answer = quiet.http.post(
        "/user/history", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    _assert_problem(answer, answer.status_code, answer.json()["code"])
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"[" * 10_000 + b"]" * 10_000, "The body is nested too deeply."),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "The body is nested too deeply."),
        (b'{"user_id": "\xff"}', "The body is not UTF-8."),
    ],
)
def test_a_body_that_cannot_be_read_is_told_why(quiet: Service, body: bytes, told: str) -> None:
    for path in ("/user/history", "/feedback", "/blend"):
        answer = quiet.http.post(path, content=body, headers={"Content-Type": "application/json"})
        _assert_problem(answer, 400, "malformed_body")
        assert answer.json()["detail"] == told


def test_what_may_hold_anything_is_nested_no_deeper_than_can_be_kept(quiet: Service) -> None:
    meta = b"[" * 600 + b"]" * 600
    body = b'{"user_id": "dana", "event_type": "click", "meta": {"x": ' + meta + b"}}"
    answer = quiet.http.post(
        "/feedback", content=body, headers={"Content-Type": "application/json"}
    )
    _assert_problem(answer, 422, "invalid_request")
    assert answer.json()["detail"].startswith("meta: is nested too deeply.")


@pytest.mark.parametrize("path", ["/user/history", "/feedback", "/healthz"])
def test_a_body_of_two_mebibytes_is_refused(quiet: Service, path: str) -> None:
    answer = quiet.http.post(path, content=b" " * (2 * 1024 * 1024))
    _assert_problem(answer, 413, "body_too_large")


def test_a_body_of_no_stated_length_is_counted(quiet: Service) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(32):
            yield b" " * (64 * 1024)

    answer = quiet.http.post(
        "/user/history", content=chunks(), headers={"Content-Type": "application/json"}
    )
    _assert_problem(answer, 413, "body_too_large")


@pytest.mark.parametrize("path", ["/search?q=", "/recommend?user_id=", "/"])
def test_a_query_of_a_megabyte_is_refused(quiet: Service, path: str) -> None:
    # httpx refuses to send as much.
    connection = http.client.HTTPConnection(quiet.url.removeprefix("http://"), timeout=30)
    connection.request("GET", f"{path}{'x' * 1_000_000}")
    answer = connection.getresponse()
    problem = json.loads(answer.read())
    connection.close()
    assert (answer.status, problem["code"]) == (414, "target_too_long")
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert quiet.http.get("/healthz").status_code == 200


def test_what_is_no_http_is_a_problem_too(quiet: Service) -> None:
    host, _, port = quiet.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer
    assert b"x-request-id: " in answer


def test_at_most_20_errors_are_told_and_no_value_is_repeated(quiet: Service) -> None:
    body = {"user_id": "dana", "items": [{"item": 1, "hunter2" * 100: "s3cret"}] * 500}
    answer = quiet.http.post("/user/history", json=body)
    _assert_problem(answer, 422, "invalid_request")
    assert len(answer.json()["errors"]) == 20
    assert "s3cret" not in answer.text
    assert len(answer.content) < 10_000


def test_what_nobody_foresaw_is_a_500_without_its_trace(service: Service) -> None:
    add_item(service.database)
    with service.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE items RENAME COLUMN tagline TO strapline")
    answer = service.http.get("/items/movie:603")
    _assert_problem(answer, 500, "internal_error")
    assert "tagline" not in answer.text


def test_a_database_without_tables_is_unavailable(service: Service) -> None:
    with service.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE slates, interactions CASCADE")
    answer = service.http.get("/user/history", params={"user_id": "dana"})
    _assert_problem(answer, 503, "database_unavailable")
    assert "interactions" not in answer.text


def test_a_lost_connection_is_unavailable_and_then_forgotten(service: Service) -> None:
    rows_of(
        service.database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    statuses = [
        service.http.get("/user/history", params={"user_id": "dana"}).status_code for _ in range(20)
    ]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200


def test_blocking_work_does_not_delay_healthz(service: Service) -> None:
    add_item(service.database)
    locked = threading.Event()
    release = threading.Event()

    def hold() -> None:
        with service.database.engine.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE interactions")
            locked.set()
            release.wait(timeout=30)

    waiting = threading.Thread(target=lambda: service.post_history("movie:603"))
    holder = threading.Thread(target=hold)
    holder.start()
    assert locked.wait(timeout=30)
    waiting.start()
    try:
        for _ in range(20):
            assert service.http.get("/healthz").status_code == 200
        assert waiting.is_alive()  # twenty answers while it waits
    finally:
        release.set()
        holder.join()
        waiting.join()
    assert len(service.read_history()) == 1


def test_every_route_documents_its_problems(quiet: Service) -> None:
    document = quiet.http.get("/openapi.json").json()
    names = set()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            names.add(operation["operationId"])
            assert operation["summary"], path
            if path in ("/healthz", "/readyz"):
                continue
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"], (path, method)
            assert {"401", "422", "429", "500", "503"} <= set(operation["responses"])
    assert len(names) == sum(map(len, document["paths"].values()))
    assert "TMDB" in document["info"]["description"]
    assert "JustWatch" in document["info"]["description"]
    assert "Problem" in document["components"]["schemas"]
    assert json.dumps(document).count('"#/components/schemas/HTTPValidationError"') == 0
