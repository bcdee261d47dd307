"""Keeps the index of words in step with the catalogue; a process's strategies share one."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

from api.catalogue.words.word_index import WordIndex

log = logging.getLogger(__name__)


class ResidentWords:
    """Thread-safe. The first index is waited for; a newer one is built beside the requests."""

    def __init__(self, read: Callable[[], WordIndex]) -> None:
        self._read = read
        self._lock = Lock()
        self._index: WordIndex | None = None
        self._loading: Thread | None = None

    def current(self, version: int) -> WordIndex:
        """The index, if need be of a catalogue before `version`."""
        index = self._index
        if index is not None and index.version >= version:
            return index
        with self._lock:
            if self._index is None:
                self._index = self._read()
            elif self._index.version < version and not self._is_loading():
                # A daemon: a process that ends does not wait for what nobody will ask.
                self._loading = Thread(target=self._load, name="words", daemon=True)
                self._loading.start()
            return self._index

    def wait(self) -> None:
        """Until an index in the making is there."""
        if self._loading is not None:
            self._loading.join()

    def _is_loading(self) -> bool:
        return self._loading is not None and self._loading.is_alive()

    def _load(self) -> None:
        try:
            self._index = self._read()
        except Exception:
            # The next request tries again; until then the older words serve.
            log.exception("words could not be read")
