"""The time that the models of a request share."""

from api.domain.deadline import Deadline
from tests.doubles.clock import FakeClock


def test_it_runs_out_and_stays_out() -> None:
    clock = FakeClock()
    deadline = Deadline.after(6, clock)
    assert deadline.seconds_left() == 6
    clock.now = 4.5
    assert deadline.seconds_left() == 1.5
    clock.now = 9
    assert deadline.seconds_left() == 0
