"""What a process can tell of itself when it is asked: threads, connections, caches, breakers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from anyio import CapacityLimiter
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api import __version__
from api.http.metrics.instruments import gauge
from api.http.turns import Turns
from api.platform.at_once import AtOnce
from api.platform.cache_counts import CacheFigures, KeepsAnswers
from api.platform.database import Database
from api.platform.outbound.circuit_breaker import BREAKER_STATES, BreakerState

# By the service that is asked, and what of it: a model of a provider.
Breakers = Callable[[], Mapping[tuple[str, str], BreakerState]]


@dataclass(slots=True)
class ProcessMetrics(Collector):
    """One per process. Asks nobody else, so that a dead database does not hide it."""

    database: Database
    at_once: AtOnce
    caches: Mapping[str, Iterable[KeepsAnswers]]  # by name; those of one name are taken together
    breakers: Breakers
    turned_away: Callable[[], Mapping[str, int]]  # connections, by reason
    mapped_version: Callable[[], int | None]  # of the published catalogue
    threads: CapacityLimiter | None = None  # that answer requests; known once the process serves
    turns: Turns | None = None  # that requests take; the same

    def collect(self) -> Iterator[Metric]:
        """The families as they stand."""
        family = GaugeMetricFamily(
            "seenemall_build_info", "1 for the version that runs.", labels=["version"]
        )
        family.add_metric([__version__], 1)
        yield family
        yield from self._of_threads()
        yield from self._of_turns()
        yield from self._of_connections()
        yield from self._of_caches()
        yield self._of_breakers()
        yield gauge(
            "seenemall_snapshot_mapped_version",
            "Version of the catalogue in the snapshot that this process serves.",
            self.mapped_version(),
        )

    def _of_threads(self) -> Iterator[Metric]:
        if self.threads is None:
            return
        told = self.threads.statistics()
        for name, meaning, value in (
            ("threads", "Threads that answer requests.", told.total_tokens),
            ("threads_busy", "Threads that are answering one.", told.borrowed_tokens),
            ("threads_awaited", "Requests that wait for a thread.", told.tasks_waiting),
        ):
            yield gauge(f"seenemall_{name}", meaning, value)

    def _of_turns(self) -> Iterator[Metric]:
        if self.turns is None:
            return
        yield gauge(
            "seenemall_requests_awaiting_turn",
            "Requests that wait until others are answered.",
            self.turns.waiting,
        )
        yield CounterMetricFamily(
            "seenemall_requests_sent_away",
            "Requests answered 503 at once, as they would have waited too long.",
            value=self.turns.sent_away,
        )

    def _of_connections(self) -> Iterator[Metric]:
        family = CounterMetricFamily(
            "seenemall_http_connections_turned_away",
            "Connections that were closed or refused before a whole request, by reason.",
            labels=["reason"],
        )
        for reason, count in self.turned_away().items():
            family.add_metric([reason], count)
        yield family
        told = self.database.pool.get_stats()
        in_use = {"requests": told["pool_size"] - told["pool_available"]}
        most = {"requests": told["pool_max"]}
        in_use["composed"], most["composed"] = self.database.composing_connections
        in_use["at_once"], most["at_once"] = self.at_once.connections
        for name, meaning, values in (
            ("in_use", "Connections to the database that are in use, by pool.", in_use),
            ("most", "Connections to the database that there may be, by pool.", most),
        ):
            by_pool = GaugeMetricFamily(
                f"seenemall_database_connections_{name}", meaning, labels=["pool"]
            )
            for pool, value in values.items():
                by_pool.add_metric([pool], value)
            yield by_pool
        yield gauge(
            "seenemall_database_connections_awaited",
            "Requests that wait for a connection to the database.",
            told["requests_waiting"],
        )
        yield CounterMetricFamily(
            "seenemall_database_wait_seconds",
            "Time that requests have waited for a connection to the database.",
            value=told.get("requests_wait_ms", 0) / 1000,
        )
        yield CounterMetricFamily(
            "seenemall_database_wait_errors",
            "Requests that gave up waiting for a connection to the database.",
            value=told.get("requests_errors", 0),
        )

    def _of_caches(self) -> Iterator[Metric]:
        hits = CounterMetricFamily(
            "seenemall_cache_hits", "What a cache was asked for and had.", labels=["cache"]
        )
        misses = CounterMetricFamily(
            "seenemall_cache_misses", "What a cache was asked for and had not.", labels=["cache"]
        )
        entries = GaugeMetricFamily(
            "seenemall_cache_entries", "What a cache keeps.", labels=["cache"]
        )
        most = GaugeMetricFamily(
            "seenemall_cache_most_entries", "What fits into a cache.", labels=["cache"]
        )
        for name, caches in self.caches.items():
            told = _together(cache.cache_figures() for cache in caches)
            hits.add_metric([name], told.hits)
            misses.add_metric([name], told.misses)
            entries.add_metric([name], told.entries)
            most.add_metric([name], told.most)
        yield from (hits, misses, entries, most)

    def _of_breakers(self) -> Metric:
        family = GaugeMetricFamily(
            "seenemall_breaker_state",
            "1 for the state that the breaker of a service elsewhere is in.",
            labels=["service", "model", "state"],
        )
        for (service, model), current in self.breakers().items():
            for state in BREAKER_STATES:
                family.add_metric([service, model, state], float(state == current))
        return family


def _together(figures: Iterable[CacheFigures]) -> CacheFigures:
    hits = misses = entries = most = 0
    for one in figures:
        hits, misses = hits + one.hits, misses + one.misses
        entries, most = entries + one.entries, most + one.most
    return CacheFigures(hits, misses, entries, most)
