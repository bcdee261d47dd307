"""Keys that are published elsewhere: what their host does is nobody's wait here."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.acceptance.conftest import Service, ServiceFactory

_CLAIMS = {"JWT_ISSUER": "https://id.example", "JWT_AUDIENCE": "seen"}
_OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_STRANGERS = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class _Host:
    """A host of keys, whose answer can be changed while it runs."""

    def __init__(self) -> None:
        self.answer = (200, _published())
        self.asked = 0
        self.open = threading.Event()
        self.open.set()
        self.url = ""


def _published(key_id: str = "1") -> bytes:
    public = json.loads(RSAAlgorithm.to_jwk(_OURS.public_key()))
    return json.dumps({"keys": [public | {"kid": key_id, "use": "sig"}]}).encode()


@pytest.fixture
def host() -> Iterator[_Host]:
    with _serving(_Host()) as host:
        yield host
        host.open.set()


@contextmanager
def _serving(host: _Host) -> Iterator[_Host]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked += 1
            host.open.wait(timeout=30)
            status, body = host.answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.url = f"http://127.0.0.1:{server.server_port}/keys"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()


def _status(service: Service, key: rsa.RSAPrivateKey, key_id: str = "1") -> int:
    claims = {
        "sub": "dana",
        "iss": "https://id.example",
        "aud": "seen",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    }
    token = jwt.encode(claims, key, "RS256", headers={"kid": key_id})
    answer = service.http.get(
        "/user/history", params={"user_id": "dana"}, headers={"Authorization": f"Bearer {token}"}
    )
    return answer.status_code


def test_a_host_that_never_answers_holds_up_nobody_else(
    start_quiet: ServiceFactory, host: _Host
) -> None:
    host.open.clear()
    service = start_quiet(API_KEYS="client-key-of-the-test", JWT_JWKS_URL=host.url, **_CLAIMS)
    with ThreadPoolExecutor(60) as strangers:
        junk = [strangers.submit(_status, service, _STRANGERS, str(one)) for one in range(60)]
        answer = service.http.get(
            "/user/history",
            params={"user_id": "dana"},
            headers={"X-API-Key": "client-key-of-the-test"},
        )
        assert answer.status_code == 200
        assert {one.result() for one in junk} == {503}
    assert host.asked <= 2


@pytest.mark.parametrize(
    "answer", [(200, b"<html>"), (200, b"[1]"), (200, b'{"keys": 5}'), (200, b"{}"), (500, b"")]
)
def test_an_answer_that_makes_no_sense_is_no_answer(
    start_quiet: ServiceFactory, host: _Host, answer: tuple[int, bytes]
) -> None:
    host.answer = answer
    service = start_quiet(JWT_JWKS_URL=host.url, **_CLAIMS)
    assert _status(service, _OURS) == 503


def test_a_strangers_key_is_no_reason_to_ask_each_time(
    start_quiet: ServiceFactory, host: _Host
) -> None:
    service = start_quiet(JWT_JWKS_URL=host.url, **_CLAIMS)
    assert _status(service, _OURS) == 200
    assert {_status(service, _STRANGERS, str(one)) for one in range(2, 30)} == {401}
    assert _status(service, _STRANGERS) == 401
    assert host.asked <= 2


def test_keys_are_used_on_while_their_host_fails(start_quiet: ServiceFactory, host: _Host) -> None:
    service = start_quiet(JWT_JWKS_URL=host.url, **_CLAIMS)
    assert _status(service, _OURS) == 200
    host.answer = (500, b"")
    assert _status(service, _STRANGERS, "9") == 401
    assert _status(service, _OURS) == 200
