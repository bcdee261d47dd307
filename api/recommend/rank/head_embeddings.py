"""The vectors that reranker, diversification and explanations share."""

from dataclasses import replace

import numpy as np

from api.catalogue.embeddings.kept_embeddings import KeptEmbeddings
from api.recommend.pipeline.protocols import EmbeddingLoader
from api.recommend.query import Query
from api.recommend.ranking import Ranking

# Of a head, as many more: the cap of a franchise moves up what was behind it, and a title without a
# vector is as unlike all others as can be to MMR, and near to nothing that a reason could name.
_SPARE = 5


class HeadEmbeddings(EmbeddingLoader):
    """Loads the vectors of a ranking's head."""

    def __init__(self, kept: KeptEmbeddings, size: int) -> None:
        self.kept = kept
        self._size = size

    def load(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking with embeddings of its first `size` candidates and a fifth more, those that
        have one; what it has already is kept."""
        head = ranking.order[: self._size + self._size // _SPARE]
        embeddings, embedded = ranking.embeddings, ranking.embedded
        if embeddings is None or embedded is None:
            embeddings = np.empty((0, 0), dtype=np.float32)
            embedded = np.full(len(ranking.pool), -1, dtype=np.int32)
        head = head[embedded[head] < 0]
        if query.versions.space_id is None or len(head) == 0:
            return ranking
        found, added = self.kept.of(
            ranking.pool.ids[head],
            space_id=query.versions.space_id,
            facts_version=query.facts.version,
        )
        if len(found) == 0:
            return ranking
        embedded = embedded.copy()
        embedded[head[found]] = len(embeddings) + np.arange(len(found))
        embeddings = np.concatenate([embeddings, added]) if len(embeddings) else added
        return replace(ranking, embeddings=embeddings, embedded=embedded)
