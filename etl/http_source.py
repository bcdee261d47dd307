"""An HTTP server that is asked politely: at a bounded rate, again after a fault, never for ever.

Shared by the clients of TMDB and whoever else serves JSON. A key in the query never leaves this
module: messages carry the path alone, and the library's own request log is silenced.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

import httpx2
import orjson

from api.errors import ConfigurationError, UpstreamUnavailable
from etl.token_bucket import TokenBucket

T = TypeVar("T")

_ATTEMPTS = 7
_FIRST_BACKOFF_SECONDS = 0.5
_LONGEST_BACKOFF_SECONDS = 30.0
_LONGEST_RETRY_AFTER_SECONDS = 120.0
_LARGEST_JSON_BYTES = 16 * 2**20
_LARGEST_DOWNLOAD_BYTES = 2**30
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_WORTH_ANOTHER_TRY = {408, 425, 429, 500, 502, 503, 504}


class _Unusable(Exception):
    """An answer worth asking for again."""

    def __init__(self, reason: str, *, retry_after_seconds: float | None = None) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(reason)


class HttpSource:
    """A client of one base URL; threads may share it."""

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        rate_per_second: float,
        unauthorised: str = "",
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        connections: int = 8,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: random.Random | None = None,
    ) -> None:
        """`name` and `unauthorised` are for messages: who failed, and what to do about a 401."""
        logging.getLogger("httpx2").setLevel(logging.WARNING)  # it logs URLs with their query
        self._name = name
        self._unauthorised = unauthorised
        self._bucket = TokenBucket(rate_per_second, clock=clock, sleep=sleep)
        self._sleep = sleep
        self._chance = chance or random.Random()  # noqa: S311 - jitter, not cryptography
        self._client = httpx2.Client(
            base_url=f"{base_url.rstrip('/')}/",
            headers={"User-Agent": "seenemall", **(headers or {})},
            params=query,
            timeout=_TIMEOUT,
            limits=httpx2.Limits(max_connections=connections),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._client.close()

    def get_json(self, path: str, query: Mapping[str, str] | None = None) -> object | None:
        """The JSON object at `path`, or None where there is none (404).

        Raises UpstreamUnavailable after the last try, ConfigurationError for a refused key.
        """
        return self._persistently(path, lambda: self._ask_json(path, query or {}))

    def post_json(self, path: str, document: Mapping[str, object]) -> object | None:
        """The JSON object that answers `document`, as of `get_json`.

        It may be asked more than once, so it must be a question and not an order.
        """
        return self._persistently(path, lambda: self._ask_json(path, {}, document))

    def download(self, path: str, into: BinaryIO) -> bool:
        """Writes the file at `path` to `into` from its start; False where there is none."""
        return self._persistently(path, lambda: self._ask_file(path, into))

    def _persistently(self, path: str, ask: Callable[[], T]) -> T:
        reason = ""
        for attempt in range(_ATTEMPTS):
            self._bucket.take()
            try:
                return ask()
            except _Unusable as error:
                reason = str(error)
                self._wait(attempt, error.retry_after_seconds)
            except httpx2.TransportError as error:
                reason = type(error).__name__
                self._wait(attempt, None)
        raise UpstreamUnavailable(f"{self._name} gave no answer to {path}: {reason}.")

    def _wait(self, attempt: int, retry_after_seconds: float | None) -> None:
        if attempt == _ATTEMPTS - 1:
            return
        if retry_after_seconds is not None:  # said to one, meant for all who share the rate
            self._bucket.hold(min(retry_after_seconds, _LONGEST_RETRY_AFTER_SECONDS))
            return
        longest = min(_FIRST_BACKOFF_SECONDS * 2**attempt, _LONGEST_BACKOFF_SECONDS)
        self._sleep(longest * self._chance.uniform(0.5, 1.0))

    def _ask_json(
        self, path: str, query: Mapping[str, str], document: Mapping[str, object] | None = None
    ) -> object | None:
        method = "GET" if document is None else "POST"
        with self._client.stream(method, path, params=query, json=document) as response:
            if response.status_code == httpx2.codes.NOT_FOUND:
                return None
            self._refuse_failure(response, path)
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > _LARGEST_JSON_BYTES:
                    raise UpstreamUnavailable(f"{self._name} sent too much for {path}.")
        try:
            document = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise _Unusable("the answer is not JSON") from error
        if not isinstance(document, dict):
            raise _Unusable("the answer is not a JSON object")
        return document

    def _ask_file(self, path: str, into: BinaryIO) -> bool:
        into.seek(0)
        into.truncate()
        with self._client.stream("GET", path) as response:
            # TMDB's file server says 403 for a file that does not exist.
            if response.status_code in {httpx2.codes.NOT_FOUND, httpx2.codes.FORBIDDEN}:
                return False
            self._refuse_failure(response, path)
            for chunk in response.iter_raw():
                into.write(chunk)
                if into.tell() > _LARGEST_DOWNLOAD_BYTES:
                    raise UpstreamUnavailable(f"{self._name} sent too much for {path}.")
        return True

    def _refuse_failure(self, response: httpx2.Response, path: str) -> None:
        status = response.status_code
        if status == httpx2.codes.OK:
            return
        if status == httpx2.codes.UNAUTHORIZED:
            raise ConfigurationError(self._unauthorised or f"{self._name} wants a key.")
        if status in _WORTH_ANOTHER_TRY:
            after = _seconds(response.headers.get("Retry-After"))
            raise _Unusable(f"status {status}", retry_after_seconds=after)
        raise UpstreamUnavailable(f"{self._name} answered {status} to {path}.")


def _seconds(retry_after: str | None) -> float | None:
    # The header's other form, a date, is answered with a backoff of our own.
    return float(retry_after) if retry_after is not None and retry_after.isdecimal() else None
