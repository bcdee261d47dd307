"""An HTTP server that is asked politely: at a bounded rate, again after a fault, never for ever.

Shared by the clients of TMDB and whoever else serves JSON. A key in the query never leaves this
module: messages carry the path alone, and the library's own request log is silenced.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import BinaryIO, TypeVar

import httpx2
import orjson

from api.platform.errors import ConfigurationError, UpstreamUnavailable
from etl.pace import Pace

T = TypeVar("T")

_ATTEMPTS = 7
_FIRST_BACKOFF_SECONDS = 0.5
_LONGEST_BACKOFF_SECONDS = 30.0
_LONGEST_RETRY_AFTER_SECONDS = 120.0
_LARGEST_JSON_BYTES = 16 * 2**20
_LARGEST_DOWNLOAD_BYTES = 2**30
_LONGEST_DOWNLOAD_SECONDS = 3600.0
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
# Caches answer with the hour of the original; no cache is a day behind.
_CLOCKS_MAY_DIFFER = timedelta(days=1)
_WORTH_ANOTHER_TRY = {408, 425, 429, 500, 502, 503, 504}


_CALLED: Mapping[type, str] = {dict: "object", list: "list"}


class _Unusable(Exception):
    """An answer worth asking for again."""

    def __init__(
        self, reason: str, *, retry_after_seconds: float | None = None, too_many: bool = False
    ) -> None:
        self.retry_after_seconds = retry_after_seconds
        self.too_many = too_many
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
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: random.Random | None = None,
    ) -> None:
        """`name` and `unauthorised` are for messages: who failed, and what to do about a 401.

        `clock` measures the pace, `now` is compared with the dates of JSON answers.
        """
        logging.getLogger("httpx2").setLevel(logging.WARNING)  # it logs URLs with their query
        self._name = name
        self._unauthorised = unauthorised
        self._pace = Pace(rate_per_second, clock=clock, sleep=sleep)
        self._clock = clock
        self._sleep = sleep
        self._now = now
        self._chance = chance or random.Random()  # noqa: S311 - jitter, not cryptography
        self._client = httpx2.Client(
            base_url=f"{base_url.rstrip('/')}/",
            headers={"User-Agent": "seenemall", **(headers or {})},
            params=query,
            timeout=_TIMEOUT,
            limits=httpx2.Limits(max_connections=connections),
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    @property
    def requests(self) -> int:
        """Requests sent so far, tries again included, by all that keep to this pace."""
        return self._pace.requests

    def keep_pace_of(self, other: "HttpSource") -> None:
        """Counts this source's requests among the other's: together they stay below its rate."""
        self._pace = other._pace

    def get_json(self, path: str, query: Mapping[str, str] | None = None) -> object | None:
        """The JSON object at `path`, or None where there is none (404).

        Raises UpstreamUnavailable after the last try, ConfigurationError for a refused key and for
        a local clock that is a day or more from the server's.
        """
        return self._persistently(
            path, lambda answered: self._ask_json(path, query or {}, answered)
        )

    def get_list(self, path: str, query: Mapping[str, str]) -> list[object]:
        """The JSON list at `path`, empty where there is none (404); raises as `get_json`."""
        found = self._persistently(
            path, lambda answered: self._ask_json(path, query, answered, kind=list)
        )
        return found if isinstance(found, list) else []

    def post_json(self, path: str, document: Mapping[str, object]) -> object | None:
        """The JSON object that answers `document`, as of `get_json`.

        It may be asked more than once, so it must be a question and not an order.
        """
        return self._persistently(
            path, lambda answered: self._ask_json(path, {}, answered, document)
        )

    def download(
        self, path: str, into: BinaryIO, *, most_bytes: int = _LARGEST_DOWNLOAD_BYTES
    ) -> bool:
        """Writes the file at `path` to `into` from its start; False where there is none.

        Raises UpstreamUnavailable after the last try, and for one that is larger or takes an hour.
        """
        return self._persistently(
            path, lambda answered: self._ask_file(path, into, answered, most_bytes)
        )

    def _persistently(self, path: str, ask: Callable[[Callable[[], None]], T]) -> T:
        reason = ""
        for attempt in range(_ATTEMPTS):
            try:
                with self._pace.request() as answered:
                    return ask(answered)
            except _Unusable as error:
                reason = str(error)
                self._wait(attempt, error)
            except httpx2.RequestError as error:  # a damaged compressed body among them
                reason = type(error).__name__
                self._wait(attempt, _Unusable(reason))
        raise UpstreamUnavailable(f"{self._name} gave no answer to {path}: {reason}.")

    def _wait(self, attempt: int, refusal: _Unusable) -> None:
        longest = min(_FIRST_BACKOFF_SECONDS * 2**attempt, _LONGEST_BACKOFF_SECONDS)
        wait_seconds = longest * self._chance.uniform(0.5, 1.0)
        if refusal.retry_after_seconds is not None:
            wait_seconds = min(refusal.retry_after_seconds, _LONGEST_RETRY_AFTER_SECONDS)
        if refusal.too_many:  # sent to one, meant for all who share the rate
            self._pace.hold(wait_seconds)
        elif attempt < _ATTEMPTS - 1:
            self._sleep(wait_seconds)

    def _ask_json(
        self,
        path: str,
        query: Mapping[str, str],
        answered: Callable[[], None],
        document: Mapping[str, object] | None = None,
        *,
        kind: type = dict,
    ) -> object | None:
        method = "GET" if document is None else "POST"
        with self._client.stream(method, path, params=query, json=document) as response:
            answered()
            if response.status_code == httpx2.codes.NOT_FOUND:
                return None
            self._refuse_failure(response, path)
            self._compare_clocks(response)
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > _LARGEST_JSON_BYTES:
                    raise UpstreamUnavailable(f"{self._name} sent too much for {path}.")
        parsed = _parsed(body)
        if not isinstance(parsed, kind):
            raise _Unusable(f"the answer is not a JSON {_CALLED[kind]}")
        return parsed

    def _ask_file(
        self, path: str, into: BinaryIO, answered: Callable[[], None], most_bytes: int
    ) -> bool:
        into.seek(0)
        into.truncate()
        ends = self._clock() + _LONGEST_DOWNLOAD_SECONDS
        with self._client.stream("GET", path) as response:
            answered()
            # TMDB's file server answers 403 for a file that does not exist.
            if response.status_code in {httpx2.codes.NOT_FOUND, httpx2.codes.FORBIDDEN}:
                return False
            self._refuse_failure(response, path)
            for chunk in response.iter_raw():
                into.write(chunk)
                if into.tell() > most_bytes:
                    raise UpstreamUnavailable(f"{self._name} sent too much for {path}.")
                if self._clock() > ends:  # no pause of the line is too long for a timeout
                    raise UpstreamUnavailable(f"{self._name} took too long to send {path}.")
        return True

    def _refuse_failure(self, response: httpx2.Response, path: str) -> None:
        status = response.status_code
        if status == httpx2.codes.OK:
            return
        if status == httpx2.codes.UNAUTHORIZED:
            raise ConfigurationError(self._unauthorised or f"{self._name} wants a key.")
        if status in _WORTH_ANOTHER_TRY:
            raise _Unusable(
                f"status {status}",
                retry_after_seconds=_seconds(response.headers.get("Retry-After")),
                too_many=status == httpx2.codes.TOO_MANY_REQUESTS,
            )
        raise UpstreamUnavailable(f"{self._name} answered {status} to {path}.")

    def _compare_clocks(self, response: httpx2.Response) -> None:
        try:
            theirs = parsedate_to_datetime(response.headers.get("Date", ""))
            apart = abs(theirs - self._now())
        except (TypeError, ValueError):  # no date, or one without a zone
            return
        if apart > _CLOCKS_MAY_DIFFER:
            raise ConfigurationError(
                f"This machine's clock says {self._now():%Y-%m-%d %H:%M} UTC and {self._name}'s "
                f"{theirs:%Y-%m-%d %H:%M}; set this one right before anything is dated by it."
            )


def _seconds(retry_after: str | None) -> float | None:
    # The header's other form, a date, is answered with a backoff of our own.
    return float(retry_after) if retry_after is not None and retry_after.isdecimal() else None


def _parsed(body: bytes | bytearray) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        # More lenient: a NaN, half a surrogate pair or a huge number costs its value, not the rest.
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Unusable("the answer is not JSON") from error
