"""What every job has from its frame, whatever its work."""

import pytest
from sqlalchemy import text

from api.errors import UpstreamUnavailable
from api.storage.database import Database
from api.storage.job_state import read_watermark, write_watermark
from etl.job import JobRun
from tests.doubles.jobs import run


def _runs(database: Database) -> list[tuple[str, str | None]]:
    with database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT state, report ->> 'error' AS error FROM job_runs ORDER BY id")
        )
        return [(row.state, row.error) for row in rows]


def _mark(job: JobRun, value: str) -> None:
    with job.batch() as connection:
        write_watermark(connection, "mark", value)
    job.report.written += 1


def _marked(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return read_watermark(connection, "mark")


def test_a_run_is_recorded_with_its_report(database: Database) -> None:
    outcome = run(database, lambda job: _mark(job, "done"))
    assert outcome.status == 0
    assert outcome.out.startswith("job: read 0, written 1, unchanged 0, rejected 0 in ")
    assert _runs(database) == [("success", None)]


def test_a_run_that_changed_nothing_says_so(database: Database) -> None:
    assert "Nothing changed." in run(database, lambda job: None).out


def test_two_at_once_the_second_leaves(database: Database) -> None:
    inner = []
    outer = run(database, lambda job: inner.append(run(database, lambda job: _mark(job, "2nd"))))
    assert (inner[0].status, outer.status) == (0, 0)
    assert inner[0].err == "job: another run is at work; leaving it to that one.\n"
    assert _marked(database) is None
    assert len(_runs(database)) == 1


def test_jobs_of_another_name_run_beside_it(database: Database) -> None:
    def work(job: JobRun) -> None:
        assert run(database, lambda job: _mark(job, "beside"), job="other").status == 0

    assert run(database, work).status == 0
    assert _marked(database) == "beside"


def test_the_lock_is_free_after_a_failure(database: Database) -> None:
    def fail(job: JobRun) -> None:
        raise UpstreamUnavailable("The source is gone.")

    outcome = run(database, fail)
    assert (outcome.status, outcome.err) == (1, "job: The source is gone.\n")
    assert run(database, lambda job: _mark(job, "again")).status == 0
    assert _runs(database) == [("failure", "The source is gone."), ("success", None)]


def test_ctrl_c_keeps_committed_batches_and_says_so(database: Database) -> None:
    def stop(job: JobRun) -> None:
        _mark(job, "kept")
        raise KeyboardInterrupt

    outcome = run(database, stop)
    assert outcome.status == 130
    assert "Its committed batches stay" in outcome.err
    assert _marked(database) == "kept"
    assert _runs(database) == [("failure", "Interrupted.")]


def test_an_unexpected_error_is_recorded_and_raised(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        run(database, lambda job: 1 / 0)
    assert _runs(database) == [("failure", "Stopped by an unexpected error.")]


def test_a_dry_run_writes_nothing(database: Database) -> None:
    outcome = run(database, lambda job: _mark(job, "dry"), dry_run=True)
    assert "Dry run" in outcome.out
    assert _marked(database) is None
    assert _runs(database) == [("success", None)]


def test_a_run_whose_process_died_is_closed_by_the_next(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO job_runs (job, state, requested_by, started_at) "
                "VALUES ('job', 'started', 'command', now())"
            )
        )
    run(database, lambda job: None)
    assert _runs(database) == [
        ("failure", "The process ended without a word."),
        ("success", None),
    ]
