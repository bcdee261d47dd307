"""Reading a backup into the database, in one transaction: whole, or not at all.

pg_restore turns the file into SQL, and psql runs it between a BEGIN and a COMMIT of ours. The
COMMIT is sent when the whole file has proved genuine and pg_restore has ended well.
"""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from api.platform import migrations
from api.platform.backup.backup_file import content_of, fed, schema_of
from api.platform.backup.programs import Program, address, running
from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable, UnusableBackup

# The queue's own, and the weeks of served lists.
_SCHEMAS = ("procrastinate", "slate_weeks")
# Filled by the migrations themselves.
_NEVER_EMPTY = frozenset({"alembic_version", "service_state"})
_NAMED = 3
# A connection that was just closed is still on its way out: asked so often, a tenth of a second
# apart.
_ASKED = 20

_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
"""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    ORDER BY relname
"""
_BLOCK_BYTES = 64 * 1024


def restore(database: Database, path: Path, passphrase: str | None, *, replace: bool) -> str:
    """Makes the database what it was when the backup was made, then brings its schema to head.

    Returns the revision it was made under. Raises UnusableBackup for a file that cannot be
    restored, DatabaseUnavailable for a database in use, or that holds data and `replace` is False.
    """
    if (engine := database.engine_if_made) is not None:
        engine.dispose()
    with database.connect() as connection:
        tables = _replaceable(connection, replace=replace)
        emptying = _emptying(connection, tables)
    revision = schema_of(database, path, passphrase)
    _run(database, path, passphrase, emptying)
    migrations.upgrade(database)
    return revision


def _replaceable(connection: psycopg.Connection[Any], *, replace: bool) -> list[str]:
    """The tables to drop first; raises DatabaseUnavailable where that must not be."""
    if others := _others(connection):
        raise DatabaseUnavailable(
            f"Others are connected to the database ({others}); stop the service and the worker "
            "first."
        )
    tables = [name for (name,) in connection.execute(_TABLES)]
    if tables and "alembic_version" not in tables:
        raise DatabaseUnavailable("The database has tables of something else; name another one.")
    filled = [name for name in tables if name not in _NEVER_EMPTY and _has_rows(connection, name)]
    if filled and not replace:
        named = ", ".join(filled[:_NAMED])
        raise DatabaseUnavailable(
            f"The database holds data ({named}); --replace deletes all of it for the backup's."
        )
    return tables


def _others(connection: psycopg.Connection[Any]) -> int:
    """How many others are connected, and stay so."""
    for _ in range(_ASKED):
        row = connection.execute(_OTHERS).fetchone()
        others = int(row[0]) if row else 0
        if not others:
            return 0
        connection.execute("SELECT pg_sleep(0.1)")
    return others


def _has_rows(connection: psycopg.Connection[Any], table: str) -> bool:
    found = sql.SQL("SELECT EXISTS (SELECT FROM public.{})").format(sql.Identifier(table))
    row = connection.execute(found).fetchone()
    return row is not None and bool(row[0])


def _emptying(connection: psycopg.Connection[Any], tables: list[str]) -> bytes:
    drops = [
        sql.SQL("DROP TABLE public.{} CASCADE;\n").format(sql.Identifier(name)) for name in tables
    ]
    drops += [
        sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE;\n").format(sql.Identifier(name))
        for name in _SCHEMAS
    ]
    script = sql.SQL(
        "BEGIN;\nSET LOCAL lock_timeout = '10s';\nSET LOCAL client_min_messages = error;\n{}"
    ).format(sql.SQL("").join(drops))
    return script.as_bytes(connection)


def _run(database: Database, path: Path, passphrase: str | None, emptying: bytes) -> None:
    options = (
        "--no-psqlrc",
        "--quiet",
        "--no-password",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
    )
    with (
        running(database, "psql", *options, "--file=-", address(database)) as psql,
        running(database, "pg_restore", "--no-owner", "--no-privileges", "--file=-") as pg_restore,
        fed(pg_restore.input, content_of(path, passphrase)) as feeding,
    ):
        is_taken = _pass_on(emptying, pg_restore, psql)
        if not is_taken:
            pg_restore.process.kill()  # nobody reads what it prints
        feeding.result()
        if is_taken and pg_restore.process.wait() != 0:
            raise UnusableBackup("The backup is damaged or cut short.")
        _commit(psql)


def _pass_on(emptying: bytes, pg_restore: Program, psql: Program) -> bool:
    """Hands the SQL to psql; False when that gave up."""
    try:
        psql.input.write(emptying)
        for block in iter(lambda: pg_restore.output.read(_BLOCK_BYTES), b""):
            psql.input.write(block)
    except BrokenPipeError:
        return False
    return True


def _commit(psql: Program) -> None:
    try:
        psql.input.write(b"COMMIT;\n")
        psql.input.close()
    except BrokenPipeError:
        pass  # it has said why
    if psql.process.wait() != 0:
        raise DatabaseUnavailable(f"Nothing was restored: {psql.complaint()}.")
