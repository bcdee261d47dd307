"""One call per question: those who ask during it share it, those who come later find its answer."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import partial
from threading import Lock

from cachetools import TTLCache
from pydantic import BaseModel

_KEPT = 512


class SharedAnswers:
    """Calls under way, and answers for `keep_seconds`. Failures are not kept. Thread-safe."""

    def __init__(self, *, keep_seconds: float, monotonic: Callable[[], float]) -> None:
        self._lock = Lock()
        self._answers: TTLCache[Hashable, BaseModel] = TTLCache(
            _KEPT, keep_seconds, timer=monotonic
        )
        self._calls: dict[Hashable, Future[BaseModel]] = {}

    def of(self, key: Hashable, begin: Callable[[], "Future[BaseModel]"]) -> "Future[BaseModel]":
        """The call that answers this question: done, under way, or begun now."""
        with self._lock:
            if (known := self._answers.get(key)) is not None:
                done: Future[BaseModel] = Future()
                done.set_result(known)
                return done
            call = self._calls.get(key)
            # One that has just ended may not have been forgotten yet.
            if call is not None and not _has_failed(call):
                return call
            call = self._calls[key] = begin()
        call.add_done_callback(partial(self._end, key))
        return call

    def _end(self, key: Hashable, call: "Future[BaseModel]") -> None:
        with self._lock:
            if self._calls.get(key) is call:
                del self._calls[key]
            if not _has_failed(call):
                self._answers[key] = call.result()


def _has_failed(call: "Future[BaseModel]") -> bool:
    return call.done() and (call.cancelled() or call.exception() is not None)
