"""The database: opened once per process, closed cleanly, refused when it cannot serve.

Two ways in. `engine` is SQLAlchemy's, for everything whose SQL is worth composing; it is made when
it is first used, since it costs a process 20 MB. `pool` is a psycopg pool in autocommit mode with
binary results, for the statements of the request path: a row from the driver costs a fifth of one
from a composed statement.
"""

import logging
import select
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property, partial
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from api.platform import database_url
from api.platform.background import step_back, step_back_for
from api.platform.embedded import EmbeddedPostgres
from api.platform.errors import DatabaseUnavailable
from api.platform.questions import Answer, Ask, Asking, AskingRows, Question, Row
from api.platform.settings_needs import DatabaseSettings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

log = logging.getLogger(__name__)

MINIMUM_PGVECTOR = (0, 8, 2)  # 0.8.2 closes CVE-2026-3172, an overflow in parallel HNSW builds
_CONNECT_TIMEOUT_SECONDS = 10
_STATEMENT_TIMEOUT_MS = 15_000  # of the request path; jobs set their own
_PATIENCE = "SET LOCAL statement_timeout = '180s'"
# The pool tries to connect anew only while somebody asks it to, and ever more rarely: a client
# that waits asks again each second, and the pool gives up soon.
_ASK_AGAIN_SECONDS = 1.0
_TAKES_WRITES = "SELECT NOT current_setting('transaction_read_only')::boolean"
RECONNECT_SECONDS = 2.0


