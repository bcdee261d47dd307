"""The one row that all processes of a database share: versions and the cursor secret."""

from typing import Any

from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable


def cursor_secret(database: Database) -> bytes:
    """The secret that cursors are signed with; made by the migration, different per database."""
    secret: bytes = _read(database, "SELECT cursor_secret FROM service_state")
    return secret


def catalogue_version(database: Database) -> int:
    """Moves when a job changed what may be recommended or found, or how it is described."""
    version: int = _read(database, "SELECT catalogue_version FROM service_state")
    return version


def _read(database: Database, statement: str) -> Any:
    with database.autocommit() as cursor:
        row = cursor.execute(statement).fetchone()
    if row is None:
        raise DatabaseUnavailable("The table service_state is empty; run the migrations again.")
    return row[0]
