"""COPY through SQLAlchemy's connection: the fastest way of many rows into a table."""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from pgvector.psycopg import register_vector
from psycopg import sql
from sqlalchemy import Connection


def copy_rows(
    connection: Connection,
    table: str,
    rows: Iterable[Sequence[Any]],
    *,
    columns: Sequence[str] = (),
    binary_types: Sequence[str] = (),
) -> None:
    """Appends rows to `table`, in its column order unless `columns` names another.

    `binary_types` names each column's type and makes the copy binary, which vectors want.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - the URL's driver is psycopg
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target = sql.SQL("({})").format(names) if columns else sql.SQL("")
    mode = sql.SQL("(FORMAT BINARY)" if binary_types else "")
    statement = sql.SQL("COPY {}{} FROM STDIN {}").format(sql.Identifier(table), target, mode)
    if binary_types:
        register_vector(driver)
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        if binary_types:
            copy.set_types(binary_types)
        for row in rows:
            copy.write_row(row)
