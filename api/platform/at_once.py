"""Questions asked from the event loop itself.

A thread that waits for a row of a primary key costs more than the row does: half of the 0.22 ms,
and a turn at the interpreter's lock in a busy process.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from starlette.concurrency import run_in_threadpool

from api.platform.database import RECONNECT_SECONDS, Database, is_closed
from api.platform.questions import Answer, Asking, Question, Row, both, rows_of_both

# One statement takes a tenth of a millisecond; the second is for when the first waits for a lock.
_CONNECTIONS = 2
_PATIENCE_SECONDS = 0.25


class AtOnce:
    """One per process, for its event loop alone.

    What cannot be asked here, as while the server is away, is asked in a thread, which waits for
    the server and tells what is wrong.
    """

    def __init__(self, database: Database) -> None:
        """Asks in threads until it is opened."""
        self._database = database
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]] | None = None
        self._lent = 0
        self._is_held_up = False  # somebody waited in vain, and none has come back since

    @property
    def connections(self) -> tuple[int, int]:
        """How many of its own connections are in use, and how many there may be."""
        if self._pool is None:
            return 0, _CONNECTIONS
        told = self._pool.get_stats()
        return told["pool_size"] - told["pool_available"], _CONNECTIONS

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """With connections of its own for the time of the block."""
        async with AsyncConnectionPool(
            self._database.libpq_url,
            min_size=1,
            max_size=_CONNECTIONS,
            open=False,
            timeout=_PATIENCE_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            kwargs=self._database.connecting,
        ) as pool:
            self._pool = pool
            try:
                yield
            finally:
                self._pool = None

    async def answered(
        self, asking: Asking[Answer], *, beside: Asking[None] | None = None
    ) -> Answer:
        """What comes of the questions; raises what they and the database raise.

        The one question of `beside` is asked together with the first; where there is none, it is
        not asked.
        """
        try:
            question = next(asking)
            if beside is not None:
                question = asking.send(await self._row_beside(question, beside))
            while True:
                question = asking.send(await self._row(question))
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    async def _row_beside(self, question: Question, beside: Asking[None]) -> Row | None:
        other = next(beside)
        if other.columns is None:
            raise ValueError("what is asked beside another says how many columns it has")
        row = await self._row(both(question, other))
        own, others = rows_of_both(row or (), columns=other.columns)
        with suppress(StopIteration):
            beside.send(others)
        return own

    async def _row(self, question: Question) -> Row | None:
        connection = await self._connection()
        if connection is None:
            return await run_in_threadpool(self._database.row, question)
        pool, lent = connection
        try:
            cursor = lent.cursor(binary=True)
            await cursor.execute(question.sql, question.parameters)
            return await cursor.fetchone()
        except psycopg.OperationalError:
            if not lent.closed:  # it answered, as that it took too long
                raise
        finally:
            await self._give_back(pool, lent)
        return await run_in_threadpool(self._database.row, question)

    async def _connection(
        self,
    ) -> (
        tuple[
            AsyncConnectionPool[psycopg.AsyncConnection[Any]],
            psycopg.AsyncConnection[Any],
        ]
        | None
    ):
        """One that the server has not closed, and where it goes back to; None where there is none
        within the patience.

        While all of them wait for a lock, only the first who comes has that patience.
        """
        pool = self._pool
        if pool is None or self._is_held_up:
            return None
        try:
            lent = await pool.getconn()
        except PoolTimeout:
            self._is_held_up = self._lent > 0
            return None
        self._lent += 1
        if is_closed(lent):
            await lent.close()
            await self._give_back(pool, lent)
            return None
        return pool, lent

    async def _give_back(
        self,
        pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]],
        lent: psycopg.AsyncConnection[Any],
    ) -> None:
        self._lent -= 1
        self._is_held_up = False
        await pool.putconn(lent)
