"""The row of a run at work: where its progress is written, and a cancellation is noticed."""

import time
from collections.abc import Callable
from threading import Event
from typing import Any

import psycopg

from api.jobs import job_runs
from etl.running.report import Report
from etl.running.run_log import RunLog

# A title takes a millisecond and a row's update one too: not per title.
_PACE_SECONDS = 1.0


class RunRevoked(Exception):
    """Somebody cancelled the run; what it committed stays."""


class RunStopped(Exception):
    """The process is asked to end; the run is put back and continues later."""


class RunRecord:
    """Written on the connection that holds the lock, so never within a batch's transaction."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        run_id: int,
        *,
        report: Report,
        log: RunLog,
        stopping: Event,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.run_id = run_id
        self._connection = connection
        self._report = report
        self._log = log
        self._stopping = stopping
        self._clock = clock
        self._percent = 0.0
        self._written_at: float | None = None

    def step(self, percent: float) -> None:
        """Records how far the run is, in [0, 100], and stops as `stop_if_cancelled` does."""
        self._percent = percent
        self.stop_if_cancelled()

    def stop_if_cancelled(self, *, at_once: bool = False) -> None:
        """Raises RunRevoked or RunStopped when the run is to stop.

        Asks and writes once a second at most, or `at_once`.
        """
        if self._stopping.is_set():
            raise RunStopped
        now = self._clock()
        if at_once or self._written_at is None or now - self._written_at >= _PACE_SECONDS:
            self._written_at = now
            if job_runs.advance(
                self._connection,
                self.run_id,
                percent=self._percent,
                report=self._report.as_json(),
                log=self._log.lines,
            ):
                raise RunRevoked
