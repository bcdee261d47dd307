"""The `refresh` job: everything that keeps a catalogue fresh, as children in their order.

A failed step keeps none of those after it from running, because each works on what is there: new
titles are embedded even when offers could not be fetched. The refresh then fails, and names it. A
step that is not set up, such as TMDB without a key, is revoked with the reason and noted.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from api.jobs import job_runs
from api.jobs.job_options import JobName, JobOptions
from api.jobs.job_runs import StoredRun
from api.platform.errors import JobFailed
from etl.running.job import Busy, Ended, JobRun, Work, run_at
from etl.running.report import Report

log = logging.getLogger(__name__)

_BUSY = "Another run is at work; left to that one."


@dataclass(frozen=True, slots=True)
class Refresh:
    """The job's parts: what each step does, in the order in which they run."""

    steps: Mapping[JobName, Work]

    def __call__(self, run: JobRun) -> None:
        """Runs every step that is not done yet; raises JobFailed naming those that failed."""
        steps = self._children(run)
        failed = []
        for position, child in enumerate(steps):
            run.record.step(100.0 * position / len(steps))
            run.record.stop_if_cancelled(at_once=True)
            ended = self._run(run, child)
            if ended is None:
                continue
            _add_to_report(run, child.job, ended)
            if ended.state == "failure":
                failed.append(f"{child.job} failed: {ended.error}")
        run.record.stop_if_cancelled(at_once=True)
        if failed:
            raise JobFailed(" ".join(failed))

    def _children(self, run: JobRun) -> list[StoredRun]:
        """The rows of the steps; an earlier attempt of this run has left them."""
        with run.database.connect() as connection, connection.transaction():
            known = job_runs.children(connection, run.record.run_id)
            if known:
                return [child for child in known if child.state not in ("success", "revoked")]
            for step in self.steps:
                options = run.options.accepted_by(step)
                job_runs.add(
                    connection, step, options, requested_by="job", parent=run.record.run_id
                )
            return job_runs.children(connection, run.record.run_id)

    def _run(self, run: JobRun, child: StoredRun) -> Ended | None:
        try:
            return run_at(
                run.context,
                child.job,
                self.steps[child.job],
                JobOptions.of(child.options),
                lambda _: child.id,
                is_child=True,
            )
        except Busy:
            # A worker puts the whole refresh back; the command line does not wait.
            if run.context.waits:
                raise
            with run.database.connect() as connection:
                job_runs.end(connection, child.id, "revoked", report={"error": _BUSY}, log=[])
            return Ended(child.id, "revoked", Report(), _BUSY)


def _add_to_report(run: JobRun, job: JobName, ended: Ended) -> None:
    outcome = ended.report.sentence() if ended.error is None else ended.error
    log.info("%s: %s", job, outcome)
    run.report.read += ended.report.read
    run.report.written += ended.report.written
    run.report.unchanged += ended.report.unchanged
    run.report.rejected += ended.report.rejected
    run.report.dropped += ended.report.dropped
    run.report.batches += ended.report.batches
    if ended.state == "revoked":
        run.report.notes.append(f"{job} was left out: {outcome}")
