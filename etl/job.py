"""The frame every job runs in: one run at a time, a row in job_runs, a commit per batch.

Exit statuses: 0 for success and for a second run that leaves because the first still runs (a timer
that fires twice is no failure), 1 for a failure, 130 after Ctrl-C, as shells have it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
from rich.console import Console
from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import OperationalError

from api.domain.jobs import JobOptions
from api.errors import SeenEmAllError
from api.storage.database import Database
from api.storage.tables import job_runs
from etl.progress import Progress, progress_on
from etl.report import Report

SUCCESS, FAILURE, INTERRUPTED = 0, 1, 130
# Errors that one sentence explains. COPY runs on the driver, whose errors SQLAlchemy does not wrap.
EXPECTED = (SeenEmAllError, OperationalError, psycopg.OperationalError)

# Two ints: a key space of our own, so that no other advisory lock can collide with a job's.
_TRY_LOCK = text("SELECT pg_try_advisory_lock(hashtext('seenemall-job'), hashtext(:job))")
_UNLOCK = text("SELECT pg_advisory_unlock(hashtext('seenemall-job'), hashtext(:job))")
_CLOSE_ABANDONED = text(
    "UPDATE job_runs SET state = 'failure', finished_at = now(), "
    """report = '{"error": "The process ended without a word."}' """
    "WHERE job = :job AND state = 'started'"
)


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run, as the job's work sees it."""

    job: str
    database: Database
    options: JobOptions
    progress: Progress
    report: Report
    started_at: datetime

    @contextmanager
    def batch(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, undone in a dry run."""
        with self.database.engine.connect() as connection, connection.begin() as transaction:
            yield connection
            if self.options.dry_run:
                transaction.rollback()
            else:
                self.report.batches += 1


Work = Callable[[JobRun], None]


def run_job(
    job: str, database: Database, work: Work, *, options: JobOptions, out: Console, err: Console
) -> int:
    """Runs `work` under the lock of `job`; returns the exit status.

    The summary goes to `out`, everything else to `err`. An error of ours becomes one sentence; one
    that nobody expected is recorded and raised.
    """
    report = Report()
    try:
        with _locked(database, job) as books:
            if books is None:
                err.print(f"{job}: another run is at work; leaving it to that one.")
                return SUCCESS
            run = JobRun(job, database, options, progress_on(err), report, datetime.now(UTC))
            with _recorded(run, books):
                work(run)
    except KeyboardInterrupt:
        kept = "Its committed batches stay" if report.batches else "Nothing was written"
        err.print(f"{job}: interrupted. {kept}; the next run goes on from there.")
        return INTERRUPTED
    except EXPECTED as error:
        err.print(f"{job}: {sentence_of(error)}", markup=False, highlight=False, soft_wrap=True)
        return FAILURE
    dry = " (Dry run: nothing was kept.)" if options.dry_run else ""
    out.print(f"{job}: {report.sentence()}{dry}", markup=False, highlight=False, soft_wrap=True)
    return SUCCESS


def sentence_of(error: Exception) -> str:
    """What went wrong, without a traceback, of an error among EXPECTED."""
    if isinstance(error, SeenEmAllError):
        return str(error)
    reason = error.orig if isinstance(error, OperationalError) else error
    return f"The database stopped answering: {str(reason).strip().splitlines()[0]}"


@contextmanager
def _locked(database: Database, job: str) -> Iterator[Connection | None]:
    """The connection that holds the lock, or None; what is written on it is committed at once."""
    with database.engine.connect() as connection:
        books = connection.execution_options(isolation_level="AUTOCOMMIT")
        if not books.execute(_TRY_LOCK, {"job": job}).scalar_one():
            yield None
            return
        try:
            yield books
        finally:
            if not books.invalidated:  # a lost session has lost its lock
                books.execute(_UNLOCK, {"job": job})


@contextmanager
def _recorded(run: JobRun, books: Connection) -> Iterator[None]:
    if run.options.dry_run:
        with _timed(run.report):
            yield
        return
    books.execute(_CLOSE_ABANDONED, {"job": run.job})
    run_id = books.execute(
        insert(job_runs)
        .values(job=run.job, state="started", requested_by="command", started_at=run.started_at)
        .returning(job_runs.c.id)
    ).scalar_one()
    state, error_text = "failure", "Stopped by an unexpected error."
    try:
        with _timed(run.report):
            yield
        state = "success"
    except KeyboardInterrupt:
        error_text = "Interrupted."
        raise
    except EXPECTED as error:
        error_text = sentence_of(error)
        raise
    finally:
        report = run.report.as_json() | ({} if state == "success" else {"error": error_text})
        books.execute(
            update(job_runs)
            .where(job_runs.c.id == run_id)
            .values(state=state, finished_at=datetime.now(UTC), report=report)
        )


@contextmanager
def _timed(report: Report) -> Iterator[None]:
    start = time.monotonic()
    try:
        yield
    finally:
        report.seconds = time.monotonic() - start
