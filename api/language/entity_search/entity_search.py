"""TMDB's search as a second step behind the catalogue's own names: bounded, shared, remembered.

A request waits for all its names together, once and briefly; names that are asked for at the same
time share one look-up; what is known is not asked again. A TMDB that fails is left alone for a
while, and every failure costs the request no more than this step.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from contextlib import ExitStack
from functools import partial
from threading import BoundedSemaphore

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import BaseModel

from api.domain.folding import fold
from api.language.entities import EntityAtTmdb, PersonAtTmdb, TitleAtTmdb, UnknownName
from api.language.entity_search.look_up import MOST_REQUESTS, look_up
from api.language.entity_search.tmdb_client import TmdbSearchClient, TooManyRequests
from api.platform.cache_counts import CacheFigures
from api.platform.errors import EntitySearchUnavailable
from api.platform.outbound.background_loop import background_loop
from api.platform.outbound.circuit_breaker import BreakerState, CircuitBreaker
from api.platform.outbound.shared_answers import SharedAnswers
from config.settings import Settings
from config.tmdb_credentials import tmdb_credentials

log = logging.getLogger(__name__)

MOST_NAMES = 3  # of one request
KEEP_FOUND_SECONDS = 6 * 3600.0
KEEP_NOTHING_SECONDS = 600.0  # TMDB gets new titles all the time
_FAILURES_TO_OPEN = 3
_PAUSE_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 120.0
_SHARE_OF_RATE = 0.25  # of TMDB_RATE_PER_SECOND, because the jobs may be at work beside
_BURST_SECONDS = 4.0  # for which a process that asked nothing may ask at once
_SMALLEST_BURST = MOST_NAMES * max(MOST_REQUESTS.values())  # else some names could never be asked
# A request that waits holds one of the server's forty threads; the others must stay free.
_MOST_WAITING = 8
_LONGEST_NAME = 100  # characters


class _Answer(BaseModel):
    """What was found, or that there is nothing."""

    found: TitleAtTmdb | PersonAtTmdb | None


class EntitySearch:
    """One per process. Thread-safe."""

    def __init__(
        self,
        client: TmdbSearchClient,
        *,
        timeout_seconds: float,
        requests_per_second: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`timeout_seconds` bounds all that one request of ours asks. Sends nothing."""
        self._client = client
        self._timeout_seconds = timeout_seconds
        self._breaker = CircuitBreaker(
            failures=_FAILURES_TO_OPEN, pause_seconds=_PAUSE_SECONDS, monotonic=monotonic
        )
        burst = max(int(requests_per_second * _BURST_SECONDS), _SMALLEST_BURST)
        self._limit = RateLimitItemPerSecond(burst, math.ceil(burst / requests_per_second))
        self._requests = MovingWindowRateLimiter(MemoryStorage())
        self._answers = SharedAnswers(keep_seconds=_keep_seconds, monotonic=monotonic)
        self._seats = BoundedSemaphore(_MOST_WAITING)
        self._resources = ExitStack()
        self._loop = self._resources.enter_context(
            background_loop("entity-search", at_end=client.close)
        )

    def ask(self, names: Sequence[UnknownName]) -> Mapping[UnknownName, EntityAtTmdb]:
        """What the first MOST_NAMES of the names stand for; those that TMDB has nothing for are
        left out.

        Blocks for the timeout at most. Raises EntitySearchUnavailable when not all of them were
        answered by then.
        """
        asked = [name for name in names if len(name.name) <= _LONGEST_NAME][:MOST_NAMES]
        if not self._seats.acquire(blocking=False):
            raise EntitySearchUnavailable("Too many requests wait for TMDB.")
        try:
            calls = [self._answers.of(_key(name), partial(self._begin, name)) for name in asked]
            if wait(calls, self._timeout_seconds).not_done:
                raise self._late()
            answers = [call.result() for call in calls]
        except CancelledError as error:
            raise EntitySearchUnavailable("The process is stopping.") from error
        finally:
            self._seats.release()
        return {
            name: answer.found
            for name, answer in zip(asked, answers, strict=True)
            if isinstance(answer, _Answer) and answer.found is not None
        }

    @property
    def breaker_state(self) -> BreakerState:
        """Whether TMDB is left alone."""
        return self._breaker.state

    def cache_figures(self) -> CacheFigures:
        """How often what TMDB has for a name was at hand."""
        return self._answers.cache_figures()

    def close(self) -> None:
        """Ends the calls under way and the connections."""
        self._resources.close()

    def _begin(self, name: UnknownName) -> "Future[BaseModel]":
        if not self._requests.hit(self._limit, cost=MOST_REQUESTS[name.kind]):
            raise EntitySearchUnavailable("TMDB is asked as often as this process may.")
        if not self._breaker.admits():
            raise EntitySearchUnavailable("TMDB failed of late and is left alone for a while.")
        return self._loop.start_task_soon(self._answer, name)

    async def _answer(self, name: UnknownName) -> BaseModel:
        """Asks, and tells breaker and log how that ended."""
        start = time.perf_counter()
        try:
            found = await self._in_time(name)
        except EntitySearchUnavailable as error:
            fields: dict[str, object] = {"kind": name.kind, "problem": str(error)}
            log.warning("entity search failed", extra={"fields": fields})
            asked = None
            if isinstance(error, TooManyRequests):
                asked = min(error.retry_after_seconds, _LONGEST_PAUSE_SECONDS)
            if self._breaker.failed(retry_after_seconds=asked):
                pause = {"pause_seconds": _PAUSE_SECONDS if asked is None else asked}
                log.error("entity search left alone", extra={"fields": fields | pause})
            raise
        self._breaker.succeeded()
        fields = {"kind": name.kind, "found": found is not None}
        fields["ms"] = round((time.perf_counter() - start) * 1000)
        log.info("entity search answered", extra={"fields": fields})
        return _Answer(found=found)

    async def _in_time(self, name: UnknownName) -> EntityAtTmdb | None:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await look_up(self._client, name)
        except EntitySearchUnavailable:
            raise
        except TimeoutError as error:
            raise self._late() from error
        # Whatever a library makes of an answer it did not expect; its words may quote the answer.
        except Exception as error:
            kind = type(error).__name__
            raise EntitySearchUnavailable(f"TMDB gave an unreadable answer ({kind}).") from None

    def _late(self) -> EntitySearchUnavailable:
        return EntitySearchUnavailable(f"TMDB did not answer within {self._timeout_seconds:g} s.")


def open_entity_search(
    settings: Settings, *, monotonic: Callable[[], float] = time.monotonic
) -> EntitySearch | None:
    """The search of TMDB_BASE_URL; None without a key, or when ENTITY_SEARCH is 0."""
    credentials = tmdb_credentials(settings)
    if credentials is None or not settings.entity_search:
        return None
    return EntitySearch(
        TmdbSearchClient(settings.tmdb_base_url, credentials),
        timeout_seconds=settings.entity_search_timeout,
        requests_per_second=settings.tmdb_rate_per_second * _SHARE_OF_RATE,
        monotonic=monotonic,
    )


def _key(name: UnknownName) -> Hashable:
    """The same for every spelling of a name that is sought alike."""
    return (
        name.kind,
        fold(name.name),
        name.is_sure,
        name.year,
        name.media_type,
        name.roles,
    )


def _keep_seconds(answer: BaseModel) -> float:
    is_found = isinstance(answer, _Answer) and answer.found is not None
    return KEEP_FOUND_SECONDS if is_found else KEEP_NOTHING_SECONDS
