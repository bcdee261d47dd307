"""`seenemall job worker`: runs queued jobs, and queues what is scheduled.

Any number of workers may run on any number of machines. procrastinate hands each entry to one of
them, lets one job of a kind run at a time, and keeps heartbeats; what an entry means, job_runs
says.
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Timer

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.worker import Worker as QueueWorker

from api.jobs import job_queue, job_runs
from api.jobs.job_options import JOB_NAMES, JobName, JobOptions
from api.jobs.job_runs import StoredRun
from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable, JobWaiting
from api.viewers.connections.connections import somebody_is_connected
from etl.running.job import Busy, RunContext, Work, run_at
from etl.running.progress import LogLines
from etl.running.run_log import line_of
from etl.running.run_record import RunStopped

log = logging.getLogger(__name__)

# Of each kind one may run at a time, so one place is always left for the ticks of the schedule.
_AT_ONCE = len(JOB_NAMES) + 1
# A run holds its lock and a batch; a refresh a lock more, and whatever its step streams.
CONNECTIONS = 4 * _AT_ONCE
_EVERY_MINUTE, _EVERY_HOUR = "* * * * *", "0 * * * *"
_MOST_ATTEMPTS = 3  # of workers that die with the run: then it is likely to be the cause
_LONGEST_WAIT = timedelta(hours=12)  # for another run of the kind: a first ingest takes hours
_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a worker is."""

    heartbeat_seconds: float = 10
    stalled_after_seconds: float = 60  # without a heartbeat: the worker is dead
    busy_retry_seconds: float = 60
    stop_within_seconds: float = 60  # for running jobs to reach the end of a batch


