"""The service's encoder: there when it is loaded, never waited for too long."""

import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from threading import Event

import numpy as np
import pytest

from api.domain.arrays import Floats
from api.models.encoder import Encoder
from api.models.local_encoder import LocalEncoder
from api.platform.errors import EncoderUnavailable
from tests.doubles.clock import FakeClock
from tests.doubles.encoder import HashEncoder

_PATIENCE = 30  # seconds until a test that hangs fails
_AT_ONCE = 0.001

Start = Callable[..., LocalEncoder]


class SlowEncoder(HashEncoder):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = Event()

    def encode(self, texts: Sequence[str]) -> Floats:
        assert self.may_answer.wait(_PATIENCE)
        return super().encode(texts)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts encoders and ends them with the test."""
    started: list[LocalEncoder] = []

    def start_one(
        load: Callable[[], Encoder], *, timeout_seconds: float = _PATIENCE
    ) -> LocalEncoder:
        started.append(LocalEncoder(load, timeout_seconds=timeout_seconds))
        return started[-1]

    yield start_one
    for encoder in started:
        encoder.close()


def test_encodes_as_the_model_does(start: Start) -> None:
    encoder = start(HashEncoder)
    expected = HashEncoder().encode(["a heist", "grief"])
    np.testing.assert_array_equal(encoder.encode(("a heist", "grief")), expected)
    assert encoder.problem() is None


def test_what_was_missing_is_looked_for_again_after_a_while() -> None:
    clock = FakeClock()
    attempts: list[float] = []

    def load() -> Encoder:
        attempts.append(clock.now)
        if len(attempts) == 1:
            raise EncoderUnavailable("No graph yet.")
        return HashEncoder()

    encoder = LocalEncoder(load, timeout_seconds=_PATIENCE, monotonic=clock)
    with closing(encoder):
        with pytest.raises(EncoderUnavailable, match="No graph yet"):
            encoder.encode(["a heist"])
        clock.now = 9.9
        assert encoder.problem() == "No graph yet."
        clock.now = 10
        assert encoder.encode(["a heist"]).shape == (1, HashEncoder().dimension)
        assert (encoder.problem(), attempts) == (None, [0, 10])


def test_says_that_it_is_late_while_the_model_loads_and_works_after(start: Start) -> None:
    may_load = Event()

    def load() -> Encoder:
        assert may_load.wait(_PATIENCE)
        return HashEncoder()

    encoder = start(load, timeout_seconds=_AT_ONCE)
    try:
        assert encoder.problem() == "The text encoder is still loading."
        with pytest.raises(EncoderUnavailable, match=r"did not answer within 0\.001 s"):
            encoder.encode(["a heist"])
    finally:
        may_load.set()
    deadline = time.monotonic() + _PATIENCE
    while encoder.problem() is not None:
        assert time.monotonic() < deadline


def test_a_slow_encode_is_late_for_its_own_request_only(start: Start) -> None:
    slow = SlowEncoder()
    encoder = start(lambda: slow, timeout_seconds=_AT_ONCE)
    try:
        for _ in range(5):
            with pytest.raises(EncoderUnavailable, match="did not answer"):
                encoder.encode(["a heist"])
    finally:
        slow.may_answer.set()


def test_texts_that_nobody_waits_for_are_not_encoded(start: Start) -> None:
    slow = SlowEncoder()
    encoder = start(lambda: slow, timeout_seconds=_AT_ONCE)
    try:
        for number in range(6):
            with pytest.raises(EncoderUnavailable):
                encoder.encode([f"text {number}"])
    finally:
        slow.may_answer.set()
    encoder.close()
    assert set(slow.texts) <= {"text 0", "text 1", "text 2"}


def test_a_model_that_cannot_be_loaded_is_named_each_time(start: Start) -> None:
    def load() -> Encoder:
        raise EncoderUnavailable("'/nowhere' is neither a folder nor a hub id")

    encoder = start(load)
    for _ in range(2):
        with pytest.raises(EncoderUnavailable, match="/nowhere"):
            encoder.encode(["a heist"])
    assert "/nowhere" in str(encoder.problem())
    assert "/nowhere" in str(encoder.problem(model="hash"))


def test_refuses_to_encode_for_vectors_of_another_model(start: Start) -> None:
    encoder = start(HashEncoder)
    assert encoder.encode(["a heist"], model="hash").shape == (1, 8)
    with pytest.raises(EncoderUnavailable, match="of other, but this process encodes with hash"):
        encoder.encode(["a heist"], model="other")
    assert encoder.problem(model="hash", dimension=8) is None
    assert "EMBED_MODEL set to other" in str(encoder.problem(model="other", dimension=8))
    assert encoder.problem(model="hash", dimension=4) == (
        "The vectors in use have 4 dimensions, but hash gives 8; put the model back that they were "
        "made with."
    )


def test_a_closed_one_holds_no_model() -> None:
    models: list[weakref.ref[HashEncoder]] = []

    def load() -> HashEncoder:
        model = HashEncoder()
        models.append(weakref.ref(model))
        return model

    encoder = LocalEncoder(load, timeout_seconds=_PATIENCE)
    encoder.encode(["a heist"])
    encoder.close()
    assert [model() for model in models] == [None]
    assert encoder.problem() == "The text encoder is closed."
