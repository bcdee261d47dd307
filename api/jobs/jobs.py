"""Jobs as an administrator sees them: what runs, what is asked for, what is called off."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from croniter import croniter

from api.catalogue.items.named_items import require_found_items
from api.domain.limits import NO_LIMITS
from api.jobs import job_queue, job_runs
from api.jobs.job_options import ENDED, JobName, JobOptions, JobState
from api.jobs.job_runs import StoredRun
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor, InvalidInput, JobEnded, JobWaiting, NotFound
from config.settings import Settings

_CURSOR = "jobs"
_LATEST = 20  # runs, among which one that waits or works is looked for
NOBODY_WORKS = "No worker is at work; start one with `make worker`."
NO_RUN_MAKES_LISTS = "The run that made them has ended; the next run of the job lists goes on."


@dataclass(frozen=True, slots=True)
class Schedule:
    """When workers queue a job by themselves."""

    job: JobName
    cron: str  # in UTC
    next_at: datetime
    last_run: StoredRun | None  # whoever asked for it


class Jobs:
    """The use cases of /admin/jobs. Workers do the work: etl/running/worker.py."""

    def __init__(
        self,
        database: Database,
        cursors: Cursors,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._cursors = cursors
        self._crons: tuple[tuple[JobName, str | None], ...] = (
            ("refresh", settings.refresh_cron),
            ("sync", settings.sync_cron),
        )
        self._clock = clock

    def page(
        self, *, job: JobName | None, state: JobState | None, cursor: str | None, limit: int
    ) -> tuple[list[StoredRun], str | None]:
        """Runs, the newest first, and the cursor of the next page; raises InvalidCursor."""
        before = None if cursor is None else self._read_cursor(cursor, job, state)
        with self._database.autocommit() as reader:
            runs = job_runs.page(reader, job=job, state=state, before=before, limit=limit + 1)
        if len(runs) <= limit:
            return runs, None
        runs = runs[:limit]
        place = {"before": runs[-1].id, "job": job, "state": state}
        return runs, self._cursors.sign(place, kind=_CURSOR)

    def read(self, run_id: int) -> tuple[StoredRun, list[StoredRun]]:
        """A run and its children; raises NotFound."""
        with self._database.autocommit() as reader:
            run = job_runs.read(reader, run_id)
            if run is None:
                raise NotFound(f"There is no run {run_id}.")
            return run, job_runs.children(reader, run_id)

    def why_it_waits(self, run: StoredRun) -> str | None:
        """What keeps a run that waits from being taken up; None for others, and for a short wait.

        A run that nobody works on would wait for ever.
        """
        return self.why_all_wait() if run.state == "pending" else None

    def why_all_wait(self) -> str | None:
        """What keeps everything from beginning that is queued or planned."""
        with self._database.autocommit() as reader:
            works = job_queue.somebody_works(reader)
        return None if works else NOBODY_WORKS

    def request(self, job: JobName, options: JobOptions) -> StoredRun:
        """Queues a run.

        Raises InvalidInput for options that do not fit the job, JobWaiting when one waits already.
        """
        try:
            options.refuse_unfit(job, today=self._clock().astimezone(UTC).date())
        except InvalidInput as error:
            raise InvalidInput(error.message, field=f"options.{error.field}") from error
        with self._database.transaction() as cursor:
            run_id = job_queue.enqueue(cursor, job, options, requested_by="admin")
        return self.read(run_id)[0]

    def make_lists(self) -> None:
        """Queues the making of ordered lists, unless a run of it waits already.

        To be called when the order is stored: a run takes up whatever it finds.
        """
        with suppress(JobWaiting):
            self.request("lists", JobOptions())

    def why_lists_wait(self) -> str | None:
        """What keeps ordered lists from being made; None while a run is at work or about to be."""
        with self._database.autocommit() as reader:
            runs = job_runs.page(reader, job="lists", limit=_LATEST)
        wanted = next((run for run in runs if run.state not in ENDED), None)
        return NO_RUN_MAKES_LISTS if wanted is None else self.why_it_waits(wanted)

    def embed_item(self, reference: str) -> StoredRun:
        """Queues the vector of one title; raises NotFound, or JobWaiting."""
        items = require_found_items(self._database, [reference], NO_LIMITS)
        return self.request("embed", JobOptions(items=tuple(items)))

    def cancel(self, run_id: int) -> StoredRun:
        """Cancels a run and all of its steps; doing it twice is no error.

        What waits is revoked at once, what runs stops at its next batch or step. Raises NotFound,
        or JobEnded for a run that has ended by itself.
        """
        with self._database.transaction() as cursor:
            job_queue.remove(cursor, job_runs.cancel(cursor, run_id))
        run, _ = self.read(run_id)
        if run.state in ("success", "failure"):
            raise JobEnded(f"Run {run_id} has ended in {run.state}.")
        return run

    def schedules(self) -> list[Schedule]:
        """Every schedule that is on."""
        with self._database.autocommit() as reader:
            return [
                Schedule(job, cron, self._next(cron), job_runs.newest(reader, job))
                for job, cron in self._crons
                if cron is not None
            ]

    def _next(self, cron: str) -> datetime:
        found: datetime = croniter(cron, self._clock().astimezone(UTC)).get_next(datetime)
        return found

    def _read_cursor(self, text: str, job: JobName | None, state: JobState | None) -> int:
        place = self._cursors.read(text, kind=_CURSOR)
        asked = {"job": job, "state": state}
        if differing := [name for name, value in asked.items() if place[name] != value]:
            raise InvalidCursor(differing)
        return int(place["before"])
