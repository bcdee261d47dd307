"""What grows by itself is cut back by itself: served lists that nobody will page through again,
and histories and feedback where an operator sets how long they are kept. What waits for titles is
looked at again in the same round."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg
from psycopg_pool import PoolTimeout
from starlette.concurrency import run_in_threadpool

from api.platform.database import Database
from api.recommend.lists.prune_batches import prune_batches
from api.recommend.lists.slates import prune_slates
from api.recommend.lists.weeks import make_weeks
from api.viewers.retention import prune_events, prune_feedback, prune_imports

log = logging.getLogger(__name__)

_PERIOD_SECONDS = 3600
_KEEP_PREVIEWS = timedelta(days=7)  # of imports that nobody applied


class Housekeeping:
    """Runs in every process; two at once only find less to do."""

    def __init__(
        self,
        database: Database,
        *,
        keep_slates: timedelta,
        keep_events: timedelta | None = None,
        keep_feedback: timedelta | None = None,
        look_again: Callable[[], int] | None = None,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._keep_slates = keep_slates
        self._keep_events = keep_events
        self._keep_feedback = keep_feedback
        self._look_again = look_again
        self._clock = clock

    def tidy(self) -> int:
        """Deletes what is older than its retention, and makes room for the lists to come; returns
        how many rows were deleted."""
        now = self._clock()
        make_weeks(self._database, now)
        deleted = prune_slates(self._database, now - self._keep_slates)
        deleted += prune_batches(self._database, now)
        deleted += prune_imports(
            self._database,
            previewed_before=now - _KEEP_PREVIEWS,
            applied_before=None if self._keep_events is None else now - self._keep_events,
        )
        if self._keep_events is not None:
            deleted += prune_events(self._database, now - self._keep_events)
        if self._keep_feedback is not None:
            deleted += prune_feedback(self._database, now - self._keep_feedback)
        return deleted

    def let_join(self) -> int:
        """Lets rows of imports whose titles have arrived join their histories; how many did."""
        return 0 if self._look_again is None else self._look_again()

    async def tidy_for_ever(self) -> None:
        """Tidies now and every hour, until it is cancelled. A failure is left to the next time."""
        while True:
            try:
                deleted = await run_in_threadpool(self.tidy)
                log.info("old rows deleted", extra={"fields": {"deleted": deleted}})
                joined = await run_in_threadpool(self.let_join)
                log.info("waiting rows joined", extra={"fields": {"joined": joined}})
            except (psycopg.Error, PoolTimeout) as error:
                fields = {"error": type(error).__name__}
                log.warning("housekeeping put off", extra={"fields": fields})
            await asyncio.sleep(_PERIOD_SECONDS)
