"""What is read soon after the start, and what becomes of it."""

import logging
from threading import Event

import pytest

from api.http.warming import Warming


def test_everything_is_read_once_the_time_has_come() -> None:
    is_read = Event()
    warming = Warming([lambda: None, is_read.set], after_seconds=0)
    warming.begin()
    assert is_read.wait(10)


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
