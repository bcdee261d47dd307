"""A worker beside the test, and what the test knows of its runs, with bounded waits for events."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

from api.jobs import job_queue, job_runs
from api.jobs.job_options import JobName, JobOptions, RequestedBy
from api.jobs.job_runs import StoredRun
from api.platform.database import Database
from etl.running.job import JobRun, Work
from etl.running.worker import Pace, Worker

PATIENCE_SECONDS = 60
# A run that finds its kind busy is tried again at once: tests wait for nothing else.
QUICK = Pace(busy_retry_seconds=0)


class Gate:
    """A piece of work that says when it has begun and ends when it may."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.runs = 0

    def __call__(self, run: JobRun) -> None:
        """Works in tiny batches until it may end."""
        self.runs += 1
        with run.progress.track("steps", 10) as advance:
            advance(1)
            self.begun.set()
            while not self.may_end.wait(timeout=0.01):
                run.record.stop_if_cancelled(at_once=True)
                with run.batch():
                    pass
            advance(9)
        run.report.written += 1


@contextmanager
def working(
    database: Database,
    works: Mapping[JobName, Work],
    *,
    refresh_schedule: str | None = None,
    sync_schedule: str | None = None,
    pace: Pace = QUICK,
) -> Iterator[Worker]:
    """A worker in a thread of its own; it is stopped, and must end, at the end of the block."""
    worker = Worker(
        database,
        works,
        refresh_schedule=refresh_schedule,
        sync_schedule=sync_schedule,
        pace=pace,
    )
    errors: list[BaseException] = []

    def serve() -> None:
        try:
            worker.run()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(timeout=PATIENCE_SECONDS)
        assert not thread.is_alive()
        assert not errors, errors


def enqueue(database: Database, job: JobName, *, by: RequestedBy = "admin", **options: Any) -> int:
    """Queues a run as the service does."""
    with database.transaction() as cursor:
        return job_queue.enqueue(cursor, job, JobOptions(**options), requested_by=by)


def cancel(database: Database, run_id: int) -> None:
    """Calls a run off as the service does."""
    with database.transaction() as cursor:
        job_queue.remove(cursor, job_runs.cancel(cursor, run_id))


def read(database: Database, run_id: int) -> StoredRun:
    """The row of a run."""
    with database.autocommit() as cursor:
        found = job_runs.read(cursor, run_id)
    assert found is not None
    return found


def runs(database: Database) -> list[StoredRun]:
    """Every row, the oldest first."""
    with database.autocommit() as cursor:
        return job_runs.page(cursor, limit=1000)[::-1]


def entries(database: Database) -> list[tuple[Any, ...]]:
    """What the queue holds of jobs: status and lock."""
    with database.autocommit() as cursor:
        return cursor.execute(
            "SELECT status::text, lock FROM procrastinate.procrastinate_jobs "
            "WHERE queue_name = 'jobs' ORDER BY id"
        ).fetchall()


def wait_for(database: Database, run_id: int, condition: Callable[[StoredRun], bool]) -> StoredRun:
    """The row as soon as it is as wanted: each change of the table tells, by a trigger."""
    with psycopg.connect(database.libpq_url, autocommit=True) as listener:
        listener.execute("LISTEN job_run_changed")
        _tell_changes(database)
        found = read(database, run_id)
        if not condition(found):
            for _ in listener.notifies(timeout=PATIENCE_SECONDS):
                found = read(database, run_id)
                if condition(found):
                    break
    assert condition(found), found
    return found


def wait_for_end(database: Database, run_id: int) -> StoredRun:
    """The row of a run that is over."""
    return wait_for(database, run_id, lambda run: run.finished_at is not None)


def _tell_changes(database: Database) -> None:
    with database.transaction() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tell-changes'))")
        cursor.execute(
            """
            CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_notify('job_run_changed', ''); RETURN NULL; END $$
            """
        )
        cursor.execute(
            """
            CREATE OR REPLACE TRIGGER tell_change AFTER INSERT OR UPDATE ON job_runs
            FOR EACH STATEMENT EXECUTE FUNCTION tell_change()
            """
        )
