"""Reads requests in words against the names of the newest catalogue; one per process.

Where there is a key of TMDB, names that the catalogue does not know are looked up there.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Lock
from typing import Any

from api.language.entity_linker import EntityLinker
from api.language.group_names import GroupName
from api.language.intent import Intent
from api.language.lexicon import Lexicon
from api.language.load_lexicon import shipped_lexicon
from api.language.names import Names, PersonName, ServiceName, TitleName, names_of
from api.language.parser import parse

# () -> catalogue version and rows, see api/catalogue/search/names.py.
ReadNames = Callable[[], tuple[int, list[tuple[Any, ...]]]]

log = logging.getLogger(__name__)

ENTITY_SEARCH = "entity_search"  # as answers name it where it failed


class Interpreter:
    """Keeps the index of names in step with the catalogue. Thread-safe.

    The first index is waited for; a newer one is built beside the requests, which go on with the
    one before: 30,000 titles and 95,000 people take 2.5 seconds.
    """

    def __init__(self, read_names: ReadNames, linker: EntityLinker | None = None) -> None:
        """`linker` looks up what the names do not have; None: nobody does."""
        self._read_names = read_names
        self._linker = linker
        # Read at the start, so that a language file with a mistake stops the boot.
        self._lexicon = shipped_lexicon()
        self._lock = Lock()
        self._names: Names | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="names")
        self._loading: Future[None] | None = None

    def read(self, text: str, *, version: int, today: date) -> Intent:
        """What the text asks for; `version` is the catalogue's, whose names are fetched soon."""
        return parse(text, names=self.names(version), today=today)

    def link(self, intent: Intent, *, version: int, today: date) -> Intent:
        """The same text, read with what TMDB knows of its unknown names.

        Raises EntitySearchUnavailable; the intent as it was is good then.
        """
        if self._linker is None or not intent.unknown_names:
            return intent
        links = self._linker.links(intent.unknown_names)
        if not links:
            return intent
        return parse(intent.text, names=self.names(version), today=today, links=links)

    def names(self, version: int) -> Names:
        """The index, if need be of a catalogue before `version`."""
        names = self._names
        if names is not None and names.version >= version:
            return names
        with self._lock:
            if self._names is None:
                self._names = _index(*self._read_names(), self._lexicon)
            elif self._names.version < version and (self._loading is None or self._loading.done()):
                self._loading = self._worker.submit(self._load)
            return self._names

    def close(self) -> None:
        """Waits for an index in the making."""
        if self._linker is not None:
            self._linker.close()
        self._worker.shutdown()

    def _load(self) -> None:
        try:
            self._names = _index(*self._read_names(), self._lexicon)
        except Exception:
            # The next request tries again; until then the older names serve.
            log.exception("names could not be read")


def _index(version: int, rows: list[tuple[Any, ...]], lexicon: Lexicon) -> Names:
    titles: list[TitleName] = []
    people: list[PersonName] = []
    services: list[ServiceName] = []
    groups: list[GroupName] = []
    for kind, row_id, is_show, year, number, votes, name, others, more in rows:
        if kind == "title":
            titles.append(TitleName(row_id, bool(is_show), year, number, votes, name, others, more))
        elif kind == "person":
            people.append(PersonName(row_id, name, number, others, more))
        elif kind == "service":
            services.append(ServiceName(name, others[0], others[1:]))
        else:
            groups.append(GroupName(kind, row_id, name, number))
    return names_of(titles, people, services, groups, lexicon=lexicon, version=version)
