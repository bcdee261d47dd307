"""The frame every job runs in, on the command line and in a worker.

One run of a kind at a time, a row in job_runs, a commit per batch, an end that the row records.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from api.jobs import job_runs
from api.jobs.job_options import JobOptions, JobState
from api.jobs.job_runs import StoredRun
from api.platform.database import Database, lost
from api.platform.errors import ConfigurationError, SeenEmAllError
from etl.running.progress import Display, Progress
from etl.running.report import Report
from etl.running.run_log import RunLog
from etl.running.run_record import RunRecord, RunRevoked, RunStopped

# Errors that one sentence explains. COPY runs on the driver, whose errors SQLAlchemy does not wrap.
EXPECTED = (SeenEmAllError, OperationalError, psycopg.OperationalError)
CANCELLED = "Cancelled; its committed batches stay, and the next run continues from there."

# Two ints: a key space of our own, so that no other advisory lock can collide with a job's. The
# lock dies with its connection, so with its process.
_TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('seenemall-job'), hashtext(%s))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtext('seenemall-job'), hashtext(%s))"


class Busy(Exception):
    """Another run of this kind is at work."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """Where runs happen: a terminal's process, or a worker."""

    database: Database
    display: Display
    stopping: Event = field(default_factory=Event)  # set: end after the present batch
    waits: bool = False  # for a kind that is busy, instead of leaving it to that run


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended; `error` is a sentence unless it is a success."""

    run_id: int
    state: JobState
    report: Report
    error: str | None = None


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run, as the job's work sees it."""

    job: str
    options: JobOptions
    progress: Progress
    report: Report
    started_at: datetime
    context: RunContext
    record: RunRecord

    @property
    def database(self) -> Database:
        """What the job reads and writes."""
        return self.context.database

    @contextmanager
    def batch(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, undone in a dry run.

        A run that is to stop stops here, before the block.
        """
        self.record.stop_if_cancelled()
        with self.database.engine.connect() as connection, connection.begin() as transaction:
            yield connection
            if self.options.dry_run:
                transaction.rollback()
            else:
                self.report.batches += 1


Work = Callable[[JobRun], None]
# Gives the run its row once the lock is held: a new one, or the one that waited.
Row = Callable[[psycopg.Connection[Any]], int]


def new_row(job: str, options: JobOptions) -> Row:
    """A row for a run that somebody began on the command line."""
    return lambda connection: job_runs.add(connection, job, options, requested_by="command")


def run_at(
    context: RunContext,
    job: str,
    work: Work,
    options: JobOptions,
    row: Row,
    *,
    is_child: bool = False,
) -> Ended | None:
    """Runs `work` under the lock of `job` and records how it ended; None when it was over already.

    Raises Busy, leaving the row as it is, and RunStopped, the run being neither done nor lost. An
    error that nobody expected, and Ctrl-C, are recorded and raised.
    """
    with locked(context.database, job) as connection:
        job_runs.close_abandoned(connection, job)
        run_id = row(connection)
        stored = job_runs.read(connection, run_id)
        if stored is None or not job_runs.begin(connection, run_id):
            return None
        run_log = RunLog(stored.log)
        report = Report()
        record = RunRecord(
            connection, run_id, report=report, log=run_log, stopping=context.stopping
        )
        run = JobRun(
            job=job,
            options=options,
            progress=Progress(context.display, record.step),
            report=report,
            started_at=datetime.now(UTC),
            context=context,
            record=record,
        )
        state: JobState = "failure"
        error: str | None = "Stopped by an unexpected error."
        with run_log.collecting():
            if stored.started_at is not None:
                run_log.add(f"Run {run_id} was interrupted and continues.")
            started = time.monotonic()
            try:
                record.stop_if_cancelled(at_once=True)
                work(run)
                state, error = "success", None
            except RunRevoked:
                state, error = "revoked", CANCELLED
            except (RunStopped, Busy):
                state = "pending"
                raise
            except KeyboardInterrupt:
                error = "Interrupted."
                raise
            except EXPECTED as expected:
                error = str(expected) if isinstance(expected, SeenEmAllError) else lost(expected)
                # A step that is not set up is no failure of the job it is part of.
                if is_child and isinstance(expected, ConfigurationError):
                    state = "revoked"
            finally:
                report.seconds = time.monotonic() - started
                # Without its connection the run has lost its lock: the next one closes the row.
                with suppress(psycopg.OperationalError):
                    _close(connection, stored, state, error, report, run_log)
        return Ended(run_id, state, report, error)


def _close(
    connection: psycopg.Connection[Any],
    run: StoredRun,
    state: JobState,
    error: str | None,
    report: Report,
    run_log: RunLog,
) -> None:
    if run.options.get("dry_run") and run.requested_by == "command":
        # The report was shown to who asked for it: nothing stays, not even the row.
        job_runs.remove(connection, run.id)
        return
    if state == "pending":
        if job_runs.put_back(connection, run.id, log=run_log.lines):
            return
        state, error = "revoked", CANCELLED
    stored_report = report.as_json() | ({} if error is None else {"error": error})
    job_runs.end(connection, run.id, state, report=stored_report, log=run_log.lines)


@contextmanager
def locked(database: Database, job: str) -> Iterator[psycopg.Connection[Any]]:
    """The connection that holds the lock of `job`; what is written on it is committed at once.

    Raises Busy while another run of the kind is at work.
    """
    with database.connect() as connection:
        got = connection.execute(_TRY_LOCK, (job,)).fetchone()
        if got is None or not got[0]:
            raise Busy
        try:
            yield connection
        finally:
            if not connection.closed:
                connection.execute(_UNLOCK, (job,))
