"""Lists that were ordered for many viewers, when nobody may download them any more."""

from datetime import datetime

from api.platform.database import Database

_PRUNE = "DELETE FROM batches WHERE expires_at <= %s"  # a row for each order of the last days


def prune_batches(database: Database, now: datetime) -> int:
    """Deletes orders that have expired, with their lines; returns how many."""
    with database.autocommit() as cursor:
        return cursor.execute(_PRUNE, (now,)).rowcount
