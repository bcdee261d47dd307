"""Vectors of titles that were read of late: heads of lists and tastes ask for the same again."""

from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from api.catalogue.embeddings.read_embeddings import ReadEmbeddings
from api.domain.arrays import Floats, Ints
from api.platform.cache_counts import CacheCounts, CacheFigures

_MOST = 8192  # as float16: 6 MB


class KeptEmbeddings:
    """Asks for those that are not kept, in one statement, and for none where all are.

    Kept for one catalogue version and space at a time. Thread-safe.
    """

    def __init__(self, read: ReadEmbeddings) -> None:
        self._read = read
        self._lock = Lock()
        self._kept_for: tuple[int, int] | None = None
        self._counts = CacheCounts()
        self._kept: LRUCache[int, NDArray[np.float16]] = LRUCache(_MOST)

    def of(self, ids: Ints, *, space_id: int, facts_version: int) -> tuple[Ints, Floats]:
        """(places, unit vectors float32 (m, d)) of those ids that the space holds, in their order.

        `places` are the ones of `ids`, which are distinct; `facts_version` is of the facts that
        the ids come from.
        """
        kept_for = facts_version, space_id
        with self._lock:
            if self._kept_for != kept_for:
                self._kept.clear()
                self._kept_for = kept_for
            known = {item_id: self._kept.get(item_id) for item_id in ids.tolist()}
            missing = [item_id for item_id, vector in known.items() if vector is None]
            self._counts.count(asked=len(known), hits=len(known) - len(missing))
        if missing:
            read_ids, rows = self._read(space_id, np.array(missing, dtype=np.int32))
            read = dict(zip(read_ids.tolist(), rows.astype(np.float16), strict=True))
            known.update(read)
            with self._lock:
                if self._kept_for == kept_for:
                    self._kept.update(read)
        places = [place for place, vector in enumerate(known.values()) if vector is not None]
        vectors = [vector for vector in known.values() if vector is not None]
        if not vectors:
            return np.empty(0, dtype=np.intp), np.empty((0, 0), dtype=np.float32)
        # The vectors are stored as float16, so nothing is lost.
        return np.array(places), np.stack(vectors).astype(np.float32)

    def cache_figures(self) -> CacheFigures:
        """How often a vector was at hand."""
        with self._lock:
            return self._counts.figures(self._kept)
