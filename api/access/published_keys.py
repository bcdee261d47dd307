"""The public keys that sign tokens, fetched beside the requests and never in one.

A host that is away, slow or answers nonsense costs no request more than a moment: what was fetched
before is used on, and the next try waits, longer after each failure.
"""

import logging
import time
from collections.abc import Iterator
from threading import BoundedSemaphore, Condition, Thread

import httpx2
import orjson
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from api.platform.errors import NotAuthenticated, UpstreamUnavailable

log = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 3.0
_MOST_BYTES = 1024 * 1024
_REFRESH_SECONDS = 300.0
# An unknown key may be a new one, or a stranger's invention: it is looked for so often at most.
_SOONEST_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 60.0
# So many requests may wait for a fetch that is due; the others are told to come back.
_MOST_WAITING = 4
_WAIT_SECONDS = 1.0


class PublishedKeys:
    """The keys of one URL."""

    def __init__(self, url: str) -> None:
        """Fetches nothing before `open`, or before the first key is asked for."""
        self._url = url
        self._keys: dict[str, PyJWK] | None = None  # by key id, as of the last good fetch
        self._changed = Condition()
        self._thread: Thread | None = None
        self._is_closed = False
        self._is_wanted = True  # before its time
        self._next_at = 0.0  # on the monotonic clock: the soonest next fetch
        self._pause = _SOONEST_SECONDS / 2
        self._waiting = BoundedSemaphore(_MOST_WAITING)

    def open(self) -> None:
        """Begins to fetch."""
        with self._changed:
            if self._thread is None and not self._is_closed:
                self._thread = Thread(target=self._keep_fetching, name="jwks", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Ends the fetching."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def key(self, key_id: str) -> PyJWK:
        """The key with this id.

        Raises NotAuthenticated when it is not published, UpstreamUnavailable while nothing could
        be fetched.
        """
        found = (self._keys or {}).get(key_id) or self._after_fetch(key_id)
        if found is not None:
            return found
        if self._keys is None:
            raise UpstreamUnavailable("The keys that sign tokens cannot be fetched now.")
        raise NotAuthenticated("The token is signed with a key that is not published.")

    def _after_fetch(self, key_id: str) -> PyJWK | None:
        """The key if a fetch that is due brings it within a second."""
        self.open()
        if not self._waiting.acquire(blocking=False):
            return None
        try:
            with self._changed:
                if time.monotonic() < self._next_at and not self._is_wanted:
                    return None
                self._is_wanted = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: not self._is_wanted, timeout=_WAIT_SECONDS)
                return (self._keys or {}).get(key_id)
        finally:
            self._waiting.release()

    def _keep_fetching(self) -> None:
        while not self._is_closed:
            fetched = self._fetch()
            with self._changed:
                now = time.monotonic()
                if fetched is not None:
                    self._keys = fetched
                    self._pause = _SOONEST_SECONDS / 2
                    self._next_at = now + _SOONEST_SECONDS
                else:
                    self._pause = min(2 * self._pause, _LONGEST_PAUSE_SECONDS)
                    self._next_at = now + self._pause
                self._is_wanted = False
                self._changed.notify_all()
                self._wait(_REFRESH_SECONDS if fetched is not None else self._pause)

    def _wait(self, seconds: float) -> None:
        """Until it is time again, or a key is wanted that is not known and a fetch is allowed."""
        self._changed.wait_for(lambda: self._is_closed or self._is_wanted, timeout=seconds)

    def _fetch(self) -> dict[str, PyJWK] | None:
        try:
            with httpx2.stream("GET", self._url, timeout=_TIMEOUT_SECONDS) as answer:
                answer.raise_for_status()
                body = b"".join(_bounded(answer))
            keys = PyJWKSet.from_dict(orjson.loads(body)).keys
        except (httpx2.HTTPError, PyJWTError, ValueError, TypeError, AttributeError) as error:
            fields = {"error": type(error).__name__}
            log.warning("keys of tokens not fetched", extra={"fields": fields})
            return None
        signing = (key for key in keys if key.public_key_use in ("sig", None))
        return {key.key_id: key for key in signing if key.key_id}


def _bounded(answer: httpx2.Response) -> Iterator[bytes]:
    size = 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > _MOST_BYTES:
            raise ValueError("the answer is too long")
        yield part
