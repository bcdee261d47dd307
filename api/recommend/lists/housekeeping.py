"""What grows by itself is cut back by itself: served lists that nobody will page through again."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg
from psycopg_pool import PoolTimeout
from starlette.concurrency import run_in_threadpool

from api.platform.database import Database
from api.recommend.lists.slates import prune_slates

log = logging.getLogger(__name__)

_PERIOD_SECONDS = 3600


class Housekeeping:
    """Runs in every process; two at once only find less to do."""

    def __init__(
        self, database: Database, *, keep_slates: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._keep_slates = keep_slates
        self._clock = clock

    def tidy(self) -> int:
        """Deletes lists older than the retention; returns how many."""
        return prune_slates(self._database, self._clock() - self._keep_slates)

    async def tidy_for_ever(self) -> None:
        """Tidies now and every hour, until it is cancelled. A failure is left to the next time."""
        while True:
            try:
                deleted = await run_in_threadpool(self.tidy)
                log.info("old lists deleted", extra={"fields": {"deleted": deleted}})
            except (psycopg.Error, PoolTimeout) as error:
                fields = {"error": type(error).__name__}
                log.warning("old lists not deleted", extra={"fields": fields})
            await asyncio.sleep(_PERIOD_SECONDS)
