"""Writes that another writer stood in the way of are done again."""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from psycopg import errors

log = logging.getLogger(__name__)

T = TypeVar("T")

# What a write refers to may vanish between reading and storing it: a user who is being deleted.
IN_THE_WAY = (errors.DeadlockDetected, errors.SerializationFailure, errors.ForeignKeyViolation)
_MOST_TRIES = 6
_PAUSE_SECONDS = 0.02


def retried(write: Callable[[], T]) -> T:
    """What `write` returns; it is a transaction or a statement of its own, and so undone when it
    fails. Raises the last error when it fails six times."""
    for tries in range(1, _MOST_TRIES):
        try:
            return write()
        except IN_THE_WAY as error:
            fields = {"error": type(error).__name__, "tries": tries}
            log.info("write done again", extra={"fields": fields})
            time.sleep(random.uniform(0, _PAUSE_SECONDS * tries))  # noqa: S311 - no secret
    return write()