class Worker:
    """One worker process."""

    def __init__(
        self,
        database: Database,
        works: Mapping[JobName, Work],
        *,
        refresh_schedule: str | None,
        sync_schedule: str | None = None,
        pace: Pace = Pace(),
    ) -> None:
        """The schedules are cron expressions in UTC, or None."""
        self._database = database
        self._works = works
        self._schedule = refresh_schedule
        self._sync_schedule = sync_schedule
        self._pace = pace
        self._stopping = Event()
        self._context = RunContext(database, LogLines(), self._stopping, waits=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked = asyncio.Event()

    def run(self) -> None:
        """Works until `stop` is called; raises DatabaseUnavailable when the queue is lost."""
        try:
            asyncio.run(self._serve())
        except (ConnectorException, psycopg.OperationalError) as error:
            raise DatabaseUnavailable("The queue of jobs does not answer any more.") from error
        if not self._stopping.is_set():
            raise DatabaseUnavailable("The queue of jobs does not answer any more.")

    def stop(self) -> None:
        """Ends the worker; running jobs stop at the end of their batch and go back to the queue.

        For signal handlers and other threads. After `stop_within_seconds` the process ends anyway,
        and its jobs are taken up by others as those of a dead worker are.
        """
        if self._stopping.is_set():
            return
        self._stopping.set()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._asked.set)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="job"))
        app = self._app()
        async with app.open_async():
            worker = QueueWorker(
                app,
                concurrency=_AT_ONCE,
                install_signal_handlers=False,
                delete_jobs=DeleteJobCondition.ALWAYS,  # job_runs is the record
                update_heartbeat_interval=self._pace.heartbeat_seconds,
                stalled_worker_timeout=self._pace.stalled_after_seconds,
            )
            await self._rescue(app)
            stopper = asyncio.create_task(self._stop_when_asked(worker))
            log.info("the worker is ready")
            try:
                await worker.run()  # type: ignore[no-untyped-call] # theirs has no annotation
            finally:
                stopper.cancel()

    async def _stop_when_asked(self, worker: QueueWorker) -> None:
        if not self._stopping.is_set():
            await self._asked.wait()
        log.info("the worker stops")
        # A thread that does not end its batch cannot be stopped in any other way.
        last_resort = Timer(self._pace.stop_within_seconds, _end_now)
        last_resort.daemon = True
        last_resort.start()
        worker.stop()  # type: ignore[no-untyped-call] # as above
        try:
            await asyncio.Event().wait()
        finally:
            last_resort.cancel()

    def _app(self) -> App:
        connector = PsycopgConnector(
            conninfo=self._database.libpq_url,
            min_size=1,
            max_size=4,
            kwargs={"options": f"-c search_path={job_queue.SCHEMA}", "connect_timeout": 10},
        )
        app = App(connector=connector)

        @app.task(name=job_queue.TASK, queue=job_queue.QUEUE, pass_context=True)
        def run(context: JobContext, run_id: int) -> None:
            self._take_up(run_id, entry=context.job.id)

        @app.periodic(cron=_EVERY_MINUTE)
        @app.task(name="rescue", queue="ticks")
        async def rescue(timestamp: int) -> None:  # noqa: ARG001 - every tick has one
            await self._rescue(app)

        @app.periodic(cron=_EVERY_HOUR)
        @app.task(name="tidy", queue="ticks")
        def tidy(timestamp: int) -> None:  # noqa: ARG001
            with self._database.connect() as connection:
                job_runs.prune(connection, before=datetime.now(UTC) - _KEPT)

        if self._schedule is not None:

            @app.periodic(cron=self._schedule)
            @app.task(name="refresh_on_schedule", queue="ticks")
            def refresh_on_schedule(timestamp: int) -> None:  # noqa: ARG001
                self._enqueue("refresh")

        if self._sync_schedule is not None:

            @app.periodic(cron=self._sync_schedule)
            @app.task(name="sync_on_schedule", queue="ticks")
            def sync_on_schedule(timestamp: int) -> None:  # noqa: ARG001
                with self._database.connect() as connection:
                    wanted = somebody_is_connected(connection)
                if wanted:
                    self._enqueue("sync")

        return app

    def _enqueue(self, job: JobName) -> None:
        with self._database.connect() as connection, connection.transaction():
            cursor = connection.cursor()
            try:
                job_queue.enqueue(cursor, job, JobOptions(), requested_by="schedule")
            except JobWaiting as waiting:
                log.info("not queued again: %s", waiting)

    def _take_up(self, run_id: int, *, entry: int | None) -> None:
        with self._database.connect() as connection:
            stored = job_runs.read(connection, run_id)
            # A worker may have died between putting a run back and finishing the entry it had.
            goes_on_later = job_queue.newest_entry(connection, run_id) != entry
        if stored is None or goes_on_later:
            return
        options = JobOptions.of(stored.options)
        try:
            ended = run_at(
                self._context, stored.job, self._works[stored.job], options, lambda _: run_id
            )
        except Busy:
            at = datetime.now(UTC) + timedelta(seconds=self._pace.busy_retry_seconds)
            self._put_back(stored, "Another run is at work; waiting for it to end.", at=at)
        except RunStopped:
            self._put_back(stored, "The worker was stopped; another one continues.", at=None)
        else:
            if ended is not None:
                outcome = ended.error or ended.report.sentence()
                log.info("%s: run %d: %s: %s", stored.job, run_id, ended.state, outcome)

    def _put_back(self, run: StoredRun, why: str, *, at: datetime | None) -> None:
        log.info("%s: run %d: %s", run.job, run.id, why)
        with self._database.connect() as connection, connection.transaction():
            if at is not None and at - run.created_at > _LONGEST_WAIT:
                job_runs.fail(connection, run.id, "Gave up waiting for another run to end.")
                return
            now = job_runs.read(connection, run.id)
            lines = [] if now is None else now.log
            if not lines or not lines[-1].endswith(why):
                lines = [*lines, line_of(why, datetime.now(UTC))]
            job_queue.put_back(connection.cursor(), run.job, run.id, log=lines, at=at)

    async def _rescue(self, app: App) -> None:
        """Puts back what workers left behind that died."""
        for job in await app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=self._pace.stalled_after_seconds
        ):
            try:
                await self._rescue_one(app, job)
            except ConnectorException as error:
                # Another worker was faster; if none was, the next minute finds it again.
                if not isinstance(error.__cause__, psycopg.errors.RaiseException):
                    raise

    async def _rescue_one(self, app: App, job: Job) -> None:
        run_id = job.task_kwargs.get("run_id")
        if not isinstance(run_id, int):  # a tick: the next one does the same
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        elif job.attempts + 1 < _MOST_ATTEMPTS:
            log.warning("run %d was left by a worker that died; it continues", run_id)
            await app.job_manager.retry_job(job)
        else:
            log.error("run %d was left by %d workers that died", run_id, _MOST_ATTEMPTS)
            await asyncio.to_thread(self._give_up, run_id)
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)

    def _give_up(self, run_id: int) -> None:
        with self._database.connect() as connection:
            job_runs.fail(
                connection, run_id, f"{_MOST_ATTEMPTS} workers died at it; it is not tried again."
            )


def _end_now() -> None:
    log.error("a job did not end its batch in time; the worker ends without it")
    os._exit(1)
