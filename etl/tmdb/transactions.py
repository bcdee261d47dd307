"""The transactions of a run of the `tmdb` job: kept one by one or, in a dry run, all undone."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection

from etl.running.job import JobRun


class Transactions(Protocol):
    """Opens them; each ends with its block."""

    def planning(self) -> AbstractContextManager[Connection]:
        """For making the plan."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """For looking at the plan."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """For storing titles and lists."""
        ...


@contextmanager
def transactions_of(run: JobRun) -> Iterator[Transactions]:
    """Those of an ordinary or a dry run."""
    if not run.options.dry_run:
        yield _Kept(run)
        return
    with run.database.engine.connect() as connection, connection.begin() as whole:
        yield _Undone(connection)
        whole.rollback()


class _Kept:
    def __init__(self, run: JobRun) -> None:
        self._run = run
        self.planning = self.writing = run.batch

    def reading(self) -> AbstractContextManager[Connection]:
        return self._run.database.engine.connect()


class _Undone:
    """One transaction that sees its plan to the end; each write is undone at once.

    So nothing but the plan, which no other job touches, stays locked for the time of the run.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def planning(self) -> Iterator[Connection]:
        yield self._connection

    reading = planning

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._connection.begin_nested() as step:
            yield self._connection
            step.rollback()
