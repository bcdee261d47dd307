"""One call per question at a time; answers are kept, failures are not."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

import pytest
from pydantic import BaseModel

from api.platform.errors import LanguageModelUnavailable
from api.platform.outbound.shared_answers import SharedAnswers
from tests.doubles.clock import FakeClock


class Colour(BaseModel):
    colour: str


RED = Colour(colour="red")


class Calls(list["Future[BaseModel]"]):
    """The calls that were begun, in order."""

    def begin(self) -> "Future[BaseModel]":
        self.append(Future())
        return self[-1]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def ask(clock: FakeClock, calls: Calls) -> Callable[[str], "Future[BaseModel]"]:
    answers = SharedAnswers(keep_seconds=10, monotonic=clock)
    return lambda key: answers.of(key, calls.begin)


Ask = Callable[[str], "Future[BaseModel]"]


def test_who_asks_during_a_call_shares_it(ask: Ask, calls: Calls) -> None:
    assert ask("a") is ask("a")
    assert ask("b") is not ask("a")
    assert len(calls) == 2


def test_an_answer_is_kept_for_its_time(ask: Ask, calls: Calls, clock: FakeClock) -> None:
    ask("a")
    calls[0].set_result(RED)
    clock.now = 9.9
    assert ask("a").result() is RED
    assert len(calls) == 1
    clock.now = 10
    assert ask("a") is calls[1]


def test_a_failure_is_not_kept(ask: Ask, calls: Calls) -> None:
    first = ask("a")
    calls[0].set_exception(RuntimeError())
    assert first.exception() is not None
    assert ask("a") is calls[1]


def test_a_cancelled_call_is_not_kept(ask: Ask, calls: Calls) -> None:
    ask("a")
    calls[0].cancel()
    assert ask("a") is calls[1]


def test_a_call_that_failed_is_not_joined_before_it_is_forgotten(ask: Ask, calls: Calls) -> None:
    joined: list[Future[BaseModel]] = []
    first = calls.begin()
    # Runs before the callback that forgets the call.
    first.add_done_callback(lambda _: joined.append(ask("a")))
    calls.begin = lambda: first  # type: ignore[method-assign]
    assert ask("a") is first
    del calls.begin
    first.set_exception(RuntimeError())
    assert joined == [calls[1]]
    assert ask("a") is calls[1]


def test_what_cannot_begin_leaves_nothing_behind(calls: Calls, clock: FakeClock) -> None:
    answers = SharedAnswers(keep_seconds=10, monotonic=clock)

    def refuse() -> "Future[BaseModel]":
        raise LanguageModelUnavailable("Not now.")

    with pytest.raises(LanguageModelUnavailable):
        answers.of("a", refuse)
    assert answers.of("a", calls.begin) is calls[0]


def test_a_call_may_end_while_another_begins(calls: Calls, clock: FakeClock) -> None:
    answers = SharedAnswers(keep_seconds=10, monotonic=clock)
    first = answers.of("a", calls.begin)
    ending = Thread(target=first.set_result, args=(RED,), daemon=True)

    def begin() -> "Future[BaseModel]":
        # As a loop does, which begins calls in the thread in which it ends them.
        ending.start()
        ending.join(10)
        assert not ending.is_alive()
        return calls.begin()

    answers.of("b", begin)
    assert answers.of("a", calls.begin).result() is RED
    assert len(calls) == 2


def test_an_answer_may_say_how_long_it_is_good_for(clock: FakeClock, calls: Calls) -> None:
    answers = SharedAnswers(keep_seconds=lambda answer: 5 if answer == RED else 50, monotonic=clock)
    for number, colour in enumerate(("red", "blue")):
        answers.of(colour, calls.begin)
        calls[number].set_result(Colour(colour=colour))
    clock.now = 5
    answers.of("red", calls.begin)
    answers.of("blue", calls.begin)
    assert len(calls) == 3
