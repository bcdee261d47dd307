"""Questions asked from the event loop: answered like those that a thread asks, and never lost."""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter

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


def test_while_every_connection_waits_for_a_lock_only_one_question_waits_for_them(
    database: Database,
) -> None:
    def sleeping() -> Asking[None]:
        yield Question("SELECT pg_sleep(3)", {})

    async def ask(at_once: AtOnce) -> None:
        held = [asyncio.create_task(at_once.answered(sleeping())) for _ in range(2)]
        await asyncio.sleep(0.1)
        started = perf_counter()
        for _ in range(20):
            assert await at_once.answered(_sum(1, 1)) == 2
        assert perf_counter() - started < 2
        await asyncio.gather(*held)
        assert at_once.connections[0] == 0
        assert await at_once.answered(_sum(2, 2)) == 4

    _during(database, ask)


def test_whoever_stops_waiting_gives_the_connection_back(database: Database) -> None:
    def sleeping(seconds: float) -> Asking[None]:
        yield Question("SELECT pg_sleep(%(seconds)s)", {"seconds": seconds})

    async def ask(at_once: AtOnce) -> None:
        for after in range(40):
            asked = [asyncio.create_task(at_once.answered(sleeping(0.02))) for _ in range(5)]
            await asyncio.sleep(after / 1000)
            for one in asked:
                one.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        assert await at_once.answered(_sum(2, 2)) == 4
        await asyncio.sleep(0.2)
        assert at_once.connections == (0, 2)

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


@pytest.mark.parametrize("own", [1, None])
@pytest.mark.parametrize("others", [(2, None), (None, None), None])
def test_a_question_is_asked_beside_another_one(
    database: Database, own: int | None, others: tuple[int | None, ...] | None
) -> None:
    """Each has its row or none, whatever the other one has, and NULLs are no missing row."""
    noted: list[object] = []

    def beside() -> Asking[None]:
        parameters = {"b": others and others[0], "is_there": others is not None}
        sql = "SELECT %(b)s::int AS id, NULL::text AS id WHERE %(is_there)s"
        noted.append((yield Question(sql, parameters, columns=2)))

    def asking() -> Asking[object]:
        sql = "SELECT %(a)s::int AS id, 'x' AS id WHERE %(a)s::int > 0"
        row = yield Question(sql, {"a": own})
        other = yield Question("SELECT %(a)s::int + 1", {"a": 1})
        return row, other

    async def ask(at_once: AtOnce) -> None:
        for one in (at_once, AtOnce(database)):
            answer = await one.answered(asking(), beside=beside())
            assert answer == ((1, "x") if own else None, (2,))
        assert noted == [others] * 2

    _during(database, ask)


def test_what_asks_nothing_has_nothing_asked_beside_it(database: Database) -> None:
    def beside() -> Asking[None]:
        yield from ()
        raise AssertionError

    def asking() -> Asking[int]:
        yield from ()
        return 5

    async def ask(at_once: AtOnce) -> None:
        assert await at_once.answered(asking(), beside=beside()) == 5

    _during(database, ask)


def test_asks_in_threads_until_it_is_opened(database: Database) -> None:
    assert asyncio.run(AtOnce(database).answered(_sum(1, 2))) == 3
