"""Fixtures every test shares: one embedded server per run, a fresh migrated database per test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from filelock import FileLock
from psycopg import sql
from sqlalchemy import make_url

from api.storage import migrations
from api.storage.database import Database
from api.storage.embedded import EmbeddedPostgres

DatabaseFactory = Callable[[str], str]


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def postgres(run_dir: Path) -> Iterator[EmbeddedPostgres]:
    """The embedded server of this run; the last worker out stops it."""
    server = EmbeddedPostgres(run_dir / "postgres-of-the-run")
    yield server
    server.close()


@pytest.fixture(scope="session")
def clone(postgres: EmbeddedPostgres) -> DatabaseFactory:
    """Creates a database as a copy of the named template; returns its URL."""

    def _clone(template: str) -> str:
        name = f"test_{uuid4().hex[:12]}"
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
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


@pytest.fixture
def database(
    postgres: EmbeddedPostgres, clone: DatabaseFactory, migrated_template: str
) -> Iterator[Database]:
    """A database of its own for one test, at head and empty."""
    with opened(clone(migrated_template)) as fresh:
        yield fresh


class opened:  # noqa: N801 - reads as a word: `with opened(url) as database`
    """Opens a test database and drops it afterwards."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, pool_size=4)

    def __enter__(self) -> Database:
        self.database.open_reads()
        return self.database

    def __exit__(self, *_: object) -> None:
        self.database.close()
        url = make_url(self.database.libpq_url)
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
        database = Database(url_of(server, half), pool_size=2)
        try:
            fill(database)
        finally:
            database.close()
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(half), sql.Identifier(name)
                )
            )
    return name
