"""A worker in a process of its own for as long as the service runs: queued jobs are worked on."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

log = logging.getLogger(__name__)

# A worker gives its jobs a minute to reach the end of a batch, and then ends anyway.
_STOPS_WITHIN_SECONDS = 70
_WORKER = (sys.executable, "-m", "api.commands.seenemall", "job", "worker")
_FIRST_PAUSE_SECONDS = 1.0  # before one that died is started again; then twice as long each time
_LONGEST_PAUSE_SECONDS = 60.0  # who lives as long begins with the first pause again


class _Kept:
    """A worker that is started again when it dies, whatever of."""

    def __init__(self) -> None:
        self._ends, self._lock = Event(), Lock()
        self._process = _started()
        self._thread = Thread(target=self._keep, name="worker-beside", daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while True:
            began = time.monotonic()
            status = self._process.wait()
            if time.monotonic() - began > _LONGEST_PAUSE_SECONDS:
                pause = _FIRST_PAUSE_SECONDS
            if self._ends.wait(pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            with self._lock:
                if self._ends.is_set():
                    return
                log.warning(
                    "the worker died and is started again", extra={"fields": {"of": status}}
                )
                self._process = _started()

    def stop(self) -> None:
        """Ends it, and waits until it has ended."""
        with self._lock:
            self._ends.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=_STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(_WORKER, start_new_session=True, env=os.environ.copy())  # noqa: S603


@contextmanager
def worker_beside() -> Iterator[None]:
    """Starts `seenemall job worker`, and stops it at the end of the block.

    In a session of its own: a Ctrl-C reaches it once, as the end of the service.
    """
    # The server raises the signal that ended it once more, which would end this process as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    worker = _Kept()
    try:
        yield
    finally:
        worker.stop()
