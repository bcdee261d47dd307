"""An event loop in a thread of its own, for calls that must end when their time is up.

A blocking socket can be kept busy for ever by a server that drips a byte at a time; a task can be
cancelled at any moment, which closes its connection.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundLoop:
    """Runs coroutines for threads that wait for them."""

    def __init__(self, name: str) -> None:
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begins the work; the future is for other threads than the loop's."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancels what is running, waits for it to end, runs `last`, then ends the thread."""
        self.start(_cancel_the_others()).result()
        self.start(last).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        # What is left at the end is cancelled, and threads that look up names are waited for.
        with self._runner:
            self._loop.run_forever()


async def _cancel_the_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
