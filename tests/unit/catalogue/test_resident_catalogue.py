"""One load per change, whoever asks; nobody waits while there are facts to go on with."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from tests.facts_builder import NOW, facts_of

_PATIENCE = 30  # seconds until a test that hangs fails


class Shelf:
    """Loads facts of the version it was set to; it can be made to wait or to fail."""

    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.loads = 0
        self.error: Exception | None = None
        self.started = Event()
        self.may_go_on = Event()
        self.may_go_on.set()

    def __call__(self, now: datetime) -> CatalogueFacts:
        self.loads += 1
        self.started.set()
        assert self.may_go_on.wait(_PATIENCE)
        if self.error is not None:
            raise self.error
        return facts_of([], version=self.version)


def test_facts_are_loaded_once_and_kept() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf)
    first = catalogue.current(1, NOW)
    assert catalogue.current(1, NOW + timedelta(minutes=4)) is first
    assert catalogue.current(0, NOW) is first
    assert shelf.loads == 1


def test_a_newer_version_is_loaded() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf)
    catalogue.current(1, NOW)
    shelf.version = 2
    assert catalogue.current(2, NOW).version == 2


def test_facts_are_loaded_anew_after_five_minutes_because_trends_fade() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf)
    catalogue.current(1, NOW)
    catalogue.current(1, NOW + timedelta(minutes=5))
    assert shelf.loads == 2


def test_the_first_requests_wait_for_one_load() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf)
    shelf.may_go_on.clear()
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(catalogue.current, 1, NOW) for _ in range(4)]
        assert shelf.started.wait(_PATIENCE)
        shelf.may_go_on.set()
        found = {id(request.result(_PATIENCE)) for request in asked}
    assert (len(found), shelf.loads) == (1, 1)


def test_others_go_on_with_the_old_facts_while_new_ones_load() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf)
    old = catalogue.current(1, NOW)
    shelf.version = 2
    shelf.started.clear()
    shelf.may_go_on.clear()
    with ThreadPoolExecutor(1) as threads:
        loading = threads.submit(catalogue.current, 2, NOW)
        assert shelf.started.wait(_PATIENCE)
        assert catalogue.current(2, NOW) is old
        shelf.may_go_on.set()
        assert loading.result(_PATIENCE).version == 2
    assert catalogue.current(2, NOW).version == 2


def test_a_failed_load_leaves_the_next_request_free_to_try() -> None:
    shelf = Shelf()
    catalogue = ResidentCatalogue(shelf)
    shelf.error = ZeroDivisionError()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            catalogue.current(1, NOW)
    shelf.error = None
    assert catalogue.current(1, NOW).version == 1
