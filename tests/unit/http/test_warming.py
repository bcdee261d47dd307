"""What is read soon after the start, and what becomes of it."""

import gc
import logging
from collections.abc import Iterator
from threading import Event

import pytest

from api.http.warming import Warming


def test_everything_is_read_once_the_time_has_come() -> None:
    is_read = Event()
    warming = Warming([lambda: None, is_read.set], after_seconds=0)
    warming.begin()
    assert is_read.wait(10)


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What a service keeps for good goes with the service, not with a test of it."""
    yield
    gc.unfreeze()


def test_the_search_for_cycles_passes_over_what_was_read() -> None:
    read = [[number] for number in range(10_000)]
    Warming([lambda: None]).read()
    assert gc.get_freeze_count() > len(read)
    assert not any(one is read for one in gc.get_objects())


def test_what_fails_is_noted_and_the_rest_is_read(caplog: pytest.LogCaptureFixture) -> None:
    read: list[str] = []

    def failing() -> None:
        raise ValueError("dana's words")

    with caplog.at_level(logging.WARNING):
        Warming([failing, lambda: read.append("names")]).read()
    assert read == ["names"]
    (record,) = caplog.records
    assert record.__dict__["fields"] == {"error": "ValueError"}


def test_nothing_is_read_after_the_end() -> None:
    read: list[str] = []
    warming = Warming([lambda: read.append("names")])
    warming.begin()
    warming.close()
    warming.read()
    assert read == []
