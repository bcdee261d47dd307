"""`python -m tests.attack.floods`: header floods, idle, dripping and slow clients, one by one.

Another client asks all the while. Peace and attack take turns, so that a machine that is busy with
other things is as busy in both. Its median wait must at most have doubled, it must have been
answered every time, and the resident memory must be back within 10 %.
"""

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.attack.probe import Probe, Waits
from tests.attack.target import Target, target

PATH = "/user/history?user_id=bystander"
_LEAST_MS = 5.0  # below it a doubled median is noise of the machine
Attack = Callable[[int, float], Awaitable[str]]  # what became of whoever attacks on this port


@dataclass(frozen=True)
class Outcome:
    """One attack: what others saw in peace and during it, and the memory before, at most, after."""

    name: str
    fate: str
    before: Waits
    during: Waits
    megabytes: tuple[float, float, float]

    @property
    def problems(self) -> list[str]:
        """What was not held."""
        found = []
        if self.during.p50 > 2 * max(self.before.p50, _LEAST_MS):
            found.append("the others' median more than doubled")
        if set(self.during.statuses) != {"200"}:
            found.append("the others were not always answered")
        if self.megabytes[2] > 1.1 * self.megabytes[0]:
            found.append("the memory did not come back")
        return found

    def __str__(self) -> str:
        before, peak, after = self.megabytes
        return (
            f"{self.name}: {self.fate}\n  others in peace: {self.before}\n"
            f"  others during: {self.during}, p50 {self.during.p50 / self.before.p50:.2f} of it\n"
            f"  resident MB before {before:.0f}, at most {peak:.0f}, after {after:.0f}\n"
            f"  {'; '.join(self.problems) or 'held'}"
        )


async def big_header(port: int, seconds: float) -> str:
    """150 MB of one header."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    block = b"x" * 1_000_000
    sent = 0
    try:
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Big: ")
        for _ in range(150):
            writer.write(block)
            await asyncio.wait_for(writer.drain(), seconds)
            sent += 1
        writer.write(b"\r\n\r\n")
    except (OSError, TimeoutError):
        pass
    return f"{sent} MB were taken; {await _answer(reader, seconds)}"


async def big_trailer(port: int, seconds: float) -> str:
    """A small body in chunks, then 50 MB of trailers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    line = b"X-T: " + b"y" * 990 + b"\r\n"
    sent = 0
    try:
        writer.write(b"POST /feedback HTTP/1.1\r\nHost: localhost\r\n")
        writer.write(b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")
        for _ in range(50):
            writer.write(line * 1000)
            await asyncio.wait_for(writer.drain(), seconds)
            sent += 1
        writer.write(b"\r\n")
    except (OSError, TimeoutError):
        pass
    return f"{sent} MB were taken; {await _answer(reader, seconds)}"


async def idle(port: int, seconds: float) -> str:
    """1,000 connections that say nothing."""
    return await _crowd(1000, port, seconds, b"", b"")


async def dripping(port: int, seconds: float) -> str:
    """1,000 connections whose head comes a byte a second."""
    return await _crowd(1000, port, seconds, b"GET /healthz HTTP/1.1\r\nX-Slow: ", b"a")


async def slow_bodies(port: int, seconds: float) -> str:
    """300 connections whose body comes a byte a second."""
    head = (
        b"POST /feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 100000\r\n\r\n"
    )
    return await _crowd(300, port, seconds, head, b" ")


ATTACKS: dict[str, Attack] = {
    "big-header": big_header,
    "big-trailer": big_trailer,
    "idle": idle,
    "dripping": dripping,
    "slow-bodies": slow_bodies,
}


async def _crowd(size: int, port: int, seconds: float, first: bytes, then: bytes) -> str:
    fates = await asyncio.gather(*(_one(port, seconds, first, then) for _ in range(size)))
    return ", ".join(f"{fate} {count}" for fate, count in sorted(Counter(fates).items()))


async def _one(port: int, seconds: float, first: bytes, then: bytes) -> str:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return "not let in"
    answer = asyncio.create_task(_answer(reader, seconds))
    ends = time.monotonic() + seconds
    with suppress(OSError):
        writer.write(first)
        while time.monotonic() < ends and not answer.done():
            writer.write(then)
            await asyncio.wait({answer}, timeout=1)
    fate = await answer
    writer.close()
    return fate


async def _answer(reader: asyncio.StreamReader, seconds: float) -> str:
    try:
        first = await asyncio.wait_for(reader.read(100), seconds)
    except TimeoutError:
        return "held"
    except OSError:
        return "reset"
    return f"answered {first[9:12].decode()}" if first.startswith(b"HTTP") else "closed"


def attack(found: Target, name: str, *, seconds: float, rounds: int) -> Outcome:
    """So many attacks of so many seconds at most, each after as long a peace, and 5 s after all."""
    found.status_of(PATH)  # the first answer is of a service that is still starting
    resident, peak = found.resident_megabytes(), 0.0
    before, during, fates = list[Waits](), list[Waits](), list[str]()
    for _ in range(rounds):
        before.append(Probe(found.port, seconds=seconds, path=PATH).waits())
        probe = Probe(found.port, seconds=seconds, path=PATH)
        fate, most = asyncio.run(_watched(found, ATTACKS[name], seconds))
        during.append(probe.waits())
        fates.append(fate)
        peak = max(peak, most)
    time.sleep(5)
    megabytes = (resident, peak, found.resident_megabytes())
    return Outcome(name, "; ".join(fates), _together(before), _together(during), megabytes)


def _together(rounds: Sequence[Waits]) -> Waits:
    """The middle one of each median, the longest of all, and every answer."""
    statuses: Counter[str] = Counter()
    for one in rounds:
        statuses.update(one.statuses)
    return Waits(
        statistics.median(one.p50 for one in rounds),
        statistics.median(one.p95 for one in rounds),
        statistics.median(one.p99 for one in rounds),
        max(one.longest for one in rounds),
        dict(statuses),
    )


async def _watched(found: Target, run: Attack, seconds: float) -> tuple[str, float]:
    running = asyncio.ensure_future(run(found.port, seconds))
    peak = 0.0
    while not running.done():
        peak = max(peak, found.resident_megabytes())
        await asyncio.wait({running}, timeout=0.2)
    return running.result(), peak


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="of each attack, at most")
    parser.add_argument("--rounds", type=int, default=3, help="of each attack")
    parser.add_argument("--only", choices=sorted(ATTACKS))
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
    failed = False
    with (
        tempfile.TemporaryDirectory(prefix="seenemall-floods-") as folder,
        target(Path(folder)) as found,
    ):
        for name in [arguments.only] if arguments.only else ATTACKS:
            outcome = attack(found, name, seconds=arguments.seconds, rounds=arguments.rounds)
            print(outcome, flush=True)
            failed |= bool(outcome.problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
