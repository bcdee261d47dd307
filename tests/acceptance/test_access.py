"""Who may come in, as whom, and how often."""

import json
import logging
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from logging.handlers import QueueHandler
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi.routing import APIRoute
from jwt.algorithms import RSAAlgorithm

from api.access.key_store import ApiKeyStore
from api.http.application import PUBLIC_PATHS, create_app
from api.platform.logs import JsonLines
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, add_slate

_CLIENT = "client-key-of-the-test"
_ADMIN = "admin-key-of-the-test"
_SECRET = "a secret of thirty-two characters!"
_TOKENS = {"JWT_SECRET": _SECRET, "JWT_ISSUER": "https://id.example", "JWT_AUDIENCE": "seen"}


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _token(key: Any = _SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    defaults = {
        "sub": "dana",
        "iss": "https://id.example",
        "aud": "seen",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    }
    payload = {name: value for name, value in (defaults | claims).items() if value is not None}
    return jwt.encode(payload, key, algorithm, headers={"kid": "1"})


def _routes() -> list[tuple[str, str]]:
    app = create_app(Settings.load({}))
    paths = app.openapi()["paths"]
    return sorted(
        (method.upper(), re.sub(r"\{\w+\}", "1", path))
        for path, methods in paths.items()
        for method in methods
    )


@pytest.fixture(scope="module")
def keyed(start_quiet: ServiceFactory) -> Service:
    return start_quiet(API_KEYS=f"{_CLIENT},admin:{_ADMIN}")


@pytest.fixture(scope="module")
def taking_tokens(start_quiet: ServiceFactory) -> Service:
    return start_quiet(**_TOKENS)


def test_every_route_is_public_or_protected(keyed: Service) -> None:
    routes = _routes()
    assert len(routes) >= 11
    for method, path in routes:
        answer = keyed.http.request(method, path)
        if path in PUBLIC_PATHS:
            assert answer.status_code != 401, path
        else:
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["code"] == "not_authenticated"


def test_no_route_is_hidden_from_the_walk() -> None:
    app = create_app(Settings.load({}))
    hidden = {
        getattr(route, "path", None)
        for route in app.routes
        if not (isinstance(route, APIRoute) and route.include_in_schema)
        and getattr(route, "path", None) is not None
    }
    assert hidden <= PUBLIC_PATHS


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (_bearer(_CLIENT), 200),
        ({"X-API-Key": _CLIENT}, 200),
        (_bearer(_ADMIN), 200),
        (_bearer(f"client:{_CLIENT}"), 401),
        (_bearer(_CLIENT[:-1]), 401),
        (_bearer("x" * 5000), 401),
        ({"X-API-Key": "ключ".encode()}, 401),
        ({"Authorization": f"Basic {_CLIENT}"}, 401),
        ({}, 401),
    ],
)
def test_a_key_of_the_environment_opens(
    keyed: Service, headers: dict[str, Any], status: int
) -> None:
    answer = keyed.http.get("/user/history", params={"user_id": "dana"}, headers=headers)
    assert answer.status_code == status
    assert _CLIENT not in answer.text


def test_a_key_of_the_database_opens_until_it_is_revoked_in_every_process(
    start: ServiceFactory,
) -> None:
    first, second = start(), start()
    query = {"user_id": "dana"}
    assert first.http.get("/user/history", params=query).status_code == 200
    keys = ApiKeyStore(first.database)
    keys.add("sea_0123456789", prefix="sea_0123", label="backend", scope="client")
    for service in (first, second):
        assert service.http.get("/user/history", params=query).status_code == 401
        answer = service.http.get("/user/history", params=query, headers=_bearer("sea_0123456789"))
        assert answer.status_code == 200
    assert keys.revoke("sea_0123") == ["backend"]
    for service in (first, second):
        answer = service.http.get("/user/history", params=query, headers=_bearer("sea_0123456789"))
        assert answer.status_code == 401
        # The last key is gone, yet the door stays shut.
        assert service.http.get("/user/history", params=query).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "10.0.0.1", "localhost.evil.example", "[::2]:1"]
)
def test_without_keys_no_other_name_is_answered(quiet: Service, host: str) -> None:
    answer = quiet.http.get("/user/history", params={"user_id": "dana"}, headers={"Host": host})
    assert answer.status_code == 401


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.2:8000", "[::1]:8000"])
def test_without_keys_this_machine_is_answered(quiet: Service, host: str) -> None:
    answer = quiet.http.get("/user/history", params={"user_id": "dana"}, headers={"Host": host})
    assert answer.status_code == 200


def test_without_keys_a_proxy_on_this_machine_lets_no_stranger_in(quiet: Service) -> None:
    answer = quiet.http.get(
        "/user/history", params={"user_id": "dana"}, headers={"X-Forwarded-For": "203.0.113.9"}
    )
    assert answer.status_code == 401


