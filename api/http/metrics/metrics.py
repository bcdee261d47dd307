"""Everything that GET /metrics tells, as Prometheus reads it."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence

from anyio import CapacityLimiter, to_thread
from prometheus_client import ProcessCollector
from prometheus_client.core import Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from api.http.metrics.database_metrics import DatabaseMetrics
from api.http.metrics.instruments import gauge
from api.http.metrics.other_processes import LEFT_EVERY_SECONDS, OtherProcesses
from api.http.metrics.process_metrics import ProcessMetrics
from api.http.turns import Turns


class Metrics:
    """One per process."""

    def __init__(
        self,
        *,
        counted: Sequence[Collector],
        process: ProcessMetrics,
        database: DatabaseMetrics,
        others: OtherProcesses | None,
    ) -> None:
        """`counted` while requests are answered; `others` where one port has several processes."""
        of_system = ProcessCollector(registry=None)
        self._collectors: tuple[Collector, ...] = (of_system, *counted, process)
        self._process = process
        self._database = database
        self._others = others
        # One scrape at a time, on a thread that no request needs.
        self._thread = CapacityLimiter(1)

    def begin(self, threads: CapacityLimiter, turns: Turns) -> None:
        """The process serves, with these threads, and lets requests take turns."""
        self._process.threads = threads
        self._process.turns = turns

    async def text(self) -> bytes:
        """As it is now."""
        return await to_thread.run_sync(self._text, limiter=self._thread)

    async def leave_for_ever(self) -> None:
        """Leaves what this process counts where the others find it, until it is cancelled."""
        if self._others is None:
            return
        while True:
            await to_thread.run_sync(self._leave, self._others, limiter=self._thread)
            await asyncio.sleep(LEFT_EVERY_SECONDS)

    def _text(self) -> bytes:
        if self._others is None:
            told: list[tuple[str, Sequence[Metric]]] = [("", self._own())]
        else:
            own = self._leave(self._others)
            told = [(self._others.pid, own), *self._others.found()]
        processes = gauge("seenemall_processes", "Processes whose figures these are.", len(told))
        return generate_latest(_Told([*_joined(told), processes, *self._database.collect()]))

    def _leave(self, others: OtherProcesses) -> Sequence[Metric]:
        own = self._own()
        others.leave(own)
        return own

    def _own(self) -> Sequence[Metric]:
        return [family for one in self._collectors for family in one.collect()]


class _Told(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _joined(told: Iterable[tuple[str, Sequence[Metric]]]) -> Iterator[Metric]:
    """One family of each name, with the process as a label where there are several."""
    joined: dict[str, Metric] = {}
    for process, families in told:
        of_process = {"process": process} if process else {}
        for family in families:
            one = joined.setdefault(
                family.name, Metric(family.name, family.documentation, family.type)
            )
            for sample in family.samples:
                one.add_sample(sample.name, sample.labels | of_process, sample.value)
    yield from joined.values()