class Database:
    """Connections to one database, and the embedded server behind them when there is one."""

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        embedded: EmbeddedPostgres | None = None,
        statement_timeout_ms: int = _STATEMENT_TIMEOUT_MS,
    ) -> None:
        """`url` is a libpq or SQLAlchemy URL; the timeout is of the pool. Connects on first use."""
        self._embedded = embedded
        self._steps_back = False
        self._pool_size = pool_size
        self._held = BoundedSemaphore(max(pool_size // 2, 1))
        self.libpq_url = database_url.of_libpq(url)
        # How connections of the request path are made, here and in at_once.py.
        self.connecting: dict[str, Any] = {
            "autocommit": True,
            "prepare_threshold": 1,
            "connect_timeout": _CONNECT_TIMEOUT_SECONDS,
            "options": f"-c statement_timeout={statement_timeout_ms}",
        }
        self.pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            self.libpq_url,
            min_size=1,
            max_size=pool_size,
            open=False,
            timeout=_CONNECT_TIMEOUT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            configure=self._prepare,
            kwargs=self.connecting,
        )

    @cached_property
    def engine(self) -> "Engine":
        """Of `engine_if_made`, which is made now at the latest."""
        from sqlalchemy import create_engine, event, make_url

        engine = create_engine(
            make_url(self.libpq_url).set(drivername="postgresql+psycopg"),
            pool_size=self._pool_size,
            max_overflow=0,
            pool_pre_ping=True,
            pool_timeout=_CONNECT_TIMEOUT_SECONDS,
            connect_args={"connect_timeout": _CONNECT_TIMEOUT_SECONDS},
        )
        event.listen(engine, "connect", lambda connection, _: self._prepare(connection))
        return engine

    @property
    def engine_if_made(self) -> "Engine | None":
        """None while nobody has composed a statement."""
        engine: Engine | None = self.__dict__.get("engine")
        return engine

    @property
    def composing_connections(self) -> tuple[int, int]:
        """How many of the engine's are in use, and may be."""
        if (engine := self.engine_if_made) is None:
            return 0, self._pool_size
        from sqlalchemy.pool import QueuePool

        assert isinstance(engine.pool, QueuePool)  # noqa: S101 - as SQLAlchemy makes it
        return engine.pool.checkedout(), engine.pool.size()

    @contextmanager
    def composing(self) -> Iterator["Connection"]:
        """A transaction of `engine` for a request: what fails is raised as `transaction` does."""
        from sqlalchemy.exc import DBAPIError, TimeoutError

        try:
            with self.engine.begin() as connection:
                yield connection
        except TimeoutError as error:
            raise PoolTimeout(str(error)) from error
        except DBAPIError as error:
            raise (error.orig or error) from error

    def open_pool(self) -> None:
        """Opens the pool of the request path."""
        try:
            self.pool.open(wait=True, timeout=_CONNECT_TIMEOUT_SECONDS)
        except PoolTimeout as error:
            raise DatabaseUnavailable(f"No connection to {self.safe_url}.") from error

    def work_in_background(self) -> None:
        """From now on this process leaves the processor to others, and so does the embedded server
        in what it does for it.

        After opening: a server that was started with less priority would have less for everybody.
        """
        step_back()
        self._steps_back = True
        self._dispose_engine()  # connections of before

    def _prepare(self, connection: Any) -> None:
        if self._steps_back and self._embedded is not None:
            step_back_for(connection)

    @contextmanager
    def autocommit(self) -> Iterator[psycopg.Cursor[Any]]:
        """A binary cursor, each of whose statements commits by itself."""
        with self._connection() as connection, connection.cursor(binary=True) as cursor:
            yield cursor

    @contextmanager
    def pipelined(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection to which statements are sent without waiting: Postgres works on them, one
        after the other, while the block does something else, until it reads the rows of one.

        They are committed together when the block ends, and what fails is raised there at the
        latest. Half of the connections may be held so, as who holds one may need another meanwhile.
        """
        if not self._held.acquire(timeout=_CONNECT_TIMEOUT_SECONDS):
            raise PoolTimeout("half of the connections were held for too long")
        try:
            with self._connection() as connection, connection.pipeline():
                yield connection
        finally:
            self._held.release()

    @contextmanager
    def asking_together(self) -> Iterator[Ask]:
        """What is asked within the block is asked at once, and answered when that is needed."""
        with self.pipelined() as connection:
            yield partial(_asked, connection)

    def read(self, asking: AskingRows[Answer]) -> Answer:
        """What comes of the questions, asked one after the other in this thread."""
        with self._connection() as connection:
            return _asked(connection, asking)()

    def row(self, question: Question) -> Row | None:
        """The row that is asked for; None where there is none."""
        with self.autocommit() as cursor:
            row: Row | None = cursor.execute(question.sql, question.parameters).fetchone()
        return row

    def answered(self, asking: Asking[Answer]) -> Answer:
        """What comes of the questions, asked one after the other in this thread."""
        try:
            question = next(asking)
            while True:
                question = asking.send(self.row(question))
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Cursor[Any]]:
        """The same in a transaction, for a write of several statements."""
        with (
            self._connection() as connection,
            connection.transaction(),
            connection.cursor(binary=True) as cursor,
        ):
            yield cursor

    @contextmanager
    def patiently(self) -> Iterator[psycopg.Cursor[Any]]:
        """The same for what reads the whole catalogue: on a busy machine that takes long, and a
        service that gives up on it cannot start."""
        with self.transaction() as cursor:
            cursor.execute(_PATIENCE)
            yield cursor

    @property
    def own_programs(self) -> Path | None:
        """The folder of the embedded server's programs; None for a server of DATABASE_URL."""
        return self._embedded.programs if self._embedded is not None else None

    @property
    def problem(self) -> str | None:
        """A sentence while the embedded server is known to be down, else None."""
        return self._embedded.problem if self._embedded is not None else None

    def takes_writes(self, *, timeout_seconds: float) -> bool:
        """Whether it can be written to; raises PoolTimeout or psycopg.Error when it is away."""
        with self._connection(timeout_seconds) as connection:
            row = connection.execute(_TAKES_WRITES).fetchone()
        return row is not None and bool(row[0])

    @contextmanager
    def _connection(
        self, timeout_seconds: float = _CONNECT_TIMEOUT_SECONDS
    ) -> Iterator[psycopg.Connection[Any]]:
        """A connection that the server has not closed; raises PoolTimeout when there is none."""
        connection = self._live_connection(timeout_seconds)
        try:
            with connection:
                yield connection
        finally:
            self.pool.putconn(connection)

    def _live_connection(self, timeout_seconds: float) -> psycopg.Connection[Any]:
        ends = time.monotonic() + timeout_seconds
        while True:
            try:
                connection = self.pool.getconn(timeout=_ASK_AGAIN_SECONDS)
            except PoolTimeout:
                is_failing = self._embedded is not None and self._embedded.is_failing
                if is_failing or time.monotonic() > ends:
                    raise
                continue
            if not is_closed(connection):
                return connection
            connection.close()
            self.pool.putconn(connection)

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection in autocommit mode, for what lives longer than a transaction."""
        connection = psycopg.connect(
            self.libpq_url, autocommit=True, connect_timeout=_CONNECT_TIMEOUT_SECONDS
        )
        self._prepare(connection)
        return connection

    @property
    def safe_url(self) -> str:
        """The URL without its password."""
        return database_url.without_password(self.libpq_url)

    def close(self) -> None:
        """Closes every connection, then releases the embedded server."""
        self.pool.close()
        self._dispose_engine()
        if self._embedded is not None:
            self._embedded.close()

    def _dispose_engine(self) -> None:
        if (engine := self.engine_if_made) is not None:
            engine.dispose()


@contextmanager
def opened_database(settings: DatabaseSettings) -> Iterator[Database]:
    """The database of `open_database` for the time of the block, for commands.

    Raises DatabaseUnavailable as that does, and when it stops answering within the block.
    """
    with closing(open_database(settings)) as database:
        try:
            yield database
        except Exception as error:
            if (sentence := lost(error)) is None:
                raise
            raise DatabaseUnavailable(sentence) from error


def _asked(connection: psycopg.Connection[Any], asking: AskingRows[Answer]) -> Callable[[], Answer]:
    """Asks the first question; what is returned waits for its rows, and asks on by them."""
    cursor = connection.cursor(binary=True)
    try:
        first = next(asking)
    except StopIteration as end:
        known: Answer = end.value
        return lambda: known

    def answered() -> Answer:
        try:
            while True:
                question = asking.send(cursor.fetchall())
                cursor.execute(question.sql, question.parameters)
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    cursor.execute(first.sql, first.parameters)
    return answered


def lost(error: Exception) -> str | None:
    """What went wrong, without a traceback, when the database stopped answering; None when it is
    another error. SQLAlchemy's name what the driver raised."""
    reason = getattr(error, "orig", error)
    if not isinstance(reason, psycopg.OperationalError):
        return None
    return f"The database stopped answering: {str(reason).strip().splitlines()[0]}"


def is_closed(connection: psycopg.Connection[Any] | psycopg.AsyncConnection[Any]) -> bool:
    """Whether the server hung up while the connection lay in the pool: there is something to read,
    its last words or its end. Asks the socket alone, in a microsecond."""
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def open_database(settings: DatabaseSettings) -> Database:
    """The database of DATABASE_URL or, unset, the embedded one kept in DATA_DIR.

    Raises DatabaseUnavailable when it cannot be reached or its pgvector is missing or too old.
    """
    if settings.database_url is not None:
        database = Database(
            settings.database_url.get_secret_value(), pool_size=settings.database_pool_size
        )
    else:
        embedded = EmbeddedPostgres(Path(settings.data_dir))
        database = Database(embedded.url, pool_size=settings.database_pool_size, embedded=embedded)
    try:
        refuse_old_pgvector(database)
    except BaseException:
        database.close()
        raise
    return database


def refuse_old_pgvector(database: Database) -> None:
    """Raises DatabaseUnavailable unless the server offers pgvector 0.8.2 or newer."""
    try:
        with psycopg.connect(
            database.libpq_url, connect_timeout=_CONNECT_TIMEOUT_SECONDS
        ) as connection:
            row = connection.execute(
                "SELECT coalesce(installed_version, default_version) "
                "FROM pg_available_extensions WHERE name = 'vector'"
            ).fetchone()
    except psycopg.ProgrammingError as error:  # an option that libpq does not know
        raise DatabaseUnavailable("DATABASE_URL has a part that Postgres does not know.") from error
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise DatabaseUnavailable(f"No connection to {database.safe_url}: {reason}.") from error
    if row is None:
        raise DatabaseUnavailable(
            f"{database.safe_url} has no pgvector; install it, or unset DATABASE_URL to use the "
            "embedded database."
        )
    version = tuple(int(part) for part in str(row[0]).split("."))
    if version < MINIMUM_PGVECTOR:
        wanted = ".".join(map(str, MINIMUM_PGVECTOR))
        raise DatabaseUnavailable(
            f"{database.safe_url} has pgvector {row[0]}; {wanted} or newer is needed."
        )
