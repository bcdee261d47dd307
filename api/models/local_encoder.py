"""The API process's encoder: loaded once in the background, bounded in time per call."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout

from api.domain.arrays import Floats
from api.models.encoder import Encoder
from api.platform.errors import EncoderUnavailable

_CONCURRENT_ENCODES = 2


class LocalEncoder:
    """Answers within `timeout_seconds` or says that it cannot; the service starts without it."""

    def __init__(self, load: Callable[[], Encoder], *, timeout_seconds: float) -> None:
        self._timeout_seconds = timeout_seconds
        self._threads = ThreadPoolExecutor(_CONCURRENT_ENCODES, thread_name_prefix="encoder")
        self._loaded: Future[Encoder] = self._threads.submit(load)

    def encode(self, texts: Sequence[str], *, model: str | None = None) -> Floats:
        """Unit vectors (len(texts), d), to be compared with vectors of `model` if one is named.

        Raises EncoderUnavailable when late, not loadable, or of another model.
        """
        running = self._threads.submit(self._encode, list(texts), model)
        try:
            return running.result(self._timeout_seconds)
        except FutureTimeout as error:
            running.cancel()
            raise EncoderUnavailable(
                f"The text encoder did not answer within {self._timeout_seconds:g} s."
            ) from error

    def problem(self, *, model: str | None = None, dimension: int | None = None) -> str | None:
        """Why it cannot encode for vectors of `model` now, in one sentence; None when it can."""
        if not self._loaded.done():
            return "The text encoder is still loading."
        error = self._loaded.exception()
        if error is not None:
            return str(error)
        encoder = self._loaded.result()
        if (sentence := _mismatch(encoder, model)) is not None:
            return sentence
        if dimension not in (None, encoder.dimension):
            return (
                f"The vectors in use have {dimension} dimensions, but {encoder.name} gives "
                f"{encoder.dimension}; put the model back that they were made with."
            )
        return None

    def close(self) -> None:
        """Ends the threads; what is running finishes."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _encode(self, texts: list[str], model: str | None) -> Floats:
        encoder = self._loaded.result()
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
