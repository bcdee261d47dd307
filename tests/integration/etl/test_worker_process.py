"""`seenemall job worker` as a process: told to stop, killed, never heard of again."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.platform import migrations
from api.platform.database import Database
from config.settings import PROJECT_ROOT
from etl.running.job import JobRun
from tests.doubles.job_site import (
    PATIENCE_SECONDS,
    enqueue,
    entries,
    read,
    wait_for,
    wait_for_end,
    working,
)

Process = subprocess.Popen[str]


@contextmanager
def _process(database: Database, *arguments: str, **environment: str) -> Iterator[Process]:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, *(arguments or ("-m", "api.commands.seenemall", "job", "worker"))]
    with subprocess.Popen(
        command,
        env=clean | {"DATABASE_URL": database.libpq_url} | environment,
        cwd=PROJECT_ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        # A test that fails must not wait for a worker that works for ever.
        guard = threading.Timer(2 * PATIENCE_SECONDS, process.kill)
        guard.start()
        try:
            yield process
        finally:
            guard.cancel()
            process.kill()


def _until(process: Process, text: str) -> list[str]:
    """What the process says, up to a line with `text`."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if text in line:
            return said
    raise AssertionError(f"The process ended: {''.join(said)}")


@contextmanager
def _stuck_job(database: Database) -> Iterator[int]:
    """A run of `sample` that cannot write its titles within the block."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE items")
        yield enqueue(database, "sample")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_says_so_and_leaves(
    database: Database, ending: signal.Signals
) -> None:
    with _process(database) as process:
        _until(process, "the worker is ready")
        process.send_signal(ending)
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, said) == (0, "the worker stops\n")


def test_a_worker_that_is_told_to_stop_puts_its_run_back(database: Database) -> None:
    with _process(database) as process:
        with _stuck_job(database) as run_id:
            wait_for(database, run_id, lambda row: row.state == "progress")
            process.terminate()
            _until(process, "the worker stops")
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert read(database, run_id).state == "pending"
    assert entries(database) == [("todo", "sample")]


def test_the_run_of_a_killed_worker_is_taken_up_by_another(database: Database) -> None:
    run_id = _leave_behind(database)
    done = threading.Event()
    with working(database, {"sample": lambda _: done.set()}):
        ended = wait_for_end(database, run_id)
    assert done.is_set()
    assert ended.state == "success"
    assert any(f"Run {run_id} was interrupted and continues." in line for line in ended.log)
    assert entries(database) == []


def test_a_run_that_kills_its_workers_is_given_up(database: Database) -> None:
    run_id = _leave_behind(database)
    with database.transaction() as cursor:
        cursor.execute("UPDATE procrastinate.procrastinate_jobs SET attempts = 2")

    def never(job: JobRun) -> None:
        raise AssertionError

    with working(database, {"sample": never}):
        ended = wait_for_end(database, run_id)
    assert ended.state == "failure"
    assert ended.report is not None
    assert ended.report["error"] == "3 workers died at it; it is not tried again."


def _leave_behind(database: Database) -> int:
    """A run whose worker was killed and has given no heartbeat for long."""
    with _process(database) as process, _stuck_job(database) as run_id:
        wait_for(database, run_id, lambda row: row.state == "progress")
        process.kill()
        process.wait(timeout=PATIENCE_SECONDS)
    assert read(database, run_id).state == "progress"
    with database.transaction() as cursor:
        cursor.execute(
            "UPDATE procrastinate.procrastinate_workers"
            " SET last_heartbeat = now() - interval '1 hour'"
        )
    return run_id


_STUCK = """
import logging, os, threading
from api.platform.database import Database
from etl.running.worker import Pace, Worker

logging.basicConfig(format="%(message)s")
begun = threading.Event()
def stuck(job):
    begun.set()
    threading.Event().wait()

worker = Worker(
    Database(os.environ["DATABASE_URL"]),
    {"sample": stuck},
    refresh_schedule=None,
    pace=Pace(stop_within_seconds=0.1),
)
threading.Thread(target=lambda: (begun.wait(), worker.stop()), daemon=True).start()
worker.run()
"""


def test_a_job_that_reaches_no_border_does_not_keep_the_worker(database: Database) -> None:
    enqueue(database, "sample")
    with _process(database, "-c", _STUCK) as process:
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert said == "a job did not end its batch in time; the worker ends without it\n"
    assert entries(database) == [("doing", "sample")]


def test_a_worker_without_the_schema_is_one_sentence(database: Database) -> None:
    migrations.downgrade(database, "base")
    with _process(database) as process:
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert said == (
        "The database of DATABASE_URL is not at the newest schema; run `make migrate`.\n"
    )


def test_a_worker_that_loses_its_database_says_so(database: Database) -> None:
    with _process(database) as process:
        _until(process, "the worker is ready")
        with database.transaction() as cursor:
            cursor.execute("DROP SCHEMA procrastinate CASCADE")
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert said.splitlines()[-1] == "The queue of jobs does not answer any more."
