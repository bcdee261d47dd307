"""What all processes share, read from the database when somebody asks: jobs, the published
catalogue, coverage."""

import logging
from collections.abc import Callable, Iterator, Sequence

import psycopg
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout

from api.catalogue.published.published_catalogue import SnapshotState
from api.http.metrics.instruments import gauge
from api.jobs import job_queue, job_runs
from api.platform.database import Database
from api.platform.errors import DatabaseUnavailable
from api.recommend.lists.coverage import Coverage

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 2.0  # Prometheus gives up on an answer after ten
_COUNTED_SECONDS = 600.0  # what is shown in a day does not change in a minute
_FAILURES = (DatabaseUnavailable, psycopg.Error, PoolTimeout)


class DatabaseMetrics(Collector):
    """One per process; a figure that cannot be read is left out. Called by one thread at a time."""

    def __init__(
        self,
        database: Database,
        snapshot: Callable[[], SnapshotState],
        coverage: Callable[[], Coverage],
        monotonic: Callable[[], float],
    ) -> None:
        self._database = database
        self._snapshot = snapshot
        self._coverage = coverage
        self._monotonic = monotonic
        self._counted: Coverage | None = None
        self._counted_at = float("-inf")

    def collect(self) -> Iterator[Metric]:
        """The families as they stand."""
        is_up = self._is_up()
        yield gauge(
            "seenemall_database_up", "Whether the database answered within two seconds.", is_up
        )
        if is_up:
            for read in (self._of_jobs, self._of_snapshot, self._of_coverage):
                yield from self._tried(read)

    def _is_up(self) -> bool:
        try:
            self._database.takes_writes(timeout_seconds=_PATIENCE_SECONDS)
        except _FAILURES:
            return False
        return True

    def _tried(self, read: Callable[[], Sequence[Metric]]) -> Sequence[Metric]:
        try:
            return read()
        except _FAILURES as error:
            fields = {"what": read.__name__.removeprefix("_of_"), "error": type(error).__name__}
            log.warning("figures not read", extra={"fields": fields})
            return ()

    def _of_jobs(self) -> Sequence[Metric]:
        with self._database.autocommit() as cursor:
            tallies = job_runs.tallies(cursor)
            works = job_queue.somebody_works(cursor)
        by = ["job", "state"]
        runs = GaugeMetricFamily(
            "seenemall_job_runs", "Runs that are on record, by state.", labels=by
        )
        ended = GaugeMetricFamily(
            "seenemall_job_ended_timestamp_seconds",
            "When the last run of a job that is in this state ended.",
            labels=by,
        )
        for one in tallies:
            runs.add_metric([one.job, one.state], one.runs)
            if one.last_ended_at is not None:
                ended.add_metric([one.job, one.state], one.last_ended_at.timestamp())
        working = gauge(
            "seenemall_worker_up", "Whether a worker is at work that takes up jobs.", works
        )
        return runs, ended, working

    def _of_snapshot(self) -> Sequence[Metric]:
        state = self._snapshot()
        newest = state.published
        return (
            gauge(
                "seenemall_catalogue_version",
                "Moves when a job or an operator changes the catalogue.",
                state.catalogue_version,
            ),
            gauge(
                "seenemall_snapshot_version",
                "Of the catalogue in the newest snapshot.",
                newest.version if newest else None,
            ),
            gauge(
                "seenemall_snapshot_age_seconds",
                "Since the newest snapshot was made.",
                state.age_seconds,
            ),
            gauge(
                "seenemall_snapshot_size_bytes",
                "Of the newest snapshot.",
                newest.size if newest else None,
            ),
            gauge(
                "seenemall_snapshot_waiting",
                "Whether the catalogue has changes that the newest snapshot has not.",
                state.is_waiting if newest else None,
            ),
        )

    def _of_coverage(self) -> Sequence[Metric]:
        now = self._monotonic()
        if now - self._counted_at > _COUNTED_SECONDS:
            # First, so that what takes too long is not tried at every scrape.
            self._counted_at, self._counted = now, None
            self._counted = self._coverage()
        counted = self._counted
        return (
            gauge(
                "seenemall_titles", "Titles of the catalogue.", counted.titles if counted else None
            ),
            gauge(
                "seenemall_titles_shown",
                "Different titles among the first of each list of the last day.",
                counted.shown if counted else None,
            ),
        )
