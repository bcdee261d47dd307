"""Something that a process holds in memory and replaces as a whole when the catalogue changes."""

import logging
from collections.abc import Callable
from threading import Lock, Timer
from time import monotonic
from typing import Generic, Protocol, TypeVar

from api.platform.memory import give_back

log = logging.getLogger(__name__)

# What is read in less time is read while the request waits.
_SHORT_SECONDS = 0.1
# What takes longer reads whole tables and leaves memory behind; to give it back stops every thread
# of a large process for a second.
_LONG_SECONDS = 3.0
# What is read beside the requests begins after these: by then the one that has found it missing is
# answered, and most come one at a time.
_BESIDE_AFTER_SECONDS = 0.025
# Where the newest there is was older than what was asked for, it is looked for again after these.
_LOOK_AGAIN_SECONDS = 2.0
# Reading takes this share of one processor at most while a long job changes the catalogue.
_SHARE = 0.05


class Versioned(Protocol):
    """What was read from a catalogue of this version, or of a later one."""

    @property
    def version(self) -> int: ...


Held = TypeVar("Held", bound=Versioned)


class Resident(Generic[Held]):
    """Thread-safe: what is held never changes, and the next takes its place by one assignment.

    Who asks first after a start waits. Of a large catalogue the next is read beside the requests,
    which use the one before for some seconds.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[], Held],
        clock: Callable[[], float] = monotonic,
        *,
        is_awaited: Callable[[Held], bool] | None = None,
    ) -> None:
        """`name` stands in logs; `clock` tells seconds.

        `is_awaited` tells of what is held whether requests wait for the next of its kind; None:
        where the last was read fast.
        """
        self._name = name
        self._read = read
        self._clock = clock
        self._is_awaited = is_awaited
        self._held: Held | None = None
        self._reading = Lock()
        self._took_seconds = 0.0
        self._read_at = 0.0
        self._lags = False  # what was read last was older than what was asked for

    def current(self, version: int) -> Held:
        """What is of this version or later or, as long as that is being read, of before.

        Raises what reading raises, where the request waits for it.
        """
        held = self._held
        if held is not None and held.version >= version:
            return held
        if held is None or self._waits_for_next(held):
            return self._read_now(version)
        self._read_beside(version)
        return held

    def at_hand(self, version: int) -> Held | None:
        """What `current` returns where it waits for nothing and has nothing read."""
        held = self._held
        return held if held is not None and held.version >= version else None

    def renewed(self, held: Held) -> Held:
        """What is read in place of `held`, which has had its time, or `held` while that is read."""
        if not self._waits_for_next(held):
            self._read_beside(held.version)
            return held
        with self._reading:
            # Somebody else may have read it while this one waited for the lock.
            newest = self._held
            return self._renew(held.version) if newest is None or newest is held else newest

    def wait(self) -> None:
        """Until nothing is read beside the requests."""
        with self._reading:
            pass

    def _waits_for_next(self, held: Held) -> bool:
        if self._is_awaited is not None:
            return self._is_awaited(held)
        return self._took_seconds < _SHORT_SECONDS and not self._lags

    def _read_beside(self, version: int) -> None:
        if self._is_due() and self._reading.acquire(blocking=False):
            renewing = Timer(_BESIDE_AFTER_SECONDS, self._renew_beside, (version,))
            renewing.name = self._name
            renewing.daemon = True  # a process that ends does not wait for what nobody will ask
            renewing.start()

    def _is_due(self) -> bool:
        rest = max(self._took_seconds / _SHARE, _LOOK_AGAIN_SECONDS if self._lags else 0.0)
        return self._clock() - self._read_at > rest

    def _read_now(self, version: int) -> Held:
        with self._reading:
            held = self._held
            # Somebody else may have read it while this one waited for the lock.
            if held is None or held.version < version:
                held = self._renew(version)
            return held

    def _renew(self, version: int) -> Held:
        started = self._clock()
        held = self._read()
        self._held, self._read_at = held, self._clock()
        self._took_seconds = self._read_at - started
        self._lags = held.version < version
        return held

    def _renew_beside(self, version: int) -> None:
        try:
            self._renew(version)
            if self._took_seconds > _LONG_SECONDS:
                give_back()
        except Exception as error:  # what is held stays, and is tried again when it is due
            self._read_at = self._clock()
            fields = {"what": self._name, "error": type(error).__name__}
            log.warning("not read anew", extra={"fields": fields})
        finally:
            self._reading.release()
