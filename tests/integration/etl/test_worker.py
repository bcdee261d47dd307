"""Workers: real ones, on the real queue, beside each other and beside the command line."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from api.jobs import job_queue
from api.jobs.job_options import JobName, JobOptions
from api.platform.database import Database
from api.platform.errors import ConfigurationError, JobWaiting, UpstreamUnavailable
from api.viewers.connections.connections import Connections
from api.viewers.events import ProfileKey
from etl.refresh import Refresh
from etl.running.job import JobRun, Work
from etl.running.job_state import read_watermark, write_watermark
from tests.doubles.job_site import (
    PATIENCE_SECONDS,
    Gate,
    cancel,
    enqueue,
    entries,
    read,
    runs,
    wait_for,
    wait_for_end,
    working,
)
from tests.doubles.jobs import run


def _write(job: JobRun) -> None:
    job.report.written += 1


def _fail(job: JobRun) -> None:
    raise UpstreamUnavailable("The source is gone.")


def _divide_by_zero(_: JobRun) -> None:
    raise ZeroDivisionError


def test_a_queued_run_is_taken_up_and_told_of(database: Database) -> None:
    seen: list[JobOptions] = []

    def work(job: JobRun) -> None:
        seen.append(job.options)
        _write(job)

    run_id = enqueue(database, "tmdb", limit=3, full=True)
    assert (read(database, run_id).state, entries(database)) == ("pending", [("todo", "tmdb")])
    with working(database, {"tmdb": work}):
        ended = wait_for_end(database, run_id)
    assert (ended.state, ended.percent, ended.requested_by) == ("success", 100, "admin")
    assert ended.report is not None
    assert ended.report["written"] == 1
    assert seen == [JobOptions(limit=3, full=True)]
    assert entries(database) == []


def test_a_failed_run_says_why(database: Database) -> None:
    run_id = enqueue(database, "tmdb")
    with working(database, {"tmdb": _fail}):
        ended = wait_for_end(database, run_id)
    assert ended.state == "failure"
    assert ended.report is not None
    assert ended.report["error"] == "The source is gone."


def test_an_unexpected_error_ends_the_run_and_not_the_worker(database: Database) -> None:
    first = enqueue(database, "tmdb")
    with working(database, {"tmdb": _divide_by_zero, "embed": _write}):
        assert wait_for_end(database, first).state == "failure"
        assert wait_for_end(database, enqueue(database, "embed")).state == "success"


def test_a_running_job_tells_how_far_it_is(database: Database) -> None:
    gate = Gate()
    run_id = enqueue(database, "tmdb")
    with working(database, {"tmdb": gate}):
        told = wait_for(database, run_id, lambda row: row.percent == 10)
        gate.may_end.set()
        ended = wait_for_end(database, run_id)
    assert (told.state, told.report is not None) == ("progress", True)
    assert ended.state == "success"


def test_a_run_cancelled_while_it_waits_never_begins(database: Database) -> None:
    run_id = enqueue(database, "tmdb")
    cancel(database, run_id)
    assert read(database, run_id).state == "revoked"
    assert entries(database) == []
    gate = Gate()
    with working(database, {"tmdb": gate, "embed": _write}):
        assert wait_for_end(database, enqueue(database, "embed")).state == "success"
    assert gate.runs == 0


def test_a_cancelled_run_keeps_what_it_committed(database: Database) -> None:
    gate = Gate()

    def work(job: JobRun) -> None:
        with job.batch() as connection:
            write_watermark(connection, "mark", "kept")
        gate(job)

    run_id = enqueue(database, "tmdb")
    with working(database, {"tmdb": work}):
        assert gate.begun.wait(PATIENCE_SECONDS)
        cancel(database, run_id)
        ended = wait_for_end(database, run_id)
    assert ended.state == "revoked"
    with database.engine.connect() as connection:
        assert read_watermark(connection, "mark") == "kept"


def test_cancelling_a_refresh_reaches_the_step_at_work_and_those_that_wait(
    database: Database,
) -> None:
    gate = Gate()
    refresh = Refresh({"tmdb": _write, "embed": gate, "neighbours": _write})
    run_id = enqueue(database, "refresh")
    with working(database, {"refresh": refresh}):
        assert gate.begun.wait(PATIENCE_SECONDS)
        cancel(database, run_id)
        ended = wait_for_end(database, run_id)
    assert ended.state == "revoked"
    assert [(row.job, row.state) for row in runs(database)] == [
        ("refresh", "revoked"),
        ("tmdb", "success"),
        ("embed", "revoked"),
        ("neighbours", "revoked"),
    ]


def test_of_one_kind_two_workers_run_one_at_a_time(database: Database) -> None:
    gate = Gate()
    with working(database, {"tmdb": gate}), working(database, {"tmdb": gate}):
        first = enqueue(database, "tmdb")
        assert gate.begun.wait(PATIENCE_SECONDS)
        second = enqueue(database, "tmdb")
        assert entries(database) == [("doing", "tmdb"), ("todo", "tmdb")]
        assert (gate.runs, read(database, second).state) == (1, "pending")
        gate.may_end.set()
        assert wait_for_end(database, second).state == "success"
    assert read(database, first).state == "success"


def test_a_job_waits_at_most_once(database: Database) -> None:
    run_id = enqueue(database, "tmdb")
    with pytest.raises(JobWaiting, match=rf"Run {run_id} of tmdb is waiting already\."):
        enqueue(database, "tmdb")
    assert enqueue(database, "embed") != run_id
    assert len(runs(database)) == 2


def test_two_requests_at_once_queue_one_run(database: Database) -> None:
    outcomes: list[object] = []

    def ask() -> None:
        try:
            outcomes.append(enqueue(database, "tmdb"))
        except JobWaiting as waiting:
            outcomes.append(waiting.run)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(set(outcomes)) == 1
    assert len(runs(database)) == 1


def test_a_run_waits_for_one_on_the_command_line(database: Database) -> None:
    def foreground(job: JobRun) -> None:
        run_id = enqueue(database, "tmdb")
        with working(database, {"tmdb": _write}):
            waiting = wait_for(database, run_id, lambda row: bool(row.log))
        assert waiting.state == "pending"
        assert waiting.log[-1].endswith("Another run is at work; waiting for it to end.")

    assert run(database, foreground, job="tmdb").status == 0
    (_, queued) = runs(database)
    with working(database, {"tmdb": _write}):
        assert wait_for_end(database, queued.id).state == "success"


def test_a_run_does_not_wait_for_ever(database: Database) -> None:
    def foreground(job: JobRun) -> None:
        run_id = enqueue(database, "tmdb")
        with database.transaction() as cursor:
            cursor.execute("UPDATE job_runs SET created_at = created_at - interval '13 hours'")
        with working(database, {"tmdb": _write}):
            ended = wait_for_end(database, run_id)
        assert ended.state == "failure"
        assert ended.report is not None
        assert ended.report["error"] == "Gave up waiting for another run to end."

    assert run(database, foreground, job="tmdb").status == 0
    assert entries(database) == []


def test_a_foreground_run_leaves_a_workers_run_alone(database: Database) -> None:
    gate = Gate()
    run_id = enqueue(database, "tmdb")
    with working(database, {"tmdb": gate}):
        assert gate.begun.wait(PATIENCE_SECONDS)
        outcome = run(database, _write, job="tmdb")
        gate.may_end.set()
        assert wait_for_end(database, run_id).state == "success"
    assert outcome.status == 0
    assert "another run is at work" in outcome.err
    assert len(runs(database)) == 1


def test_a_worker_that_is_stopped_puts_its_run_back_and_another_goes_on(
    database: Database,
) -> None:
    gate = Gate()
    refresh = Refresh({"tmdb": _write, "embed": gate})
    run_id = enqueue(database, "refresh")
    with working(database, {"refresh": refresh}):
        assert gate.begun.wait(PATIENCE_SECONDS)
    stopped = read(database, run_id)
    assert (stopped.state, entries(database)) == ("pending", [("todo", "refresh")])
    assert stopped.log[-1].endswith("The worker was stopped; another one continues.")
    gate.may_end.set()
    with working(database, {"refresh": refresh}):
        ended = wait_for_end(database, run_id)
    assert ended.state == "success"
    assert any(f"Run {run_id} was interrupted and continues." in line for line in ended.log)
    # The step that was done is not done again.
    assert [(row.job, row.state) for row in runs(database)] == [
        ("refresh", "success"),
        ("tmdb", "success"),
        ("embed", "success"),
    ]


def test_a_run_that_two_entries_name_runs_once(database: Database) -> None:
    """Its worker put it back, and died before it finished the entry that it had."""
    run_id = enqueue(database, "tmdb")
    with database.transaction() as cursor:
        job_queue.put_back(cursor, "tmdb", run_id, log=[], at=None)
    begun: list[str] = []

    def work(job: JobRun) -> None:
        begun.append(job.job)
        _fail(job)

    with working(database, {"tmdb": work, "embed": _write}):
        assert wait_for_end(database, run_id).state == "failure"
        assert wait_for_end(database, enqueue(database, "embed")).state == "success"
    assert (begun, entries(database)) == (["tmdb"], [])


def test_a_run_cancelled_while_its_worker_stops_is_revoked(database: Database) -> None:
    begun = threading.Event()
    asked = threading.Event()

    def work(job: JobRun) -> None:
        begun.set()
        assert asked.wait(PATIENCE_SECONDS)
        job.record.stop_if_cancelled()

    run_id = enqueue(database, "tmdb")
    with working(database, {"tmdb": work}) as worker:
        assert begun.wait(PATIENCE_SECONDS)
        worker.stop()
        cancel(database, run_id)
        asked.set()
    assert read(database, run_id).state == "revoked"
    assert entries(database) == []


def _just_past() -> str:
    """A daily schedule whose time was a minute ago: workers that start now catch up on it."""
    moment = datetime.now(UTC) - timedelta(minutes=1)
    return f"{moment.minute} {moment.hour} * * *"


def test_of_two_workers_one_queues_what_the_schedule_says(database: Database) -> None:
    gate = Gate()
    works: dict[JobName, Work] = {"refresh": gate}
    schedule = _just_past()
    with (
        working(database, works, refresh_schedule=schedule),
        working(database, works, refresh_schedule=schedule),
    ):
        assert gate.begun.wait(PATIENCE_SECONDS)
        gate.may_end.set()
        (found,) = runs(database)
        ended = wait_for_end(database, found.id)
    assert (ended.state, ended.requested_by) == ("success", "schedule")
    assert len(runs(database)) == 1


def test_a_schedule_leaves_a_run_that_waits(database: Database) -> None:
    run_id = enqueue(database, "refresh")
    gate = Gate()
    gate.may_end.set()
    with working(database, {"refresh": gate}, refresh_schedule=_just_past()):
        assert wait_for_end(database, run_id).state == "success"
    assert read(database, run_id).requested_by == "admin"


def test_what_is_connected_is_asked_on_schedule(database: Database) -> None:
    Connections(database).add(ProfileKey("dana"), "radarr", account=None, sealed_tokens=None)
    gate = Gate()
    gate.may_end.set()
    with working(database, {"sync": gate}, sync_schedule=_just_past()):
        assert gate.begun.wait(PATIENCE_SECONDS)
        (found,) = runs(database)
        ended = wait_for_end(database, found.id)
    assert (ended.job, ended.requested_by) == ("sync", "schedule")


def test_a_step_that_is_not_set_up_is_left_out_with_a_note(database: Database) -> None:
    def unset(job: JobRun) -> None:
        raise ConfigurationError("It needs a key.")

    refresh = Refresh({"tmdb": unset, "embed": _write})
    run_id = enqueue(database, "refresh", limit=5)
    with working(database, {"refresh": refresh}):
        ended = wait_for_end(database, run_id)
    assert ended.state == "success"
    assert ended.report is not None
    assert ended.report["notes"] == ["tmdb was left out: It needs a key."]
    _, tmdb, embed = runs(database)
    assert (tmdb.state, embed.state) == ("revoked", "success")
    assert (embed.parent_id, embed.requested_by, embed.options) == (run_id, "job", {"limit": 5})


def test_a_failed_step_fails_the_refresh_after_the_others_ran(database: Database) -> None:
    refresh = Refresh({"tmdb": _fail, "embed": _write})
    run_id = enqueue(database, "refresh")
    with working(database, {"refresh": refresh}):
        ended = wait_for_end(database, run_id)
    assert ended.state == "failure"
    assert ended.report is not None
    assert ended.report["error"] == "tmdb failed: The source is gone."
    assert ended.report["written"] == 1
