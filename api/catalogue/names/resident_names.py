"""The names that a process holds, renewed when the catalogue changes."""

import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic

from api.catalogue.names.catalogue_names import CatalogueNames

log = logging.getLogger(__name__)

# Names that are read in less time are read while the request waits.
_SHORT_SECONDS = 0.1
# Reading takes this share of one processor at most while a long job changes the catalogue.
_SHARE = 0.05


class ResidentNames:
    """Thread-safe. In a large catalogue new names are found some seconds after they were written,
    and nobody waits for them; who asks first after a start does."""

    def __init__(
        self, read: Callable[[], CatalogueNames], clock: Callable[[], float] = monotonic
    ) -> None:
        """`clock` tells seconds."""
        self._read = read
        self._clock = clock
        self._names: CatalogueNames | None = None
        self._reading = Lock()
        self._took_seconds = 0.0
        self._read_at = 0.0

    def current(self, version: int) -> CatalogueNames:
        """The names of this version of the catalogue or, as long as they are read, of before."""
        names = self._names
        if names is not None and names.version == version:
            return names
        if names is None or self._took_seconds < _SHORT_SECONDS:
            with self._reading:
                if self._names is None or self._names.version != version:
                    self._renew()
                assert self._names is not None  # noqa: S101 - it has just been read
                return self._names
        is_due = self._clock() - self._read_at > self._took_seconds / _SHARE
        if is_due and self._reading.acquire(blocking=False):
            Thread(target=self._renew_beside, name="names", daemon=True).start()
        return names

    def wait(self) -> None:
        """Until nothing is read beside the requests."""
        with self._reading:
            pass

    def _renew(self) -> None:
        started = self._clock()
        self._names = self._read()
        self._read_at = self._clock()
        self._took_seconds = self._read_at - started

    def _renew_beside(self) -> None:
        try:
            self._renew()
        except Exception as error:  # the names of before stay
            self._read_at = self._clock()
            log.warning("names not read", extra={"fields": {"error": type(error).__name__}})
        finally:
            self._reading.release()
