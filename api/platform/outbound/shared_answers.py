"""One call per question: those who ask during it share it, those who come later find its answer."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import partial
from threading import Lock

from cachetools import TLRUCache
from pydantic import BaseModel

from api.platform.cache_counts import CacheCounts, CacheFigures

_KEPT = 512


class SharedAnswers:
    """Calls under way, and answers while they are good. Failures are not kept. Thread-safe."""

    def __init__(
        self,
        *,
        keep_seconds: float | Callable[[BaseModel], float],
        monotonic: Callable[[], float],
    ) -> None:
        """`keep_seconds` is one figure for all answers, or a function of each."""
        keep = keep_seconds if callable(keep_seconds) else lambda _: keep_seconds
        # Held while a call begins, which waits for the thread in which others end: never by `_end`.
        self._beginning = Lock()
        self._lock = Lock()
        self._counts = CacheCounts()
        self._answers: TLRUCache[Hashable, BaseModel] = TLRUCache(
            _KEPT, lambda _, answer, now: now + keep(answer), timer=monotonic
        )
        self._calls: dict[Hashable, Future[BaseModel]] = {}

    def of(self, key: Hashable, begin: Callable[[], "Future[BaseModel]"]) -> "Future[BaseModel]":
        """The call that answers this question: done, under way, or begun now."""
        with self._beginning:
            if (known := self._known(key)) is not None:
                return known
            call = begin()
            with self._lock:
                self._calls[key] = call
        call.add_done_callback(partial(self._end, key))
        return call

    def cache_figures(self) -> CacheFigures:
        """How often an answer was at hand."""
        with self._lock:
            return self._counts.figures(self._answers)

    def _known(self, key: Hashable) -> "Future[BaseModel] | None":
        with self._lock:
            answer = self._answers.get(key)
            self._counts.count(hits=answer is not None)
            if answer is not None:
                done: Future[BaseModel] = Future()
                done.set_result(answer)
                return done
            call = self._calls.get(key)
            # One that has just ended may not have been forgotten yet.
            return None if call is None or _has_failed(call) else call

    def _end(self, key: Hashable, call: "Future[BaseModel]") -> None:
        with self._lock:
            if self._calls.get(key) is call:
                del self._calls[key]
            if not _has_failed(call):
                self._answers[key] = call.result()


def _has_failed(call: "Future[BaseModel]") -> bool:
    return call.done() and (call.cancelled() or call.exception() is not None)