def test_a_token_speaks_for_its_own_user_only(start: ServiceFactory) -> None:
    service = start(**_TOKENS)
    add_item(service.database)
    service.http.headers.update(_bearer(_token(sub="dana")))
    assert service.post_history("movie:603", user_id="dana").status_code == 200
    slate = add_slate(service.database, "eve")
    others = [
        service.post_history("movie:603", user_id="eve"),
        service.http.get("/user/history", params={"user_id": "eve"}),
        service.http.delete("/user/history", params={"user_id": "eve", "item": "1"}),
        service.http.post("/feedback", json={"user_id": "eve", "event_type": "click"}),
        service.http.get("/users/eve/export"),
        service.http.get("/users/eve/track-record"),
        service.http.delete("/users/eve"),
        service.http.put("/users/eve/consent", json={}),
    ]
    assert [answer.status_code for answer in others] == [404] * len(others)
    stolen = {"event_type": "click", "recommendation_id": str(slate)}
    assert service.http.post("/feedback", json=stolen).status_code == 422
    for profile in (None, "kids"):
        mine = {"event_type": "like", "item_id": "movie:603", "profile": profile}
        assert service.http.post("/feedback", json=mine).status_code == 200
    assert len(service.read_history(user_id="dana")) == 2
    assert len(service.read_history(user_id="dana", profile="kids")) == 1
    assert service.http.get("/items/movie:603").status_code == 200


_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "token",
    [
        _token(exp=datetime.now(UTC) - timedelta(minutes=1)),
        _token(exp=None),
        _token(iss="https://evil.example"),
        _token(aud="other"),
        _token(sub=None),
        _token(sub=""),
        _token(sub="a\x00b"),
        _token("another secret of thirty-two chars!!"),
        _token(_SECRET * 2, "HS512"),
        _token(_RSA, "RS256"),
        _token(None, "none"),
        "a.b.c",
        "..",
    ],
)
def test_a_token_that_is_not_right_in_every_way_is_refused(
    taking_tokens: Service, token: str
) -> None:
    answer = taking_tokens.http.get(
        "/user/history", params={"user_id": "dana"}, headers=_bearer(token)
    )
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


def test_tokens_of_published_keys_are_checked_with_their_own_algorithm(
    start: ServiceFactory,
) -> None:
    public = json.loads(RSAAlgorithm.to_jwk(_RSA.public_key()))
    with _publishing({"keys": [public | {"kid": "1", "use": "sig"}]}) as url:
        service = start(JWT_JWKS_URL=url, JWT_ISSUER="https://id.example", JWT_AUDIENCE="seen")
        stranger = ec.generate_private_key(ec.SECP256R1())
        tokens = {
            _token(_RSA, "RS256"): 200,
            # The public key is no secret: a token "signed" with it proves nothing.
            _token(public["n"], "HS256"): 401,
            _token(stranger, "ES256"): 401,
        }
        for token, status in tokens.items():
            answer = service.http.get(
                "/user/history", params={"user_id": "dana"}, headers=_bearer(token)
            )
            assert answer.status_code == status


def test_published_keys_out_of_reach_are_a_503(start: ServiceFactory) -> None:
    service = start(
        JWT_JWKS_URL="http://127.0.0.1:1/keys",
        JWT_ISSUER="https://id.example",
        JWT_AUDIENCE="seen",
    )
    answer = service.http.get(
        "/user/history", params={"user_id": "dana"}, headers=_bearer(_token(_RSA, "RS256"))
    )
    assert answer.status_code == 503
    assert answer.json()["code"] == "upstream_unavailable"


def test_too_many_requests_of_one_caller_are_told_to_wait(start: ServiceFactory) -> None:
    service = start(API_KEYS=f"{_CLIENT},admin:{_ADMIN}", RATE_LIMIT_PER_MINUTE=2)
    query = {"user_id": "dana"}

    def status(key: str) -> int:
        answer = service.http.get("/user/history", params=query, headers=_bearer(key))
        return answer.status_code

    assert [status(_CLIENT) for _ in range(3)] == [200, 200, 429]
    answer = service.http.get("/user/history", params=query, headers=_bearer(_CLIENT))
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert status(_ADMIN) == 200
    assert [status("guessed-key-number-1") for _ in range(3)] == [401, 401, 429]
    assert service.http.get("/healthz").status_code == 200


def test_cors_answers_named_origins_only(start: ServiceFactory) -> None:
    provenance = {"Origin": "https://tv.example"}
    closed = start()
    assert (
        "access-control-allow-origin" not in closed.http.get("/healthz", headers=provenance).headers
    )
    opened = start(CORS_ORIGINS="https://tv.example")
    answer = opened.http.get("/healthz", headers=provenance)
    assert answer.headers["access-control-allow-origin"] == "https://tv.example"
    assert "access-control-allow-credentials" not in answer.headers
    answer = opened.http.get("/healthz", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_logs_hold_no_key_and_no_word_of_a_viewer(keyed: Service) -> None:
    records: queue.Queue[logging.LogRecord] = queue.Queue()
    handler, logger = QueueHandler(records), logging.getLogger("api")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        for key in (_CLIENT, "a-key-that-is-wrong"):
            keyed.http.get("/search", params={"q": "my secret wish"}, headers=_bearer(key))
            keyed.http.get("/my secret wish", headers=_bearer(key))
            keyed.http.post("/user/history", json={"user_id": 5, "wish": "my secret"})
        # A line is written when its answer is already out.
        lines = [JsonLines().format(records.get(timeout=10)) for _ in range(6)]
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    assert [json.loads(line)["event"] for line in lines] == ["request"] * 6
    assert not [line for line in lines if re.search(f"{_CLIENT}|wrong|secret|wish", line)]


@contextmanager
def _publishing(document: dict[str, Any]) -> Iterator[str]:
    """Serves a JSON document on a free loopback port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/keys"
        finally:
            server.shutdown()
            thread.join()
