"""What is resident is replaced as a whole, and nobody waits for much of it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event

import pytest

from api.platform.resident import Resident


@dataclass(frozen=True, slots=True)
class Read:
    version: int


def reading(versions: Iterable[int]) -> Callable[[], Read]:
    """Reads these versions, one after the other."""
    left = iter(versions)
    return lambda: Read(next(left))


def ticking(*seconds: float) -> Callable[[], float]:
    left = iter(seconds)
    return lambda: next(left)


def test_what_is_read_fast_is_read_while_the_request_waits() -> None:
    resident = Resident("names", reading([1, 3]))
    first = resident.current(1)
    assert resident.current(1) is first
    second = resident.current(2)
    assert second.version == 3
    assert resident.current(3) is second


def test_a_request_of_an_earlier_version_reads_nothing() -> None:
    resident = Resident("names", reading([5]))
    assert resident.current(5) is resident.current(1)


def test_what_takes_long_is_read_beside_the_request() -> None:
    may_read = Event()
    read_next = reading([1, 2])
    has_begun: list[bool] = []

    def slowly() -> Read:
        if has_begun:  # the first is waited for
            assert may_read.wait(10)
        has_begun.append(True)
        return read_next()

    clock = ticking(0.0, 10.0, 1000.0, 1000.0, 1000.0, 1010.0)
    resident = Resident("names", slowly, clock)
    first = resident.current(1)
    assert resident.current(2) is first  # and the next is being read
    may_read.set()
    resident.wait()
    assert resident.current(2).version == 2


def test_what_is_read_beside_the_request_begins_when_that_is_answered() -> None:
    read = list[float]()

    def slowly() -> Read:
        read.append(time.monotonic())
        return Read(len(read))

    clock = ticking(0.0, 10.0, 1000.0, 1000.0, 1010.0)
    resident = Resident("names", slowly, clock)
    resident.current(1)
    asked = time.monotonic()
    resident.current(2)
    resident.wait()
    assert read[1] - asked > 0.02  # seconds


def test_reading_rests_between_changes() -> None:
    # Ten seconds of reading: nothing is begun 190 seconds later, something is 201 seconds later.
    resident = Resident("names", reading([1, 2]), ticking(0.0, 10.0, 200.0, 211.0, 211.0, 221.0))
    resident.current(1)
    resident.current(2)
    resident.wait()
    assert resident.current(1).version == 1
    resident.current(2)
    resident.wait()
    assert resident.current(2).version == 2


def test_what_cannot_be_read_anew_leaves_what_is_held(caplog: pytest.LogCaptureFixture) -> None:
    clock = ticking(0.0, 10.0, 1000.0, 1000.0, 1005.0, 1006.0)
    resident = Resident("names", reading([1]), clock)
    first = resident.current(1)
    assert resident.current(2) is first
    resident.wait()
    assert resident.current(2) is first  # too soon for the next try
    assert "not read anew" in caplog.text


def test_the_first_who_asks_is_told_what_failed_and_the_next_tries_again() -> None:
    tries = []

    def fails_once() -> Read:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("no database")
        return Read(1)

    resident = Resident("names", fails_once)
    with pytest.raises(ConnectionError, match="no database"):
        resident.current(1)
    assert resident.current(1).version == 1


def test_where_there_is_only_an_older_one_it_is_looked_for_again_after_two_seconds() -> None:
    # Each reading asks for the time before and after, each look whether it is due once.
    clock = ticking(100.0, 100.0, 101.0, 103.0, 103.0, 103.0)
    resident = Resident("names", reading([1, 2]), clock)
    older = resident.current(2)
    assert older.version == 1
    assert resident.current(2) is older  # a second later
    assert resident.current(2) is older  # two seconds after that, while it is read beside
    resident.wait()
    assert resident.current(2).version == 2
