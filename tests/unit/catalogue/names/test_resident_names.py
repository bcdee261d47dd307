"""Names are renewed when the catalogue changes, and nobody waits for many of them."""

from collections.abc import Callable
from threading import Event

import numpy as np

from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.names.name_index import NameIndex
from api.catalogue.names.resident_names import ResidentNames


def _names(version: int) -> CatalogueNames:
    none = np.empty(0, dtype=np.int32)
    index = NameIndex([], np.empty(0, dtype=np.float32))
    is_show = none.astype(np.bool_)
    return CatalogueNames(version, index, none, is_show, none, index, none, index, none)


def _counted() -> tuple[list[int], Callable[[], CatalogueNames]]:
    read: list[int] = []

    def read_next() -> CatalogueNames:
        read.append(len(read) + 1)
        return _names(len(read))

    return read, read_next


def test_few_names_are_read_while_the_request_waits() -> None:
    read, read_next = _counted()
    names = ResidentNames(read_next)
    assert names.current(1).version == 1
    assert names.current(1).version == 1
    assert names.current(2).version == 2
    assert read == [1, 2]


def test_many_names_are_read_beside_the_request() -> None:
    read, read_next = _counted()
    is_read, may_read = Event(), Event()

    def slowly() -> CatalogueNames:
        if read:  # the first is waited for
            assert may_read.wait(10)
        found = read_next()
        if len(read) > 1:
            is_read.set()
        return found

    clock = iter([0.0, 10.0, 1000.0, 1000.0, 1010.0, 1011.0, 1011.0])
    names = ResidentNames(slowly, clock=lambda: next(clock))
    assert names.current(1).version == 1
    assert names.current(2).version == 1  # of before, and the next is being read
    assert names.current(2).version == 1
    may_read.set()
    assert is_read.wait(10)
    names.wait()
    assert names.current(2).version == 2
