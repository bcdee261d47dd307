"""What several threads ask for at the same time is made once."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from api.recommend.lists.in_flight import InFlight


class Maker:
    """Makes a number, once it may."""

    def __init__(self) -> None:
        self.begun, self.may_end = Event(), Event()
        self.made = 0
        self.error: Exception | None = None

    def make(self) -> int:
        self.made += 1
        self.begun.set()
        assert self.may_end.wait(10)
        if self.error is not None:
            raise self.error
        return self.made


def asked_twice(
    threads: ThreadPoolExecutor, maker: Maker, in_flight: InFlight[int]
) -> list[Future[tuple[int, bool]]]:
    """The same by two threads, the second while the first makes it."""
    first = threads.submit(in_flight.once, "key", maker.make)
    assert maker.begun.wait(10)
    waits = Event()

    def ask() -> tuple[int, bool]:
        waits.set()
        return in_flight.once("key", maker.make)

    second = threads.submit(ask)
    assert waits.wait(10)
    return [first, second]


def test_the_second_gets_what_the_first_makes() -> None:
    maker, in_flight = Maker(), InFlight[int]()
    with ThreadPoolExecutor(3) as threads:
        asked = asked_twice(threads, maker, in_flight)
        other = Maker()
        other.may_end.set()
        assert in_flight.once("another key", other.make) == (1, True)
        maker.may_end.set()
        first, second = (one.result(10) for one in asked)
    assert first == (1, True)
    assert second in {(1, False), (2, True)}  # it came in time, or when all was done


def test_what_is_done_is_made_anew() -> None:
    maker, in_flight = Maker(), InFlight[int]()
    maker.may_end.set()
    assert [in_flight.once("key", maker.make) for _ in range(2)] == [(1, True), (2, True)]


def test_all_who_wait_are_told_what_went_wrong() -> None:
    maker, in_flight = Maker(), InFlight[int]()
    maker.error = ValueError("no")
    with ThreadPoolExecutor(2) as threads:
        asked = asked_twice(threads, maker, in_flight)
        maker.may_end.set()
        for one in asked:
            with pytest.raises(ValueError, match="no"):
                one.result(10)
    maker.error = None
    assert in_flight.once("key", maker.make)[1]
