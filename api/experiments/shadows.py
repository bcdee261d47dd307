"""Runs strategies unseen beside the one that served, after the answer was sent.

One thread, few places to wait: where there is no place the run is dropped, so that no request waits
for one or fails with one. A run has no side effect but its row.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from time import perf_counter
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout

from api.experiments.list_overlap import overlap_at, rank_biased_overlap
from api.experiments.shadow_lists import ShadowList, store_shadow_list
from api.experiments.strategies import Strategies
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.recommend.lists.served import Served, SideEffect
from api.recommend.query import Query
from api.recommend.strategy import Strategy

log = logging.getLogger(__name__)

DEPTH = 50  # places that are kept and compared
_PLACES = 32  # runs that may wait; each keeps its query, and the catalogue's columns, alive


@dataclass(frozen=True, slots=True)
class ShadowRun:
    """A list that was served, and the strategies to compare with it."""

    slate_id: UUID
    served: Sequence[int]  # its first titles
    query: Query  # what the run of the list was given
    strategies: Sequence[Strategy]


class Shadows:
    """The background thread. Thread-safe."""

    def __init__(self, database: Database, *, places: int = _PLACES) -> None:
        self._database = database
        self._free = BoundedSemaphore(places)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="shadow")

    def offer(self, run: ShadowRun) -> bool:
        """Runs it soon, or drops it and returns False; never waits."""
        if not self._free.acquire(blocking=False):
            log.info("shadow dropped", extra={"fields": {"slate": str(run.slate_id)}})
            return False
        try:
            running = self._thread.submit(self._run, run)
        except RuntimeError:  # closed
            self._free.release()
            return False
        running.add_done_callback(self._done)
        return True

    def close(self) -> None:
        """Ends the thread: what runs is finished, what waits is dropped."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _done(self, _: Future[None]) -> None:
        self._free.release()

    def _run(self, run: ShadowRun) -> None:
        for strategy in run.strategies:
            compared = compare(run, strategy)
            try:
                store_shadow_list(self._database, compared)
            except (psycopg.Error, PoolTimeout) as error:
                fields = {"slate": str(run.slate_id), "error": type(error).__name__}
                log.warning("shadow not stored", extra={"fields": fields})


class OfferShadows(SideEffect):
    """Offers the strategies on trial to run beside a list."""

    name = "shadows"

    def __init__(self, shadows: Shadows, strategies: Strategies) -> None:
        self._shadows = shadows
        self._strategies = strategies

    def applies_to(self, served: Served) -> bool:
        # The query of a list for several, or for an evening, is not all that it is made of.
        is_comparable = not served.is_debug and served.page_key is not None
        return is_comparable and bool(self._on_trial(served))

    def follow(self, served: Served) -> None:
        run, listed = served.run, served.slate.item_ids[:DEPTH].tolist()
        # The words were read once, maybe by a model: what follows goes by what was understood.
        query = replace(run.given, intent=run.query.intent, deadline=None)  # nobody waits
        self._shadows.offer(ShadowRun(served.slate_id, listed, query, self._on_trial(served)))

    def _on_trial(self, served: Served) -> tuple[Strategy, ...]:
        return self._strategies.shadows_of(served.slate_id, served.strategy)


def compare(run: ShadowRun, strategy: Strategy) -> ShadowList:
    """What the strategy would have served; whatever it raises is told in `error`.

    Nobody sees a shadow's list: no model is paid for it, and no breaker opens because of it.
    """
    start = perf_counter()
    items: list[int] = []
    error: str | None = None
    try:
        found = strategy.pipeline.offline().run(run.query)
        items = found.item_ids[:DEPTH].tolist()
        if found.trace.degraded:
            error = f"Ran without {', '.join(found.trace.degraded)}."
    except SeenEmAllError as failure:
        error = str(failure)
    except Exception as failure:
        # A strategy on trial may fail in any way; a message might hold what the viewer wrote.
        error = f"{type(failure).__name__}."
        log.warning(
            "shadow failed",
            extra={"fields": {"strategy": strategy.name, "error": type(failure).__name__}},
        )
    milliseconds = (perf_counter() - start) * 1000
    if error is not None:
        return ShadowList(run.slate_id, strategy.name, milliseconds, items, error=error)
    served = run.served[:DEPTH]
    return ShadowList(
        run.slate_id,
        strategy.name,
        milliseconds,
        items,
        overlap_10=overlap_at(served, items, 10),
        overlap_20=overlap_at(served, items, 20),
        rank_biased_overlap=rank_biased_overlap(served, items),
    )
