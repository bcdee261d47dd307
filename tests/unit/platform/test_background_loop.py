"""A loop that ends in order: what runs is cancelled, then the client is closed, then the thread."""

import threading
from concurrent.futures import CancelledError

import pytest
from anyio import Event, sleep_forever

from api.platform.outbound.background_loop import background_loop


def _names() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_the_end_cancels_what_runs_before_it_closes_the_client() -> None:
    told: list[str] = []
    began = threading.Event()

    async def call() -> None:
        try:
            began.set()
            await sleep_forever()
        finally:
            told.append("cancelled")

    async def close() -> None:
        told.append("closed")

    with background_loop("test-loop", at_end=close) as loop:
        running = loop.start_task_soon(call)
        assert began.wait(60)
        assert "test-loop" in _names()
    with pytest.raises(CancelledError):
        running.result()
    assert told == ["cancelled", "closed"]
    assert "test-loop" not in _names()


def test_a_call_that_fails_takes_nothing_else_along() -> None:
    async def fail() -> None:
        raise ValueError("unreadable")

    async def close() -> None:
        pass

    with background_loop("test-loop", at_end=close) as loop:
        go_on = loop.call(Event)
        other = loop.start_task_soon(go_on.wait)
        with pytest.raises(ValueError, match="unreadable"):
            loop.call(fail)
        loop.call(go_on.set)
        assert other.result(60) is None


def test_a_client_that_cannot_be_closed_is_no_secret() -> None:
    async def close() -> None:
        raise ValueError("still open")

    with (
        pytest.raises(ValueError, match="still open"),
        background_loop("test-loop", at_end=close),
    ):
        pass
    assert "test-loop" not in _names()
