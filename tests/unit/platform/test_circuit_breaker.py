"""The breaker opens after failures in a row, pauses, tries once, and closes again."""

import pytest

from api.platform.outbound.circuit_breaker import CircuitBreaker
from tests.doubles.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def breaker(clock: FakeClock) -> CircuitBreaker:
    return CircuitBreaker(failures=2, pause_seconds=30, monotonic=clock)


def test_a_success_forgets_failures(breaker: CircuitBreaker) -> None:
    assert not breaker.failed()
    breaker.succeeded()
    assert not breaker.failed()
    assert breaker.admits()


def test_it_tells_which_failure_opened_it(breaker: CircuitBreaker) -> None:
    assert [breaker.failed() for _ in range(3)] == [False, True, False]
    assert not breaker.admits()


def test_it_stays_open_for_its_pause(breaker: CircuitBreaker, clock: FakeClock) -> None:
    breaker.failed()
    breaker.failed()
    clock.now = 29.9
    assert not breaker.admits()
    clock.now = 30
    assert breaker.admits()


def test_half_open_it_tries_one_call_at_a_time(breaker: CircuitBreaker, clock: FakeClock) -> None:
    breaker.failed()
    breaker.failed()
    clock.now = 30
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_a_failed_trial_opens_it_for_another_pause(
    breaker: CircuitBreaker, clock: FakeClock
) -> None:
    breaker.failed()
    breaker.failed()
    clock.now = 30
    assert breaker.admits()
    assert not breaker.failed()  # it was open all along
    clock.now = 59.9
    assert not breaker.admits()
    clock.now = 60
    assert breaker.admits()


def test_a_server_that_says_when_to_come_back_opens_it_at_once(
    breaker: CircuitBreaker, clock: FakeClock
) -> None:
    assert breaker.failed(retry_after_seconds=100)
    clock.now = 99.9
    assert not breaker.admits()
    clock.now = 100
    assert breaker.admits()


def test_a_call_under_way_does_not_shorten_a_pause(
    breaker: CircuitBreaker, clock: FakeClock
) -> None:
    breaker.failed(retry_after_seconds=100)
    breaker.failed()
    breaker.failed()
    clock.now = 30
    assert not breaker.admits()


def test_it_tells_its_state(breaker: CircuitBreaker, clock: FakeClock) -> None:
    states = [breaker.state]
    breaker.failed()
    states.append(breaker.state)
    breaker.failed()
    states.append(breaker.state)
    clock.now = 30
    states.append(breaker.state)
    assert breaker.admits()
    states.append(breaker.state)
    breaker.succeeded()
    states.append(breaker.state)
    assert states == ["closed", "closed", "open", "half_open", "half_open", "closed"]
