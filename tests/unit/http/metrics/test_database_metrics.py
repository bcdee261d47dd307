"""Figures of the database: left out while it is away, counted seldom where counting costs."""

import logging
from contextlib import closing
from typing import Any

import psycopg
import pytest
from prometheus_client import generate_latest

from api.http.metrics.database_metrics import DatabaseMetrics
from api.platform.database import Database
from api.recommend.lists.coverage import Coverage
from tests.doubles.clock import FakeClock
from tests.scrapes import Scrape


class Answering:
    """A database that is there and has nothing."""

    def takes_writes(self, *, timeout_seconds: float) -> bool:
        return True

    def autocommit(self) -> Any:
        raise psycopg.errors.UndefinedTable("job_runs")


def _told(metrics: DatabaseMetrics) -> Scrape:
    return Scrape.of(generate_latest(metrics).decode())


def _unread() -> Any:
    raise psycopg.errors.UndefinedTable("snapshots of dana")


def test_a_database_that_is_away_is_all_that_is_told() -> None:
    with closing(Database("postgresql://127.0.0.1:1/nowhere")) as away:
        told = _told(DatabaseMetrics(away, _unread, _unread, FakeClock()))
    assert told.values == {("seenemall_database_up", frozenset()): 0}


def test_what_cannot_be_read_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    database: Any = Answering()
    metrics = DatabaseMetrics(database, _unread, lambda: Coverage(7, 3), FakeClock())
    with caplog.at_level(logging.WARNING):
        told = _told(metrics)
    assert told.value("seenemall_titles_shown") == 3
    assert told.types.keys() == {
        "seenemall_database_up",
        "seenemall_titles",
        "seenemall_titles_shown",
    }
    assert [record.__dict__["fields"] for record in caplog.records] == [
        {"what": "jobs", "error": "UndefinedTable"},
        {"what": "snapshot", "error": "UndefinedTable"},
    ]


def test_coverage_is_counted_every_ten_minutes_whatever_came_of_it() -> None:
    clock, database = FakeClock(), Answering()
    answers: list[Coverage | None] = [Coverage(7, 1), None, Coverage(7, 2)]

    def count() -> Coverage:
        found = answers.pop(0)
        return found if found is not None else _unread()

    nothing: Any = database
    metrics = DatabaseMetrics(nothing, _unread, count, clock)
    shown = []
    for now in (0, 599, 601, 700, 1202):
        clock.now = now
        shown.append(_told(metrics).values.get(("seenemall_titles_shown", frozenset())))
    assert shown == [1, 1, None, None, 2]
    assert answers == []
