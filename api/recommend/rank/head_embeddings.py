"""Fetches the vectors that reranker, diversification and explanations share."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints
from api.platform.cache_counts import CacheCounts, CacheFigures
from api.recommend.pipeline.protocols import EmbeddingLoader
from api.recommend.query import Query
from api.recommend.ranking import Ranking

# (space, ids) -> ids and unit vectors.
ReadEmbeddings = Callable[[int, Ints], tuple[Ints, Floats]]

_KEPT_VECTORS = 8192  # as float16: 6 MB


class HeadEmbeddings(EmbeddingLoader):
    """Loads the vectors of a ranking's head: at most one statement, none when all are kept.

    Kept for one catalogue version and space at a time. Thread-safe.
    """

    def __init__(self, read: ReadEmbeddings, size: int) -> None:
        self._read = read
        self._size = size
        self._lock = Lock()
        self._kept_for: tuple[int, int] | None = None
        self._counts = CacheCounts()
        self._kept: LRUCache[int, NDArray[np.float16]] = LRUCache(_KEPT_VECTORS)

    def load(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking with embeddings of its first `size` candidates, those that have one; what it
        has already is kept."""
        head = ranking.order[: self._size]
        embeddings, embedded = ranking.embeddings, ranking.embedded
        if embeddings is None or embedded is None:
            embeddings = np.empty((0, 0), dtype=np.float32)
            embedded = np.full(len(ranking.pool), -1, dtype=np.int32)
        head = head[embedded[head] < 0]
        if query.versions.space_id is None or len(head) == 0:
            return ranking
        vectors = self._vectors(
            (query.facts.version, query.versions.space_id), ranking.pool.ids[head]
        )
        found = [place for place, vector in enumerate(vectors) if vector is not None]
        if not found:
            return ranking
        embedded = embedded.copy()
        embedded[head[found]] = len(embeddings) + np.arange(len(found))
        added = np.stack([one for one in vectors if one is not None]).astype(np.float32)
        embeddings = np.concatenate([embeddings, added]) if len(embeddings) else added
        return replace(ranking, embeddings=embeddings, embedded=embedded)

    def _vectors(self, kept_for: tuple[int, int], ids: Ints) -> list[NDArray[np.float16] | None]:
        with self._lock:
            if self._kept_for != kept_for:
                self._kept.clear()
                self._kept_for = kept_for
            known = {item_id: self._kept.get(item_id) for item_id in ids.tolist()}
            missing = [item_id for item_id, vector in known.items() if vector is None]
            self._counts.count(asked=len(known), hits=len(known) - len(missing))
        if missing:
            read_ids, rows = self._read(kept_for[1], np.array(missing, dtype=np.int32))
            read = dict(zip(read_ids.tolist(), rows.astype(np.float16), strict=True))
            known.update(read)
            with self._lock:
                if self._kept_for == kept_for:
                    self._kept.update(read)
        return list(known.values())

    def cache_figures(self) -> CacheFigures:
        """How often a vector was at hand."""
        with self._lock:
            return self._counts.figures(self._kept)
