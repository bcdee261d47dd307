"""A process that serves, of several: it shares what it imports with the others, takes connections
beside them, and its parent learns at once that it died."""

import ctypes
import signal
import sys
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from socket import SO_REUSEADDR, SO_REUSEPORT, SOL_SOCKET, socket

from uvicorn.supervisors import multiprocess

_PR_SET_PDEATHSIG = 1  # of Linux' prctl.h


def forked_from_one() -> BaseContext:
    """What starts processes as copies of one that has imported what they serve.

    Copies share its memory as long as they do not write to it, and begin without importing. The one
    has no threads, whose locks a copy would find closed for ever. On macOS, whose own libraries of
    arithmetic do not work in copies, each process imports for itself.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["api.http.imported"])
    return context


class WatchedProcess(multiprocess.Process):
    """uvicorn's, with the child's end of their pipe held by the child alone.

    Held by the parent as well, it keeps a question open that a dead child never answers: for as
    long as `timeout_worker_healthcheck` nobody that died was started anew, measured as 60 s after 9
    of 22 kills on a busy machine.
    """

    def start(self) -> None:
        """Starts the child, which has its end from now on."""
        super().start()
        self.child_conn.close()

    def target(self, sockets: list[socket] | None = None) -> None:
        """Serves, in the child."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Without the one that it is a copy of nobody would learn that it lives, and another would
        # be started in its place.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        super().target(None if sockets is None else [beside(one) for one in sockets])


def beside(shared: socket) -> socket:
    """A socket of this process alone on the address of one that all of them have, not listening.

    Linux deals connections out among such sockets. Of a shared one whoever wakes up first takes all
    that wait: a pool of eight connections was mostly served by one of two processes. Elsewhere, and
    where the address cannot be had again, the shared one.
    """
    if sys.platform != "linux":
        return shared
    own = socket(shared.family, shared.type)
    try:
        shared.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        own.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        own.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        own.bind(shared.getsockname())
    except OSError:
        own.close()
        return shared
    return own
