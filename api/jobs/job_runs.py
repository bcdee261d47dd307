"""job_runs: the one record of past, present and queued runs.

A job writes its row on a separate connection, never in the transaction of a batch. What the
queue knows of a run is not repeated here: since when it may be taken up, how many workers died at
it, which one works on it and whether that one lives. The queue cannot be the record itself: runs of
the command line and steps of a refresh have no entry, an entry has no report, and it is deleted
when its run ends. So the state, and the wish that a run end, which all kinds share, are here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection, Cursor
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from api.jobs.job_options import JobName, JobOptions, JobState, RequestedBy

Executor = Connection[Any] | Cursor[Any]

_COLUMNS = """id, job, state, parent_id, requested_by, options, percent, report, log,
    created_at, started_at, finished_at, cancel_requested_at"""

# By primary key, backwards: ids rise with created_at, and a page is short.
_PAGE = f"""
    SELECT {_COLUMNS} FROM job_runs
    WHERE (%(job)s::text IS NULL OR job = %(job)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND (%(before)s::int IS NULL OR id < %(before)s)
    ORDER BY id DESC LIMIT %(limit)s
"""  # noqa: S608 - no value is part of the text
_READ = f"SELECT {_COLUMNS} FROM job_runs WHERE id = %s"  # noqa: S608
# By ix_job_runs_parent_id.
_CHILDREN = f"SELECT {_COLUMNS} FROM job_runs WHERE parent_id = %s ORDER BY id"  # noqa: S608
# By ix_job_runs_newest.
_NEWEST = f"""
    SELECT {_COLUMNS} FROM job_runs WHERE job = %s AND parent_id IS NULL
    ORDER BY created_at DESC, id DESC LIMIT 1
"""  # noqa: S608
_ADD = """
    INSERT INTO job_runs (job, state, requested_by, parent_id, options)
    VALUES (%(job)s, 'pending', %(requested_by)s, %(parent)s, %(options)s) RETURNING id
"""
# What is done stays done; a failed step of a run that is tried again may start over.
_BEGIN = """
    UPDATE job_runs
    SET state = 'started', started_at = coalesce(started_at, now()), finished_at = NULL
    WHERE id = %s AND state NOT IN ('success', 'revoked')
    RETURNING true
"""
_ADVANCE = """
    UPDATE job_runs
    SET state = 'progress', percent = %(percent)s, report = %(report)s, log = %(log)s
    WHERE id = %(id)s RETURNING cancel_requested_at IS NOT NULL
"""
_END = """
    WITH ended AS (
        UPDATE job_runs
        SET state = %(state)s, finished_at = now(), report = %(report)s, log = %(log)s,
            percent = CASE WHEN %(state)s = 'success' THEN 100 ELSE percent END
        WHERE id = %(id)s
    )
    UPDATE job_runs SET state = 'revoked', finished_at = now()
    WHERE parent_id = %(id)s AND state = 'pending'
"""
_PUT_BACK = """
    UPDATE job_runs SET state = 'pending', log = %(log)s
    WHERE id = %(id)s AND state IN ('pending', 'started', 'progress')
        AND cancel_requested_at IS NULL
    RETURNING true
"""

# The run and all below it. UNION, not UNION ALL: it also ends where rows form a ring.
_FAMILY = """
    WITH RECURSIVE family AS (
        SELECT id FROM job_runs WHERE {root}
        UNION
        SELECT child.id FROM job_runs child JOIN family ON child.parent_id = family.id
    )
"""
_CANCEL = f"""
    {_FAMILY.format(root="id = %s")}
    UPDATE job_runs run
    SET cancel_requested_at = coalesce(cancel_requested_at, now()),
        state = CASE WHEN state = 'pending' THEN 'revoked' ELSE state END,
        finished_at = CASE WHEN state = 'pending' THEN now() END
    FROM family
    WHERE run.id = family.id AND state IN ('pending', 'started', 'progress')
    RETURNING CASE WHEN state = 'revoked' THEN run.id END
"""  # noqa: S608 - no value is part of the text
# The holder of a kind's lock knows that no other process works on it. An entry that the queue
# still has is left to the workers, who watch over it themselves.
_CLOSE_ABANDONED = f"""
    {
    _FAMILY.format(
        root='''job = %s
            AND (state IN ('started', 'progress') OR (state = 'pending' AND parent_id IS NULL))
            AND NOT EXISTS (
                SELECT FROM procrastinate.procrastinate_jobs
                WHERE (args ->> 'run_id')::int = job_runs.id
            )'''
    )
}
    UPDATE job_runs run
    SET state = CASE WHEN state = 'pending' THEN 'revoked' ELSE 'failure' END,
        finished_at = now(),
        report = coalesce(report, '{{}}') || '{{"error": "The process ended without a word."}}'
    FROM family
    WHERE run.id = family.id AND state IN ('pending', 'started', 'progress')
"""  # noqa: S608 - no value is part of the text
_FAIL = f"""
    {_FAMILY.format(root="id = %(id)s")}
    UPDATE job_runs run
    SET state = CASE WHEN state = 'pending' AND run.id <> %(id)s THEN 'revoked' ELSE 'failure' END,
        finished_at = now(), report = coalesce(report, '{{}}') || %(report)s
    FROM family
    WHERE run.id = family.id AND state IN ('pending', 'started', 'progress')
"""  # noqa: S608 - no value is part of the text
# Children go with their parent (ON DELETE CASCADE).
_REMOVE = "DELETE FROM job_runs WHERE id = %s"
_TALLIES = "SELECT job, state, count(*), max(finished_at) FROM job_runs GROUP BY job, state"
_PRUNE = "DELETE FROM job_runs WHERE parent_id IS NULL AND finished_at < %s"


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A row of job_runs."""

    id: int
    job: JobName
    state: JobState
    parent_id: int | None
    requested_by: RequestedBy
    options: dict[str, Any]
    percent: float
    report: dict[str, Any] | None
    log: list[str]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobTally:
    """The runs of a job in one state."""

    job: JobName
    state: JobState
    runs: int
    last_ended_at: datetime | None


def page(
    executor: Executor,
    *,
    job: JobName | None = None,
    state: JobState | None = None,
    before: int | None = None,
    limit: int,
) -> list[StoredRun]:
    """Runs older than the run `before`, the newest first."""
    parameters = {"job": job, "state": state, "before": before, "limit": limit}
    return _runs(executor, _PAGE, parameters)


def tallies(executor: Executor) -> list[JobTally]:
    """How many runs there are by job and state; reads the whole table, of a few thousand rows."""
    return [JobTally(*row) for row in executor.execute(_TALLIES)]


def read(executor: Executor, run_id: int) -> StoredRun | None:
    """One run, or None."""
    return next(iter(_runs(executor, _READ, (run_id,))), None)


def children(executor: Executor, run_id: int) -> list[StoredRun]:
    """The runs that a run asked for, in the order in which they run."""
    return _runs(executor, _CHILDREN, (run_id,))


def newest(executor: Executor, job: JobName) -> StoredRun | None:
    """The newest run of a job that is not a step of another run, or None."""
    return next(iter(_runs(executor, _NEWEST, (job,))), None)


def add(
    executor: Executor,
    job: str,
    options: JobOptions,
    *,
    requested_by: RequestedBy,
    parent: int | None = None,
) -> int:
    """A pending run; returns its id."""
    row = executor.execute(
        _ADD,
        {
            "job": job,
            "requested_by": requested_by,
            "parent": parent,
            "options": Jsonb(options.given()),
        },
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT ... RETURNING gives its row
    return int(row[0])


def begin(executor: Executor, run_id: int) -> bool:
    """Marks the run as started; False when it was called off or is done."""
    return executor.execute(_BEGIN, (run_id,)).fetchone() is not None


def advance(
    executor: Executor, run_id: int, *, percent: float, report: dict[str, Any], log: Sequence[str]
) -> bool:
    """Writes how far the run is; True when somebody asked it to stop."""
    row = executor.execute(
        _ADVANCE, {"id": run_id, "percent": percent, "report": Jsonb(report), "log": list(log)}
    ).fetchone()
    return row is None or bool(row[0])


def end(
    executor: Executor, run_id: int, state: JobState, *, report: dict[str, Any], log: Sequence[str]
) -> None:
    """Closes the run, and revokes its children that never began."""
    executor.execute(
        _END, {"id": run_id, "state": state, "report": Jsonb(report), "log": list(log)}
    )


def put_back(executor: Executor, run_id: int, *, log: Sequence[str]) -> bool:
    """The run waits again; False when somebody cancelled it."""
    row = executor.execute(_PUT_BACK, {"id": run_id, "log": list(log)}).fetchone()
    return row is not None


def cancel(executor: Executor, run_id: int) -> list[int]:
    """Asks the run and all below it to stop; what waits is revoked at once.

    Returns the runs that waited.
    """
    return [row[0] for row in executor.execute(_CANCEL, (run_id,)) if row[0] is not None]


def close_abandoned(executor: Executor, job: str) -> None:
    """Closes runs whose process died. Only for who holds the lock of `job`."""
    executor.execute(_CLOSE_ABANDONED, (job,))


def fail(executor: Executor, run_id: int, error: str) -> None:
    """Closes a run that no process works on any more, and its steps."""
    executor.execute(_FAIL, {"id": run_id, "report": Jsonb({"error": error})})


def remove(executor: Executor, run_id: int) -> None:
    """Deletes the run and its children."""
    executor.execute(_REMOVE, (run_id,))


def prune(executor: Executor, *, before: datetime) -> None:
    """Deletes runs that ended before a moment."""
    executor.execute(_PRUNE, (before,))


def _runs(executor: Executor, statement: str, parameters: Any) -> list[StoredRun]:
    connection = executor.connection if isinstance(executor, Cursor) else executor
    with connection.cursor(row_factory=class_row(StoredRun)) as cursor:
        return cursor.execute(statement, parameters).fetchall()
