"""The pace holds callers back, whatever happens between them and the server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.pace import Pace
from tests.doubles.clock import FakeClock


def pace_of(rate: float, clock: FakeClock) -> Pace:
    return Pace(rate, clock=clock, sleep=clock.sleep)


def ask(pace: Pace, server: Callable[[], None] = lambda: None) -> None:
    with pace.request():
        server()


def test_twenty_requests_at_three_per_second_take_over_six_seconds() -> None:
    clock = FakeClock()
    pace = pace_of(3, clock)
    for _ in range(20):
        ask(pace)
    assert clock.now == pytest.approx(19 / 3)
    assert pace.requests == 20


def test_first_request_does_not_wait() -> None:
    clock = FakeClock()
    ask(pace_of(0.1, clock))
    assert clock.naps == []


def test_below_one_a_second_is_one_in_several() -> None:
    clock = FakeClock()
    pace = pace_of(0.1, clock)
    ask(pace)
    ask(pace)
    assert clock.now == pytest.approx(10)


def test_a_pause_saves_up_a_quarter_of_a_second_at_most() -> None:
    clock = FakeClock()
    pace = pace_of(10, clock)
    ask(pace)
    clock.now += 3600
    for _ in range(5):
        ask(pace)
    assert clock.naps == [pytest.approx(0.05), pytest.approx(0.1)]


def test_a_slow_body_does_not_hold_the_pace_up() -> None:
    clock = FakeClock()
    pace = pace_of(1, clock)
    with pace.request() as answered:
        answered()
        clock.now += 30
    ask(pace)
    assert clock.now == 30


def test_a_held_pace_makes_the_next_caller_wait_it_out() -> None:
    clock = FakeClock()
    pace = pace_of(10, clock)
    pace.hold(7)
    ask(pace)
    assert clock.now == pytest.approx(7)


def test_a_caller_that_already_waits_is_held_too() -> None:
    clock = FakeClock()
    pace = Pace(1, clock=clock, sleep=lambda seconds: held_in_between(seconds))
    ask(pace)

    def held_in_between(seconds: float) -> None:
        if not clock.naps:
            pace.hold(5)
        clock.sleep(seconds)

    ask(pace)
    assert clock.now == pytest.approx(5)


def test_a_request_that_fails_gives_its_slot_back() -> None:
    clock = FakeClock()
    pace = pace_of(1, clock)

    def refuse() -> None:
        raise ConnectionError

    for _ in range(3):
        with pytest.raises(ConnectionError):
            ask(pace, refuse)
    assert clock.now == pytest.approx(2)


def test_threads_beyond_the_rate_wait_for_an_answer() -> None:
    pace = pace_of(2, FakeClock())
    two_at_once = Barrier(2)
    slots, most = 0, 0
    lock = Lock()

    def server() -> None:
        nonlocal slots, most
        with lock:
            slots += 1
            most = max(most, slots)
        two_at_once.wait(timeout=30)
        with lock:
            slots -= 1

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(ask, pace, server) for _ in range(4)]:
            future.result()
    assert most == 2


@given(
    rate=st.integers(1, 20),
    trips=st.lists(
        st.tuples(st.floats(0, 2, allow_nan=False), st.floats(0, 2, allow_nan=False)), max_size=80
    ),
)
def test_no_second_at_the_server_sees_more_than_the_rate(
    rate: int, trips: list[tuple[float, float]]
) -> None:
    """Each trip is the way there and the way back; the caller comes again at once."""
    clock = FakeClock()
    pace = pace_of(rate, clock)
    arrivals = []
    for there, back in trips:
        with pace.request() as answered:
            clock.now += there
            arrivals.append(clock.now)
            clock.now += back
            answered()
    for start in arrivals:
        assert sum(start <= arrival < start + 1 - 1e-9 for arrival in arrivals) <= rate
