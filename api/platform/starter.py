"""A process that ends with the one that started it, however that one ends: its standard input is a
pipe whose other end nobody else holds, and which the system closes for whoever is killed."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

_STANDARD_INPUT = 0
# To remove what is unfinished and to call off a statement; what is left is of no use to anybody.
_ENDS_WITHIN_SECONDS = 2.0


@contextmanager
def held_input() -> Iterator[int]:
    """The standard input of a process that is to live no longer than the block or this process."""
    reads, writes = os.pipe()  # no other process that is started from here inherits them
    try:
        yield reads
    finally:
        os.close(writes)
        os.close(reads)


def end_with_starter() -> None:
    """From now on the end of the standard input ends this process: as Ctrl-C does, and without
    further ado where that takes long. Call it in the main thread."""
    # Not SIGINT, which is ignored by what a script starts in the background.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    Thread(target=_watch, name="starter", daemon=True).start()


def _watch() -> None:
    while os.read(_STANDARD_INPUT, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_ENDS_WITHIN_SECONDS)
    os._exit(1)
