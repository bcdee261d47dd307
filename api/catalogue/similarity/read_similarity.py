"""Reads what titles are made of, and keeps the matrix of it in step with the catalogue."""

import logging
from collections.abc import Callable, Iterable
from threading import Lock, Thread
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.domain.arrays import Ints
from api.platform.database import Database
from api.platform.memory import give_back

log = logging.getLogger(__name__)

_VERSION = "SELECT catalogue_version FROM service_state"
_TITLES = "SELECT id FROM items WHERE retired_at IS NULL ORDER BY id"

# Whole tables, in one pass each: 0.6 s for 30,000 titles with 120,000 keywords, 220,000 credits
# and 29,000 stories. In the order of FieldShares.
_GENRES = "SELECT id, genre_ids FROM items WHERE retired_at IS NULL"
_KEYWORDS = "SELECT item_id, array_agg(keyword_id) FROM item_keywords GROUP BY item_id"
_PEOPLE = """
SELECT item_id, array_agg(person_id) FROM credits
WHERE role <> 'cast' OR position < %(cast)s GROUP BY item_id
"""
_WORDS = "SELECT item_id, tsvector_to_array(words) FROM item_stories"
_LANGUAGE = """
SELECT id, ARRAY[original_language] FROM items
WHERE retired_at IS NULL AND original_language IS NOT NULL
"""
# 1999 is of the nineties, and of the decade around 2000: close years share one of the two at least.
_PERIOD = """
SELECT id, ARRAY[release_year / 10 * 2, (release_year + 5) / 10 * 2 + 1] FROM items
WHERE retired_at IS NULL AND release_year IS NOT NULL
"""
_KIND = "SELECT id, ARRAY[media_type] FROM items WHERE retired_at IS NULL"

_FIELDS = (_GENRES, _KEYWORDS, _PEOPLE, _WORDS, _LANGUAGE, _PERIOD, _KIND)

_MOST_CAST = 8  # the billed leads; a bit part makes no two films alike


def read_similarity(database: Database) -> ItemSimilarity:
    """The matrix of every title that may be recommended: 2 s for 30,000 titles."""
    with database.patiently() as cursor:
        # The version first: a change while the rows are read must lead to another reading.
        row = cursor.execute(_VERSION).fetchone()
        ids = np.array([one for (one,) in cursor.execute(_TITLES)], dtype=np.int32)
        features = [_features(cursor, statement, ids) for statement in _FIELDS]
    return similarity_of(version=0 if row is None else row[0], ids=ids, features=features)


def _features(cursor: Cursor[Any], statement: str, ids: Ints) -> Features:
    numbers: dict[Any, int] = {}
    titles: list[int] = []
    lengths: list[int] = []
    found: list[int] = []
    listed: Iterable[tuple[int, list[Any]]] = cursor.execute(statement, {"cast": _MOST_CAST})
    for item_id, features in listed:
        titles.append(item_id)
        lengths.append(len(features))
        found.extend(numbers.setdefault(feature, len(numbers)) for feature in features)
    rows, here = _rows(ids, np.array(titles, dtype=np.int32))
    each = np.repeat(here, lengths)
    return Features(
        rows=np.repeat(rows, lengths)[each],
        numbers=np.array(found, dtype=np.int32)[each],
    )


def _rows(ids: Ints, titles: Ints) -> tuple[Ints, Any]:
    """The row of each title, and whether it has one: a retired title is left out."""
    if len(ids) == 0:
        return np.zeros(len(titles), dtype=np.int32), np.zeros(len(titles), dtype=np.bool_)
    rows = np.minimum(np.searchsorted(ids, titles), len(ids) - 1).astype(np.int32)
    return rows, ids[rows] == titles


class ResidentSimilarity:
    """The matrix of the newest catalogue version, made when it is first asked for. Thread-safe."""

    def __init__(self, read: Callable[[], ItemSimilarity]) -> None:
        self._read = read
        self._lock = Lock()
        self._reader: Thread | None = None
        self._similarity: ItemSimilarity | None = None

    def current(self, version: int) -> ItemSimilarity:
        """A matrix of at least `version`.

        The first who asks after a change makes it (2 s for 30,000 titles); others use the one
        before meanwhile.
        """
        similarity = self._similarity
        if similarity is not None and similarity.version >= version:
            return similarity
        if similarity is not None and not self._lock.acquire(blocking=False):
            return similarity
        if similarity is None:
            self._lock.acquire()
        try:
            if self._similarity is None or self._similarity.version < version:
                self._similarity = self._read()
            return self._similarity
        finally:
            self._lock.release()

    def at_hand(self, version: int) -> ItemSimilarity | None:
        """The newest matrix there is, for who has more to go by; None before the first.

        Who asks first after a change has a thread read it, and does not wait.
        """
        similarity = self._similarity
        is_current = similarity is not None and similarity.version >= version
        is_being_read = self._reader is not None and self._reader.is_alive()
        if not is_current and not is_being_read:
            self._reader = Thread(target=self._read_beside, args=(version,), daemon=True)
            self._reader.start()
        return similarity

    def _read_beside(self, version: int) -> None:
        try:
            self.current(version)
        except Exception as error:
            fields = {"error": type(error).__name__}
            log.warning("what titles are made of was not read", extra={"fields": fields})
        give_back()
