"""Reads requests in words against the names of the newest catalogue; one per process."""

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any

from api.domain.intent import Intent
from api.intent.names import Names, PersonName, ServiceName, TitleName, names_of
from api.intent.parser import parse

# () -> catalogue version and rows, see api/storage/names.py.
ReadNames = Callable[[], tuple[int, list[tuple[Any, ...]]]]


class Interpreter:
    """Keeps the index of names in step with the catalogue. Thread-safe."""

    def __init__(self, read_names: ReadNames) -> None:
        self._read_names = read_names
        self._loading = Lock()
        self._names: Names | None = None

    def read(self, text: str, *, version: int, today: date) -> Intent:
        """What the text asks for, with the names of at least this catalogue version."""
        return parse(text, names=self.names(version), today=today)

    def names(self, version: int) -> Names:
        """The index; whoever first needs a newer one loads it, others go on with the old one."""
        names = self._names
        if names is not None and names.version >= version:
            return names
        if self._loading.acquire(blocking=names is None):
            try:
                if self._names is None or self._names.version < version:
                    self._names = _index(*self._read_names())
            finally:
                self._loading.release()
        if self._names is None:
            raise RuntimeError("a blocking load leaves names behind")
        return self._names


def _index(version: int, rows: list[tuple[Any, ...]]) -> Names:
    titles: list[TitleName] = []
    people: list[PersonName] = []
    services: list[ServiceName] = []
    for kind, row_id, is_show, year, number, votes, name, others, collection in rows:
        if kind == "title":
            titles.append(
                TitleName(row_id, bool(is_show), year, number, votes, name, others, collection)
            )
        elif kind == "person":
            people.append(PersonName(row_id, name, number, others))
        else:
            services.append(ServiceName(name, others[0], others[1:]))
    return names_of(titles, people, services, version=version)
