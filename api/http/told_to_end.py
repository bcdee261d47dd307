"""Work before the service serves, which does not keep it from ending."""

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

import uvicorn

_LOOK_SECONDS = 0.05

Made = TypeVar("Made")


async def unless_told_to_end(work: Callable[[], Made]) -> Made | None:
    """What the work makes in a thread of its own, or raises; None once the server is told to end.

    uvicorn notes the signal, and acts on it when the application has started. The work, which may
    wait for a statement of minutes, is left alone then and ends with the process.
    """
    made: Future[Made] = Future()
    # A daemon: Python waits for others as it ends.
    Thread(target=_settle, args=(made, work), name="start", daemon=True).start()
    result = asyncio.wrap_future(made)
    while not (await asyncio.wait({result}, timeout=_LOOK_SECONDS))[0]:
        if _is_told_to_end():
            return None
    return result.result()


def _settle(made: Future[Made], work: Callable[[], Made]) -> None:
    try:
        made.set_result(work())
    except BaseException as error:
        made.set_exception(error)


def _is_told_to_end() -> bool:
    """Whether the server whose handlers of signals are in place has had one."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return isinstance(server, uvicorn.Server) and server.should_exit
