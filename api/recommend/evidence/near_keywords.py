"""Titles with the keywords whose stories are nearest to the words, whatever the keywords' names."""

from functools import partial

import numpy as np

from api.catalogue.embeddings.keyword_centroids import KeywordCentroids, read_keyword_centroids
from api.domain.arrays import Floats
from api.platform.resident import Resident
from api.recommend.evidence.kind import Kind, Needs, ScoresTitles, Weights
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query


class NearKeywords(Scorer):
    """Says of a free text what no part of it names: several titles of a kind tell more than one."""

    name = "near_keywords"

    def __init__(self, centroids: Resident[KeywordCentroids]) -> None:
        self._centroids = centroids

    def applies_to(self, query: Query) -> bool:
        return query.text_vector is not None and query.versions.space_id is not None

    def score(self, query: Query, pool: Pool) -> Floats:
        if query.text_vector is None:
            return np.zeros(len(pool), dtype=np.float32)
        centroids = self._centroids.current(query.facts.version)
        # For the moments in which vectors of another space are not read yet.
        if centroids.space_id != query.versions.space_id:
            return np.zeros(len(pool), dtype=np.float32)
        return centroids.of_titles(query.text_vector, pool.ids)


def _scorer(needs: Needs) -> Scorer:
    read = partial(read_keyword_centroids, needs.database)
    return NearKeywords(needs.centroids or Resident("keyword centroids", read))


NEAR_KEYWORDS = Kind(
    signal=ScoresTitles(
        "near_keywords",
        "how much it has of the keywords whose stories are nearest to the words",
        _scorer,
        Weights(query=0.5),
    ),
)
