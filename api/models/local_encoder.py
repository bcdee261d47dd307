"""The API process's encoder: loaded in the background, bounded in time per call.

The graph comes from a job, which may end after the service began: what could not be loaded is tried
again after a while.
"""

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from threading import Lock

from api.domain.arrays import Floats
from api.models.encoder import Encoder
from api.platform.errors import EncoderUnavailable

_CONCURRENT_ENCODES = 2
_RETRY_SECONDS = 10.0


class LocalEncoder:
    """Answers within `timeout_seconds` or raises; the service starts without it."""

    def __init__(
        self,
        load: Callable[[], Encoder],
        *,
        timeout_seconds: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._timeout_seconds = timeout_seconds
        self._monotonic = monotonic
        self._threads = ThreadPoolExecutor(_CONCURRENT_ENCODES, thread_name_prefix="encoder")
        self._lock = Lock()
        self._loaded: Future[Encoder] = self._threads.submit(load)
        self._again_at = monotonic() + _RETRY_SECONDS

    def encode(self, texts: Sequence[str], *, model: str | None = None) -> Floats:
        """Unit vectors (len(texts), d), to be compared with vectors of `model` if one is named.

        Raises EncoderUnavailable when late, not loadable, or of another model.
        """
        running = self._threads.submit(self._encode, self._last_load(), list(texts), model)
        try:
            return running.result(self._timeout_seconds)
        except FutureTimeout as error:
            running.cancel()
            raise EncoderUnavailable(
                f"The text encoder did not answer within {self._timeout_seconds:g} s."
            ) from error

    def problem(self, *, model: str | None = None, dimension: int | None = None) -> str | None:
        """Why it cannot encode for vectors of `model` now, in one sentence; None when it can."""
        loaded = self._last_load()
        if not loaded.done():
            return "The text encoder is still loading."
        error = loaded.exception()
        if error is not None:
            return str(error)
        encoder = loaded.result()
        if (sentence := _mismatch(encoder, model)) is not None:
            return sentence
        if dimension not in (None, encoder.dimension):
            return (
                f"The vectors in use have {dimension} dimensions, but {encoder.name} gives "
                f"{encoder.dimension}; put the model back that they were made with."
            )
        return None

    def close(self) -> None:
        """Ends the threads, when what is running has finished, and lets the model go."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            # 100 MB, which may otherwise wait long for a collection of garbage.
            self._loaded = Future()
            self._loaded.set_exception(EncoderUnavailable("The text encoder is closed."))
            self._again_at = math.inf

    def _last_load(self) -> Future[Encoder]:
        """The present load; a new one starts some time after one that failed."""
        with self._lock:
            has_failed = self._loaded.done() and self._loaded.exception() is not None
            if has_failed and self._monotonic() >= self._again_at:
                self._again_at = self._monotonic() + _RETRY_SECONDS
                self._loaded = self._threads.submit(self._load)
            return self._loaded

    def _encode(self, loaded: Future[Encoder], texts: list[str], model: str | None) -> Floats:
        encoder = loaded.result()
        if (sentence := _mismatch(encoder, model)) is not None:
            raise EncoderUnavailable(sentence)
        return encoder.encode(texts)


def _mismatch(encoder: Encoder, model: str | None) -> str | None:
    if model in (None, encoder.name):
        return None
    return (
        f"The vectors in use are of {model}, but this process encodes with {encoder.name}; "
        f"start it again with EMBED_MODEL set to {model}."
    )
