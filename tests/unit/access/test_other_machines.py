"""Under which names a service without a key answers its own machine."""

import tracemalloc

import pytest

from api.access.keyless import refuse_other_machines
from api.access.presented import Presented
from api.platform.errors import NotAuthenticated


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000"])
def test_loopback_names_are_its_own(host: str) -> None:
    refuse_other_machines(Presented(None, hosts=(host,), address="127.0.0.1"))


@pytest.mark.parametrize("host", ["seen.example", "127.0.0.1.example", "", "192.168.1.4"])
def test_other_names_are_not(host: str) -> None:
    with pytest.raises(NotAuthenticated):
        refuse_other_machines(Presented(None, hosts=(host,), address="127.0.0.1"))


def test_no_name_of_any_length_is_remembered() -> None:
    tracemalloc.start()
    try:
        for number in range(256):
            host = f"{number}" + "x" * 60_000
            with pytest.raises(NotAuthenticated):
                refuse_other_machines(Presented(None, hosts=(host,), address="127.0.0.1"))
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
