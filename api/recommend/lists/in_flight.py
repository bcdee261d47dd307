"""Equal first pages that are asked for at the same time are made once."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class InFlight(Generic[Made]):
    """What is being made, by everything that it depends on. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: dict[Hashable, Future[Made]] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> tuple[Made, bool]:
        """What `make` returns, or what it is just returning to another thread for the same key;
        and whether it was made for this one. Raises what `make` raises, to all who wait for it."""
        with self._lock:
            other = self._making.get(key)
            if other is None:
                own = self._making[key] = Future[Made]()
        if other is not None:
            return other.result(), False
        try:
            made = make()
        except BaseException as error:
            own.set_exception(error)
            raise
        else:
            own.set_result(made)
            return made, True
        finally:
            with self._lock:
                del self._making[key]
