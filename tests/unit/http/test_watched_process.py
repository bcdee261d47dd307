"""Processes that serve share the connections, and that one has died is known at once, however long
an answer may take."""

import socket
import sys
from contextlib import closing, suppress
from threading import Thread

import pytest
import uvicorn

from api.http.watched_process import WatchedProcess, beside

_LONGER_THAN_ANYBODY_WAITS = 3600.0


class _EndedAtOnce:
    """In place of the child: started, and dead before it is asked."""

    def start(self) -> None:
        pass


def test_a_dead_process_is_not_waited_for() -> None:
    process = WatchedProcess(uvicorn.Config("app:app"), [])
    process.process = _EndedAtOnce()  # type: ignore[assignment]
    process.start()
    answers = list[bool]()
    asking = Thread(
        target=lambda: answers.append(process.ping(_LONGER_THAN_ANYBODY_WAITS)), daemon=True
    )
    asking.start()
    asking.join(timeout=30)
    process.parent_conn.close()
    assert answers == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="others have one socket for all")
def test_connections_are_dealt_out_among_processes() -> None:
    with closing(socket.socket()) as shared:
        shared.bind(("127.0.0.1", 0))
        with closing(beside(shared)) as one, closing(beside(shared)) as other:
            for own in (one, other):
                own.listen(64)
                own.setblocking(False)
            clients = [socket.create_connection(shared.getsockname(), 10) for _ in range(60)]
            taken = [_accepted(own) for own in (one, other)]
            for client in clients:
                client.close()
    assert sum(taken) == 60
    assert min(taken) > 5


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's abstract socket names")
def test_an_address_that_cannot_be_had_again_is_shared() -> None:
    with closing(socket.socket(socket.AF_UNIX)) as local:
        local.bind("\0seenemall-test")  # a name without a file
        assert beside(local) is local


def _accepted(listening: socket.socket) -> int:
    accepted = 0
    with suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            accepted += 1
    return accepted
