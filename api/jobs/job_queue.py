"""The queue that workers take jobs from: procrastinate's tables, in a separate schema.

A run and its entry are written in one transaction, so that neither is there without the other.
That is why its SQL functions are called here and not its library, which only workers import.
Migration 0003 made them for the release that pyproject.toml pins; their names carry their version.
They name their tables without the schema, hence the search_path.

An entry names its run; of several that name one, the newest counts. The table is small, because an
entry is deleted when its run ends, so it has no index on that.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from psycopg import Connection, Cursor
from psycopg.types.json import Jsonb

from api.jobs import job_runs
from api.jobs.job_options import JobName, JobOptions, RequestedBy
from api.platform.errors import JobWaiting

SCHEMA = "procrastinate"
QUEUE = "jobs"
TASK = "run"  # with the id of a row of job_runs

# Until the transaction ends, so that two requests cannot both find nothing waiting.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('seenemall-enqueue'), hashtext(%s))"
# Not the queue's own queueing_lock: a run that is put back or rescued may wait beside another.
_WAITING = f"""
    SELECT (args ->> 'run_id')::int FROM {SCHEMA}.procrastinate_jobs
    WHERE task_name = '{TASK}' AND lock = %s AND status = 'todo' LIMIT 1
"""  # noqa: S608 - a constant of this module
_DEFER = f"""
    SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
        ROW('{QUEUE}', '{TASK}', 0, %(job)s, NULL, %(args)s, %(at)s)
    ]::procrastinate_job_to_defer_v1[]))
"""
_REMOVE = f"""
    SELECT procrastinate_cancel_job_v1(id, false, true) FROM procrastinate_jobs
    WHERE task_name = '{TASK}' AND status = 'todo' AND (args ->> 'run_id')::int = ANY(%s)
"""  # noqa: S608 - as above
_NEWEST = f"""
    SELECT max(id) FROM {SCHEMA}.procrastinate_jobs
    WHERE task_name = '{TASK}' AND (args ->> 'run_id')::int = %s
"""  # noqa: S608 - as above


# Workers write their heartbeat every ten seconds, and leave the table when they stop.
_SOMEBODY_WORKS = f"""
    SELECT EXISTS (
        SELECT FROM {SCHEMA}.procrastinate_workers
        WHERE last_heartbeat > now() - interval '60 seconds'
    )
"""  # noqa: S608 - as above


def somebody_works(cursor: Cursor[Any]) -> bool:
    """Whether a worker is alive that would take up what waits."""
    return cursor.execute(_SOMEBODY_WORKS).fetchone() == (True,)


def enqueue(
    cursor: Cursor[Any], job: JobName, options: JobOptions, *, requested_by: RequestedBy
) -> int:
    """A run that a worker will take up; its id. Within the caller's transaction.

    Raises JobWaiting when a run of the job waits already: it will do the same work.
    """
    cursor.execute(_ONE_AT_A_TIME, (job,))
    waiting = cursor.execute(_WAITING, (job,)).fetchone()
    if waiting is not None:
        raise JobWaiting(job, run=waiting[0])
    run_id = job_runs.add(cursor, job, options, requested_by=requested_by)
    _defer(cursor, job, run_id, at=None)
    return run_id


def put_back(
    cursor: Cursor[Any], job: JobName, run_id: int, *, log: list[str], at: datetime | None
) -> None:
    """A run that a worker gave up waits again, under a new entry, until `at`.

    One that was cancelled does not. The entry it had is the worker's to finish. Within the
    caller's transaction.
    """
    if job_runs.put_back(cursor, run_id, log=log):
        _defer(cursor, job, run_id, at=at)


def remove(cursor: Cursor[Any], runs: Sequence[int]) -> None:
    """Takes the entries of runs that wait out of the queue."""
    with _in_schema(cursor):
        cursor.execute(_REMOVE, (runs,))


def newest_entry(connection: Connection[Any], run_id: int) -> int | None:
    """The entry under which a run is to continue; None when it has none."""
    row = connection.execute(_NEWEST, (run_id,)).fetchone()
    return None if row is None else row[0]


def _defer(cursor: Cursor[Any], job: str, run_id: int, *, at: datetime | None) -> None:
    with _in_schema(cursor):
        # The lock: of one kind the workers run one job at a time.
        cursor.execute(_DEFER, {"job": job, "args": Jsonb({"run_id": run_id}), "at": at})


@contextmanager
def _in_schema(cursor: Cursor[Any]) -> Iterator[None]:
    cursor.execute(f"SET LOCAL search_path TO {SCHEMA}")
    yield
    cursor.execute("SET LOCAL search_path TO DEFAULT")
