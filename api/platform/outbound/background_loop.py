"""A portal to an event loop in a thread of its own, for calls that must end when their time is up.

A blocking socket can be kept busy for ever by a server that drips a byte at a time; a task can be
cancelled at any moment, which closes its connection. AnyIO's portal is either left to finish its
calls or takes everything down at once, so the calls have one of their own within it: they are
cancelled first, and the client that they use is closed when they have ended.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from anyio.abc import TaskStatus
from anyio.from_thread import BlockingPortal, start_blocking_portal


@contextmanager
def background_loop(
    name: str, *, at_end: Callable[[], Awaitable[None]]
) -> Iterator[BlockingPortal]:
    """Runs coroutines for threads that wait for them.

    The end of the block cancels what is running, waits for it to end, runs `at_end` on the same
    loop, then ends the thread. Starting a call waits for the loop to take it, so nothing may block
    the loop.
    """

    async def take_calls(*, task_status: TaskStatus[BlockingPortal]) -> None:
        async with BlockingPortal() as calls:
            task_status.started(calls)
            await calls.sleep_until_stopped()
        await at_end()

    with start_blocking_portal(name=name) as portal:
        ended, calls = portal.start_task(take_calls)
        try:
            yield calls
        finally:
            portal.call(calls.stop, True)
            ended.result()
