"""What every job has from its frame, whatever its work."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import text

from api.jobs import job_queue, job_runs
from api.jobs.job_options import JobOptions
from api.platform.database import Database
from api.platform.errors import UpstreamUnavailable
from etl.refresh import Refresh
from etl.running.job import JobRun
from etl.running.job_state import read_watermark, write_watermark
from etl.running.report import Report
from etl.running.run_log import RunLog
from etl.running.run_record import RunRecord
from tests.doubles.job_site import cancel, enqueue, entries, runs
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


def _divide_by_zero(_: JobRun) -> None:
    raise ZeroDivisionError


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
        run(database, _divide_by_zero)
    assert _runs(database) == [("failure", "Stopped by an unexpected error.")]


def test_a_dry_run_writes_nothing(database: Database) -> None:
    outcome = run(database, lambda job: _mark(job, "dry"), dry_run=True)
    assert "Dry run" in outcome.out
    assert _marked(database) is None
    assert _runs(database) == []


def test_a_dry_refresh_leaves_no_row_of_a_step(database: Database) -> None:
    refresh = Refresh({"tmdb": lambda job: _mark(job, "dry"), "embed": lambda job: None})
    assert run(database, refresh, job="refresh", dry_run=True).status == 0
    assert _marked(database) is None
    assert _runs(database) == []


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


def test_what_a_dead_refresh_had_still_to_do_is_closed_too(database: Database) -> None:
    with database.transaction() as cursor:
        parent = job_runs.add(cursor, "refresh", JobOptions(), requested_by="command")
        for job in ("tmdb", "embed"):
            job_runs.add(cursor, job, JobOptions(), requested_by="job", parent=parent)
        cursor.execute("UPDATE job_runs SET state = 'progress' WHERE job <> 'embed'")
    run(database, lambda job: None, job="refresh")
    states = [(row.job, row.state) for row in runs(database)]
    assert states[:3] == [("refresh", "failure"), ("tmdb", "failure"), ("embed", "revoked")]


def test_a_queued_run_is_left_to_the_workers(database: Database) -> None:
    queued = enqueue(database, "tmdb")
    with database.transaction() as cursor:
        cursor.execute("UPDATE job_runs SET state = 'progress'")
    run(database, lambda job: None, job="tmdb")
    assert [row.state for row in runs(database) if row.id == queued] == ["progress"]
    # Once its entry is gone nobody will take it up.
    with database.transaction() as cursor:
        job_queue.remove(cursor, [queued])
    run(database, lambda job: None, job="tmdb")
    assert [row.state for row in runs(database) if row.id == queued] == ["failure"]


def test_a_run_on_the_command_line_can_be_cancelled(database: Database) -> None:
    def work(job: JobRun) -> None:
        _mark(job, "kept")
        cancel(database, job.record.run_id)
        job.record.stop_if_cancelled(at_once=True)

    outcome = run(database, work)
    assert outcome.status == 1
    assert outcome.err == (
        "job: Cancelled; its committed batches stay, and the next run continues from there.\n"
    )
    assert _marked(database) == "kept"
    assert [row.state for row in runs(database)] == ["revoked"]


def test_the_row_is_written_once_a_second_at_most(database: Database) -> None:
    """However many steps are told."""
    with database.transaction() as cursor:
        cursor.execute("CREATE TABLE writes (percent real)")
        cursor.execute(
            """
            CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO writes VALUES (NEW.percent); RETURN NULL; END $$;
            """
        )
        cursor.execute(
            "CREATE TRIGGER count_write AFTER UPDATE ON job_runs"
            " FOR EACH ROW EXECUTE FUNCTION count_write()"
        )
        run_id = job_runs.add(cursor, "tmdb", JobOptions(), requested_by="command")
    now = [0.0]
    with database.connect() as books:
        record = RunRecord(
            books,
            run_id,
            report=Report(),
            log=RunLog(),
            stopping=Event(),
            clock=lambda: now[0],
        )
        for step in range(100):
            now[0] = step / 25
            record.step(step)
    with database.autocommit() as cursor:
        written = [row[0] for row in cursor.execute("SELECT percent FROM writes")]
    assert written == [0, 25, 50, 75]


def test_a_refresh_in_the_foreground_leaves_a_busy_step_to_the_other_run(
    database: Database,
) -> None:
    refresh = Refresh({"tmdb": lambda job: _mark(job, "2nd"), "embed": lambda job: None})

    def work(job: JobRun) -> None:
        outcome = run(database, refresh, job="refresh")
        assert outcome.status == 0
        assert "tmdb was left out: Another run is at work; left to that one." in outcome.out

    assert run(database, work, job="tmdb").status == 0
    assert _marked(database) is None
    assert [(row.job, row.state) for row in runs(database)] == [
        ("tmdb", "success"),
        ("refresh", "success"),
        ("tmdb", "revoked"),
        ("embed", "success"),
    ]


def test_old_runs_are_deleted_with_their_steps(database: Database) -> None:
    with database.transaction() as cursor:
        for age in (100, 1):
            parent = job_runs.add(cursor, "refresh", JobOptions(), requested_by="schedule")
            job_runs.add(cursor, "tmdb", JobOptions(), requested_by="job", parent=parent)
            job_runs.end(cursor, parent, "success", report={}, log=[])
            cursor.execute(
                "UPDATE job_runs SET finished_at = now() - make_interval(days => %s) WHERE id = %s",
                (age, parent),
            )
        waiting = job_runs.add(cursor, "embed", JobOptions(), requested_by="admin")
        job_runs.prune(cursor, before=datetime.now(UTC) - timedelta(days=90))
    assert [row.id for row in runs(database)] == [parent, parent + 1, waiting]
    assert entries(database) == []


def test_ctrl_c_ends_a_refresh_and_its_steps(database: Database) -> None:
    def stop(job: JobRun) -> None:
        raise KeyboardInterrupt

    refresh = Refresh({"tmdb": stop, "embed": lambda job: None})
    assert run(database, refresh, job="refresh").status == 130
    assert [(row.job, row.state) for row in runs(database)] == [
        ("refresh", "failure"),
        ("tmdb", "failure"),
        ("embed", "revoked"),
    ]


def test_a_command_that_died_before_it_began_keeps_nobody_waiting(database: Database) -> None:
    with database.transaction() as cursor:
        job_runs.add(cursor, "tmdb", JobOptions(), requested_by="command")
    queued = enqueue(database, "tmdb")
    run(database, lambda job: None, job="tmdb")
    dead, waiting, _ = runs(database)
    assert dead.state == "revoked"
    assert (waiting.id, waiting.state) == (queued, "pending")
