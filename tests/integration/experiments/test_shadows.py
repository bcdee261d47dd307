"""Strategies that run unseen: off the path of requests, bounded, and no trouble when they fail."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from api.experiments.shadows import ShadowRun, Shadows, compare
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.recommend.pipeline.run import Run
from api.recommend.query import Query
from api.recommend.strategy import Strategy
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from config.settings import Settings
from config.strategy_files import STANDARD, StrategyFile
from tests.builders import add_slate, rows_of
from tests.facts_builder import Title, facts_of, query_over, ranking_of, run_of

_NUMBERS = Settings.load({}).strategies[STANDARD].configuration
_FACTS = facts_of([Title(number) for number in range(1, 41)])
_SERVED = list(range(1, 31))


class Ranks:
    """A pipeline that puts titles in an order of the test's."""

    def __init__(self, order: Callable[[], list[int]]) -> None:
        self._order = order

    def offline(self) -> "Ranks":
        return self

    def run(self, query: Query) -> Run:
        return run_of(query, ranking_of(_FACTS, self._order()))


def strategy(database: Database, order: Callable[[], list[int]]) -> Strategy:
    pipeline: Any = Ranks(order)
    viewers = Viewers(database, TasteNumbers.of(_NUMBERS.ranking))
    return Strategy(StrategyFile("bold", _NUMBERS), pipeline, viewers)


def run_beside(database: Database, slate: UUID, *strategies: Strategy) -> ShadowRun:
    return ShadowRun(slate, _SERVED, query_over(_FACTS), strategies)


def stored(database: Database) -> list[tuple[Any, ...]]:
    return rows_of(
        database,
        "SELECT strategy, item_ids, overlap_10, overlap_20, rank_biased_overlap, error"
        " FROM shadow_lists ORDER BY strategy",
    )


@contextmanager
def shadows_of(database: Database, *, places: int = 4) -> Iterator[Shadows]:
    shadows = Shadows(database, places=places)
    try:
        yield shadows
    finally:
        shadows.close()


class Gate:
    """Lets a test hold the shadows' thread, and know that it is held."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def order(self) -> list[int]:
        self.reached.set()
        assert self.opened.wait(timeout=30)
        return _SERVED


def test_a_run_is_stored_with_how_alike_it_is(database: Database) -> None:
    slate = add_slate(database, "dana")
    order = [*range(11, 21), *range(1, 11), *range(21, 31)]
    gate = Gate()
    gate.opened.set()
    bold, last = strategy(database, lambda: order), strategy(database, gate.order)
    with shadows_of(database) as shadows:
        assert shadows.offer(run_beside(database, slate, bold))
        # One thread: when the second is at work the first is stored.
        assert shadows.offer(run_beside(database, slate, last))
        assert gate.reached.wait(timeout=30)
        ((name, ids, overlap_10, overlap_20, biased, error),) = stored(database)
    assert (name, ids, error) == ("bold", order, None)
    assert (overlap_10, overlap_20) == (0.0, 1.0)
    assert 0.2 < biased < 0.5


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (InvalidInput("There is no such thing."), "There is no such thing."),
        (ValueError("dana wrote: something private"), "ValueError."),
    ],
)
def test_a_failing_strategy_is_a_row_that_says_so(
    database: Database, failure: Exception, told: str
) -> None:
    def fail() -> list[int]:
        raise failure

    run = run_beside(database, add_slate(database, "dana"))
    found = compare(run, strategy(database, fail))
    assert (found.error, found.item_ids, found.overlap_10) == (told, [], None)


def test_where_there_is_no_place_a_run_is_dropped_at_once(database: Database) -> None:
    slates = [add_slate(database, "dana") for _ in range(4)]
    gate = Gate()
    held = strategy(database, gate.order)
    with shadows_of(database, places=2) as shadows:
        assert shadows.offer(run_beside(database, slates[0], held))
        assert gate.reached.wait(timeout=30)
        assert shadows.offer(run_beside(database, slates[1], held))
        assert not shadows.offer(run_beside(database, slates[2], held))
        gate.opened.set()
    assert not shadows.offer(run_beside(database, slates[3], held))
    assert not {slates[2], slates[3]} & {row[0] for row in rows_of(database, _SLATES)}


_SLATES = "SELECT slate_id FROM shadow_lists"


def test_nothing_is_stored_beside_a_list_that_was_deleted(database: Database) -> None:
    slate = add_slate(database, "dana")
    gate = Gate()
    with shadows_of(database) as shadows:
        assert shadows.offer(run_beside(database, slate, strategy(database, gate.order)))
        assert gate.reached.wait(timeout=30)
        rows_of(database, "DELETE FROM slates RETURNING id")
        gate.opened.set()
    assert stored(database) == []


def test_runs_go_when_their_list_goes(database: Database) -> None:
    slate = add_slate(database, "dana")
    gate = Gate()
    gate.opened.set()
    with shadows_of(database) as shadows:
        shadows.offer(run_beside(database, slate, strategy(database, lambda: _SERVED)))
        shadows.offer(run_beside(database, slate, strategy(database, gate.order)))
        assert gate.reached.wait(timeout=30)
    assert len(stored(database)) == 1
    rows_of(database, "DELETE FROM slates RETURNING id")
    assert stored(database) == []


def test_a_list_that_was_only_half_ranked_is_not_compared(database: Database) -> None:
    class Degrades(Ranks):
        def run(self, query: Query) -> Run:
            run = super().run(query)
            with run.trace.span("retrieve", "query_ann") as span:
                span.degraded = "gone"
            return run

    pipeline: Any = Degrades(lambda: _SERVED)
    viewers = Viewers(database, TasteNumbers.of(_NUMBERS.ranking))
    half = Strategy(StrategyFile("bold", _NUMBERS), pipeline, viewers)
    found = compare(run_beside(database, add_slate(database, "dana")), half)
    assert (found.error, found.overlap_10) == ("Ran without query_ann.", None)
    assert np.array_equal(found.item_ids, _SERVED)
