"""Questions asked from the event loop: answered like those that a thread asks, and never lost."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from api.platform.at_once import AtOnce
from api.platform.database import Database
from api.platform.questions import Asking, Question

_OTHERS = "pid <> pg_backend_pid() AND datname = current_database()"


def _sum(one: int, other: int) -> Asking[int]:
    first = yield Question("SELECT %(one)s::int", {"one": one})
    second = yield Question("SELECT %(other)s::int WHERE %(other)s > 0", {"other": other})
    return (first[0] if first else 0) + (second[0] if second else 0)


def _during(database: Database, ask: Callable[[AtOnce], Awaitable[None]]) -> None:
    async def run() -> None:
        at_once = AtOnce(database)
        async with at_once.opened():
            await ask(at_once)

    asyncio.run(run())


def _hang_up(database: Database) -> None:
    with psycopg.connect(database.libpq_url, autocommit=True) as connection:
        connection.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_OTHERS}"
        )


def test_asks_one_question_after_the_other_as_a_thread_does(database: Database) -> None:
    async def ask(at_once: AtOnce) -> None:
        assert await at_once.answered(_sum(2, 3)) == database.answered(_sum(2, 3)) == 5
        assert await at_once.answered(_sum(2, 0)) == database.answered(_sum(2, 0)) == 2

    _during(database, ask)


def test_a_connection_that_the_server_closed_loses_no_question(database: Database) -> None:
    async def ask(at_once: AtOnce) -> None:
        assert await at_once.answered(_sum(1, 1)) == 2
        _hang_up(database)
        assert await at_once.answered(_sum(2, 2)) == 4

    _during(database, ask)


def test_more_questions_than_connections_wait_for_each_other(database: Database) -> None:
    async def ask(at_once: AtOnce) -> None:
        answers = await asyncio.gather(*(at_once.answered(_sum(1, one)) for one in range(50)))
        assert answers == [1 + one for one in range(50)]

    _during(database, ask)


def test_what_the_database_refuses_is_raised_and_harms_no_other(database: Database) -> None:
    def divided() -> Asking[int]:
        row = yield Question("SELECT 1 / %(zero)s::int", {"zero": 0})
        return row[0] if row else 0

    async def ask(at_once: AtOnce) -> None:
        with pytest.raises(psycopg.errors.DivisionByZero):
            await at_once.answered(divided())
        assert await at_once.answered(_sum(1, 1)) == 2

    _during(database, ask)


def test_asks_in_threads_until_it_is_opened(database: Database) -> None:
    assert asyncio.run(AtOnce(database).answered(_sum(1, 2))) == 3
