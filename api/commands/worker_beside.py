"""A worker in a process of its own for as long as the service runs: queued jobs are worked on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# A worker gives its jobs a minute to reach the end of a batch, and then ends anyway.
_STOPS_WITHIN_SECONDS = 70
_WORKER = (sys.executable, "-m", "api.commands.seenemall", "job", "worker")


@contextmanager
def worker_beside() -> Iterator[subprocess.Popen[bytes]]:
    """Starts `seenemall job worker`, and stops it at the end of the block.

    In a session of its own: a Ctrl-C reaches it once, as the end of the service.
    """
    # The server raises the signal that ended it once more, which would end this process as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    worker = subprocess.Popen(_WORKER, start_new_session=True, env=os.environ.copy())  # noqa: S603
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=_STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
