"""Bounds on connections, heads and patience, over bare sockets."""

import json
import logging
import queue
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from logging.handlers import QueueHandler

import pytest

from api.http.connections import Counted
from api.http.http_protocol import BoundedHttp
from api.platform.logs import JsonLines
from tests.acceptance.conftest import Service, ServiceFactory

_HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


class _Impatient(BoundedHttp):
    head_seconds = 0.2
    body_seconds = 0.3
    body_bytes_per_second = 1_000_000
    counted = Counted()


class _Few(BoundedHttp):
    most_connections = 4
    spare_connections = 1
    counted = Counted(period_seconds=0.05)


@pytest.fixture(scope="module")
def impatient(start_quiet: ServiceFactory) -> Service:
    return start_quiet(http=_Impatient)


@pytest.fixture(scope="module")
def few(start_quiet: ServiceFactory) -> Service:
    return start_quiet(http=_Few)


@contextmanager
def _connection(service: Service) -> Iterator[socket.socket]:
    host, _, port = service.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        yield connection


def _exchange(service: Service, *sent: bytes) -> bytes:
    """Everything that comes back until the server closes."""
    with _connection(service) as connection:
        for part in sent:
            connection.sendall(part)
        return connection.makefile("rb").read()


def _problem(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    assert b"connection: close" in head.lower()
    return int(head[9:12]), str(json.loads(body)["code"])


@pytest.mark.parametrize(
    "headers",
    [
        b"X-Big: " + b"x" * 70_000 + b"\r\n\r\n",
        b"X-Big: " + b"x" * 300_000,  # never ends
        b"".join(b"X-%d: %b\r\n" % (one, b"x" * 1000) for one in range(70)) + b"\r\n",
        b"".join(b"X-%d: x\r\n" % one for one in range(1000)) + b"\r\n",
    ],
    ids=["one", "endless", "together", "many"],
)
def test_a_head_beyond_its_bound_is_refused(quiet: Service, headers: bytes) -> None:
    assert _problem(_exchange(quiet, _HEAD, headers)) == (431, "head_too_large")


def test_a_head_within_its_bound_is_read(quiet: Service) -> None:
    headers = b"".join(b"X-%d: %b\r\n" % (one, b"x" * 1000) for one in range(60))
    answer = _exchange(quiet, _HEAD, headers, b"Connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_trailers_are_bounded_too_and_are_no_headers(
    quiet: Service, start_quiet: ServiceFactory
) -> None:
    keyed = start_quiet(API_KEYS="admin:the-key-of-the-operator")
    head = (
        b"POST /feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n"
    )
    trailer = b"X-API-Key: the-key-of-the-operator\r\n"
    assert _exchange(keyed, head + trailer + b"\r\n").startswith(b"HTTP/1.1 401 ")
    assert _problem(_exchange(quiet, head, b"X: y\r\n" * 15_000)) == (431, "head_too_large")


def test_a_silent_connection_is_closed(impatient: Service) -> None:
    assert _exchange(impatient) == b""
    assert _exchange(impatient, b"\r\n") == b""
    with _connection(impatient) as connection:
        connection.sendall(_HEAD + b"\r\n")
        answer = _read(connection)
        while not answer.endswith(b'"ok"}'):
            answer += _read(connection)
        connection.sendall(b"\r\n")  # begins no head
        assert connection.recv(1) == b""


@pytest.mark.parametrize(
    "sent",
    [
        _HEAD,
        b"POST /feedback HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
    ],
    ids=["head", "body"],
)
def test_what_does_not_come_in_time_is_refused(impatient: Service, sent: bytes) -> None:
    assert _problem(_exchange(impatient, sent)) == (408, "too_slow")


def test_a_connection_that_waits_makes_room_for_another(few: Service) -> None:
    with ExitStack() as waiting:
        idle = [waiting.enter_context(_connection(few)) for _ in range(20)]
        answer = _exchange(few, _HEAD, b"Connection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200 ")
        with pytest.raises(ConnectionResetError):
            _read(idle[0])


def test_health_is_answered_when_every_connection_is_at_work(few: Service) -> None:
    records: queue.Queue[logging.LogRecord] = queue.Queue()
    handler = QueueHandler(records)
    logger = logging.getLogger("api.http.connections")
    logger.addHandler(handler)
    locked = few.database.engine.begin()
    try:
        with locked as lock, ExitStack() as working:
            lock.exec_driver_sql("LOCK TABLE profiles, service_state IN ACCESS EXCLUSIVE MODE")
            for _ in range(4):
                one = working.enter_context(_connection(few))
                one.sendall(b"GET /user/history?user_id=a HTTP/1.1\r\nHost: localhost\r\n\r\n")
            busy = b"GET /user/history?user_id=a HTTP/1.1\r\nHost: localhost\r\n\r\n"
            assert _until_busy(few, busy) == (503, "busy")
            answer = _exchange(few, _HEAD, b"Connection: close\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 200 ")
        while "busy" not in (line := JsonLines().format(records.get(timeout=10))):
            continue
    finally:
        logger.removeHandler(handler)
    assert json.loads(line)["busy"] >= 1


def test_an_upgrade_is_answered_like_any_request(start_quiet: ServiceFactory) -> None:
    keyed = start_quiet(API_KEYS="admin:the-key-of-the-operator")
    upgrade = (
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    answer = _exchange(keyed, b"GET /user/history HTTP/1.1\r\nHost: localhost\r\n", upgrade)
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"x-request-id" in answer


def _until_busy(service: Service, request: bytes) -> tuple[int, str]:
    """The first refusal: the four before may not all be at work yet, and then make room."""
    for _ in range(50):
        with _connection(service) as connection:
            connection.settimeout(0.2)
            connection.sendall(request)
            try:
                return _problem(connection.makefile("rb").read())
            except TimeoutError:
                continue
    raise AssertionError("it was never busy")


def _read(connection: socket.socket) -> bytes:
    """What comes next; raises ConnectionResetError at the end as at a reset."""
    if received := connection.recv(1):
        return received
    raise ConnectionResetError
