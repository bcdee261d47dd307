"""Publishes the catalogue at the end of a run that changed it."""

import logging
from pathlib import Path

import psycopg
from sqlalchemy import text

from api.catalogue.published.publish import publish
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.platform.memory import give_back
from etl.running.job import JobRun, Work

log = logging.getLogger(__name__)

_VERSION = text("SELECT catalogue_version FROM service_state")


def then_published(work: Work, folder: Path) -> Work:
    """The work and, where it moved the catalogue's version, a publish of what it left; `folder` is
    that of this machine's snapshots."""

    def both(run: JobRun) -> None:
        before = _version(run.database)
        work(run)
        if _version(run.database) != before:
            _publish(run.database, folder)

    return both


def _publish(database: Database, folder: Path) -> None:
    # The run's own work is done and stays; a service that sees that it lags publishes by itself.
    try:
        publish(database, folder)
        give_back()
    except (SeenEmAllError, OSError, psycopg.Error) as error:
        log.warning("the catalogue was not published", extra={"fields": {"error": str(error)}})


def _version(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(_VERSION).scalar_one())
