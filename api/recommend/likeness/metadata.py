"""How like named titles every title is by what it is; stories stand in for missing keywords.

Most shows have no keywords at TMDB, and by genres and a decade alone every drama is like every
other. Measured with `python -m tests.quality.similar`.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass

import numpy as np

from api.catalogue.similarity.item_similarity import FieldShares, ItemSimilarity
from api.domain.arrays import Floats, Ints
from api.recommend.evidence.ann import route
from api.recommend.evidence.nearest import Nearest
from api.recommend.query import Query
from config.ranking import Retrieval

# Of at least this version of the catalogue.
SimilarityOf = Callable[[int], ItemSimilarity]
# (space, item ids) -> (ids, unit vectors) of those that the space holds, in no order.
ReadVectors = Callable[[int, Ints], tuple[Ints, Floats]]

NEAR_STORIES = 400
# Stories of hardly any title are less near than this; of a small catalogue 400 are all of them.
_LEAST_COSINE = 0.2
_MOST = 0.5  # what the keywords of nearly the same story have in common at most


@dataclass(frozen=True, slots=True)
class MetadataOfTitles:
    """Compares the whole catalogue with titles by their ids; one per pipeline."""

    similarity_of: SimilarityOf
    vectors: ReadVectors
    nearest: Nearest
    numbers: Retrieval

    def to_each(self, query: Query, item_ids: tuple[int, ...], shares: FieldShares) -> Floats:
        """(titles, rows of the facts), in [0, 1].

        A title without keywords takes a search among the vectors of what is allowed.
        """
        similarity = self.similarity_of(query.facts.version)
        ids = np.array(item_ids, dtype=np.int32)
        found = on_facts(query, similarity, similarity.to_titles(ids, shares))
        lacking = np.flatnonzero(similarity.lack_keywords(ids))
        if len(lacking) == 0 or query.versions.space_id is None or not query.allowed.any():
            return found
        known, vectors = self.vectors(query.versions.space_id, ids[lacking])
        for item_id, vector in zip(known, vectors, strict=True):
            rows, cosines = self._near(query, query.versions.space_id, vector)
            place = item_ids.index(item_id)
            found[place] = with_stories(found[place], rows, cosines, shares)
        return found

    def _near(self, query: Query, space_id: int, vector: Floats) -> tuple[Ints, Floats]:
        among, exact = route(query, self.numbers)
        found = self.nearest(
            space_id=space_id,
            vectors=(vector,),
            k=NEAR_STORIES,
            among=among,
            exact=exact,
            ef_search=NEAR_STORIES,
        )
        rows = query.facts.rows_of(found.ids)
        return rows[rows >= 0], found.scores[rows >= 0]


def with_stories(metadata: Floats, rows: Ints, cosines: Floats, shares: FieldShares) -> Floats:
    """The likeness of every title to one without keywords, whose part the stories get.

    `rows` are the titles with the nearest stories; each counts by how much nearer it is than the
    last of them.
    """
    share = np.float32(shares.keywords / sum(astuple(shares)))
    stories = np.zeros_like(metadata)
    floor = max(float(cosines.min(initial=1)), _LEAST_COSINE)
    stories[rows] = (cosines - floor).clip(0, _MOST)
    return np.asarray((1 - share) * metadata + share * stories, dtype=np.float32)


def on_facts(query: Query, similarity: ItemSimilarity, found: Floats) -> Floats:
    """From the columns of the matrix to those of the facts, which may be of another version."""
    if np.array_equal(similarity.ids, query.facts.ids):
        return found
    rows = similarity.rows_of(query.facts.ids)
    moved = np.zeros((len(found), len(rows)), dtype=np.float32)
    moved[:, rows >= 0] = found[:, rows[rows >= 0]]
    return moved
