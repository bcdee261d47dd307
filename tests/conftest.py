"""Fixtures every test shares: one embedded server per run, databases cloned from templates."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import pytest
from filelock import FileLock
from hypothesis import settings
from psycopg import sql
from sqlalchemy import make_url

from api.platform import background, migrations
from api.platform.database import Database
from api.platform.embedded import EmbeddedPostgres
from config.settings import Settings
from etl.embeddings.embed import Embed
from etl.neighbours.build import build_neighbours
from etl.running.foreground import SUCCESS
from etl.running.job import Work
from etl.sample.load import load_sample
from etl.title_map.build import BuildMap
from tests.doubles.jobs import run
from tests.doubles.layouts import lay_out_as_begun

# Examples that first import or first connect are slow for reasons of their own.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

DatabaseFactory = Callable[[str], str]


_RUN_DIR = "SEENEMALL_TEST_RUN_DIR"
# Each test copies and drops a database, four hundred files of ten megabytes in all: in memory that
# takes a quarter of the processor time that it takes on a disk.
_IN_MEMORY = Path("/dev/shm")
_ROOM_BYTES = 4 << 30
_PREFIX = "seenemall-tests-"


def pytest_configure(config: pytest.Config) -> None:
    """Makes one folder per run, in the process that starts the workers.

    Not below pytest's own: that one is closed to other users whenever a pytest starts, and as root
    the embedded server runs as a user of its own.
    """
    if not hasattr(config, "workerinput"):
        _remove_abandoned()
        os.environ[_RUN_DIR] = tempfile.mkdtemp(
            prefix=f"{_PREFIX}{os.getpid()}-", dir=_IN_MEMORY if _has_room_in_memory() else None
        )


def _remove_abandoned() -> None:
    """Removes from memory the folders of runs that were killed."""
    for folder in _IN_MEMORY.glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).split("-", 1)[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _has_room_in_memory() -> bool:
    return (
        _IN_MEMORY.is_dir()
        and shutil.disk_usage(_IN_MEMORY).free >= _ROOM_BYTES
        and psutil.virtual_memory().available >= _ROOM_BYTES
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes it when every worker has ended."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_RUN_DIR), ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _keeps_its_priority() -> Iterator[None]:
    """A job that a test runs in its own process would lower that of every test after it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(background, "_lower", lambda process: None)
        yield


@pytest.fixture(scope="session")
def run_dir() -> Path:
    """A folder that all workers of this test run share."""
    return Path(os.environ[_RUN_DIR])


@pytest.fixture(scope="session")
def postgres(run_dir: Path) -> Iterator[EmbeddedPostgres]:
    """The embedded server of this run; the last worker out stops it."""
    server = EmbeddedPostgres(run_dir / "postgres-of-the-run")
    with psycopg.connect(server.url, autocommit=True) as connection:
        # None of its databases has to outlive the machine.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.close()


@pytest.fixture(scope="session")
def clone(postgres: EmbeddedPostgres, run_dir: Path) -> DatabaseFactory:
    """Creates a database as a copy of the named template; returns its URL."""
    # Of the files, or through the log of the server: what is cheaper where they lie.
    strategy = "file_copy" if run_dir.is_relative_to(_IN_MEMORY) else "wal_log"

    def _clone(template: str) -> str:
        name = f"test_{uuid4().hex[:12]}"
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {}").format(
                    sql.Identifier(name), sql.Identifier(template), sql.Identifier(strategy)
                )
            )
        return url_of(postgres, name)

    return _clone


@pytest.fixture(scope="session")
def migrated_template(postgres: EmbeddedPostgres, run_dir: Path) -> str:
    """The name of a database at head that nothing is connected to, to be cloned."""

    def migrate(database: Database) -> None:
        migrations.upgrade(database)

    return build_template(postgres, run_dir, "template_migrated", "template0", migrate)


@pytest.fixture(scope="session")
def data_dir(run_dir: Path) -> Path:
    """One DATA_DIR for all services of the run: the encoder's graph is written once."""
    # Here, because it loads ONNX Runtime, which most test files do without.
    from etl.embeddings.graph import prepare_graph

    with FileLock(run_dir / "graph.lock"):
        prepare_graph(Settings.load({"DATA_DIR": run_dir / "data"}))
    return run_dir / "data"


@pytest.fixture(scope="session")
def sample_template(
    postgres: EmbeddedPostgres, run_dir: Path, data_dir: Path, migrated_template: str
) -> str:
    """The name of a database with all that `make demo` serves."""

    def fill(database: Database) -> None:
        # Here, because it loads ONNX Runtime, which most test files do without.
        from api.models.load_encoder import load_encoder

        encoder = load_encoder(
            "all-MiniLM-L6-v2", cache_dir=data_dir / "models", threads=2, batch_size=64
        )
        jobs: tuple[tuple[str, Work], ...] = (
            ("sample", load_sample),
            ("embed", Embed(encoder, "1", "natural")),
            ("neighbours", build_neighbours),
            ("map", BuildMap(lay_out_as_begun)),
        )
        for job, work in jobs:
            outcome = run(database, work, job=job)
            assert outcome.status == SUCCESS, outcome.err

    return build_template(postgres, run_dir, "template_sample", migrated_template, fill)


@pytest.fixture
def database(
    postgres: EmbeddedPostgres, clone: DatabaseFactory, migrated_template: str
) -> Iterator[Database]:
    """A database of its own for one test, at head and empty."""
    with opened(clone(migrated_template)) as fresh:
        yield fresh


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Opens a test database and drops it afterwards."""
    database = Database(url, pool_size=4)
    with ExitStack() as stack:
        stack.callback(_drop, database.libpq_url)
        stack.enter_context(closing(database))
        database.open_pool()
        yield database


def _drop(libpq_url: str) -> None:
    url = make_url(libpq_url)
    server = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(url.database or ""))
        )


def url_of(server: EmbeddedPostgres, name: str) -> str:
    """The URL of one database of the embedded server."""
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)


def build_template(
    server: EmbeddedPostgres,
    run_dir: Path,
    name: str,
    template: str,
    fill: Callable[[Database], None],
) -> str:
    """Makes a database once per run, whichever worker comes first, and fills it."""
    with FileLock(run_dir / f"{name}.lock"):
        with psycopg.connect(server.url, autocommit=True) as connection:
            known = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", (name,)
            ).fetchone()
            if known is not None:
                return name
            half = f"{name}_half"
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(half), sql.Identifier(template)
                )
            )
        with closing(Database(url_of(server, half), pool_size=2)) as database:
            fill(database)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(half), sql.Identifier(name)
                )
            )
    return name
