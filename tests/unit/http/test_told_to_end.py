"""What is done before the service serves is waited for, unless the server is told to end."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event

import pytest
import uvicorn

from api.http.told_to_end import unless_told_to_end
from api.platform.errors import DatabaseUnavailable

_PATIENCE_SECONDS = 30


@contextmanager
def serving() -> Iterator[uvicorn.Server]:
    server = uvicorn.Server(uvicorn.Config("app:app"))
    before = signal.signal(signal.SIGTERM, server.handle_exit)
    try:
        yield server
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_is_made_is_returned() -> None:
    with serving():
        assert asyncio.run(unless_told_to_end(lambda: "made")) == "made"


def test_what_the_work_raises_is_raised() -> None:
    def fails() -> None:
        raise DatabaseUnavailable("No connection.")

    with pytest.raises(DatabaseUnavailable):
        asyncio.run(unless_told_to_end(fails))


def test_what_never_ends_is_left_alone_when_the_server_is_told_to_end() -> None:
    may_end = Event()

    def is_told_and_goes_on() -> str:
        signal.raise_signal(signal.SIGTERM)
        may_end.wait(_PATIENCE_SECONDS)
        return "made"

    with serving() as server:
        assert asyncio.run(unless_told_to_end(is_told_and_goes_on)) is None
        assert server.should_exit
    may_end.set()


def test_a_server_that_was_told_to_end_before_waits_for_nothing() -> None:
    may_end = Event()
    with serving() as server:
        server.should_exit = True
        work = partial(may_end.wait, _PATIENCE_SECONDS)
        assert asyncio.run(unless_told_to_end(work)) is None
    may_end.set()
