"""One load per change, whoever asks; nobody waits long while there are facts to go on with."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from tests.facts_builder import NOW, facts_of

_PATIENCE = 30  # seconds until a test that hangs fails


class Shelf:
    """Loads facts of the version it was set to; it can be made to wait, to fail or to take long."""

    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.read_at = NOW
        self.seconds = 0.0  # that each load takes by its clock
        self.loads = 0
        self.error: Exception | None = None
        self.started = Event()
        self.may_go_on = Event()
        self.may_go_on.set()
        self._time = 0.0

    def __call__(self) -> CatalogueFacts:
        self.loads += 1
        self.started.set()
        assert self.may_go_on.wait(_PATIENCE)
        if self.error is not None:
            raise self.error
        self._time += self.seconds
        return replace(facts_of([], version=self.version), read_at=self.read_at)

    def clock(self) -> float:
        """Seconds."""
        return self._time

    def pass_hour(self) -> None:
        """Nobody asks for so long."""
        self._time += 3600


def test_facts_are_loaded_once_and_kept() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf, shelf.clock, large=1)
    first = catalogue.current(1, NOW)
    assert catalogue.current(1, NOW + timedelta(minutes=4)) is first
    assert catalogue.current(0, NOW) is first
    assert shelf.loads == 1


def test_a_newer_version_is_loaded() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf, shelf.clock, large=1)
    catalogue.current(1, NOW)
    shelf.version = 2
    assert catalogue.current(2, NOW).version == 2


def test_facts_are_loaded_anew_after_five_minutes_because_trends_fade() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf, shelf.clock, large=1)
    catalogue.current(1, NOW)
    shelf.read_at = NOW + timedelta(minutes=5)
    assert catalogue.current(1, shelf.read_at).read_at == shelf.read_at
    assert catalogue.current(1, shelf.read_at).read_at == shelf.read_at
    assert shelf.loads == 2


def test_the_first_requests_wait_for_one_load() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf, shelf.clock, large=1)
    shelf.may_go_on.clear()
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(catalogue.current, 1, NOW) for _ in range(4)]
        assert shelf.started.wait(_PATIENCE)
        shelf.may_go_on.set()
        found = {id(request.result(_PATIENCE)) for request in asked}
    assert (len(found), shelf.loads) == (1, 1)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=5)])
def test_nobody_waits_for_the_facts_of_a_large_catalogue(later: timedelta) -> None:
    """Neither after a change nor when trends have faded."""
    shelf = Shelf()
    shelf.seconds = 1.0
    catalogue = ResidentCatalogue(shelf, shelf.clock, large=0)
    old = catalogue.current(1, NOW)
    shelf.pass_hour()
    shelf.version, shelf.read_at = 2, NOW + later
    shelf.may_go_on.clear()
    asked_for = 1 if later else 2
    assert catalogue.current(asked_for, NOW + later) is old
    shelf.may_go_on.set()
    catalogue.wait()
    assert catalogue.current(asked_for, NOW + later).version == 2
    assert shelf.loads == 2


def test_a_failed_load_leaves_the_next_request_free_to_try() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf, shelf.clock, large=1)
    shelf.error = ZeroDivisionError()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            catalogue.current(1, NOW)
    shelf.error = None
    assert catalogue.current(1, NOW).version == 1
