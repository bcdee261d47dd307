"""Many clients at once over HTTP/1.1, so light that they leave the processors to the service."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

GAVE_UP = 0  # the status of what was not answered within a client's patience

_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Answers:
    """What clients got: how often each status, and the seconds of each 200."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    without_retry_after: int = 0  # of the 503

    def percentile(self, percent: int) -> float:
        """Of the 200, in milliseconds."""
        ordered = sorted(self.seconds)
        place = min(len(ordered) * percent // 100, len(ordered) - 1)
        return ordered[place] * 1000 if ordered else float("nan")


class Clients:
    """Keep-alive connections to one port, as many as are in use at once."""

    def __init__(self, port: int, paths: Iterator[str], *, patience_seconds: float) -> None:
        """`paths` are asked for one after the other."""
        self._port = port
        self._paths = paths
        self._patience = patience_seconds
        self._idle: list[_Connection] = []

    async def closed(self, clients: int, seconds: float) -> Answers:
        """So many clients, each of whom asks again once it is answered."""
        answers, ends = Answers(), time.monotonic() + seconds

        async def one() -> None:
            while time.monotonic() < ends:
                await self.ask(answers)

        await asyncio.gather(*(one() for _ in range(clients)))
        return answers

    async def open(
        self, per_second: float, seconds: float, then: Callable[[], Awaitable[None]]
    ) -> Answers:
        """Clients who come at this rate, however many wait already; once the last has come `then`
        is done beside those who wait."""
        answers, began = Answers(), time.monotonic()
        tasks = set[asyncio.Task[float]]()
        for number in range(int(per_second * seconds)):
            await asyncio.sleep(began + number / per_second - time.monotonic())
            task = asyncio.create_task(self.ask(answers))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(then(), *tasks)
        return answers

    async def ask(self, answers: Answers) -> float:
        """One request; its seconds, infinite for anything but a 200 in time."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._patience):
                connection = self._idle.pop() if self._idle else await self._connect()
                try:
                    status, head = await _answered(connection, next(self._paths))
                except BaseException:
                    connection[1].transport.abort()
                    raise
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            answers.statuses[GAVE_UP] += 1
            return float("inf")
        if b"\r\nconnection: close" in head:
            connection[1].close()
        else:
            self._idle.append(connection)
        answers.statuses[status] += 1
        if status == 503:
            answers.without_retry_after += b"\r\nretry-after:" not in head
        if status != 200:
            return float("inf")
        took = time.monotonic() - began
        answers.seconds.append(took)
        return took

    def close(self) -> None:
        """Closes what is idle."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _connect(self) -> _Connection:
        return await asyncio.open_connection("127.0.0.1", self._port)


async def _answered(connection: _Connection, path: str) -> tuple[int, bytes]:
    """Status and head, in lower case; the body is read and thrown away."""
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, _, rest = head.partition(b"\r\ncontent-length:")
    await reader.readexactly(int(rest.partition(b"\r\n")[0]))
    return int(head.split(b" ", 2)[1]), head


def run_clients(
    port: int,
    paths: Iterator[str],
    work: Callable[[Clients], Awaitable[Answers]],
    *,
    patience_seconds: float = 30.0,
) -> Answers:
    """Lets clients do this work, and closes their connections."""

    async def run() -> Answers:
        clients = Clients(port, paths, patience_seconds=patience_seconds)
        try:
            return await work(clients)
        finally:
            clients.close()

    return asyncio.run(run())
