"""Nearest titles to the query's vectors: pgvector behind the router of exact scan and HNSW."""

from collections.abc import Sequence
from typing import Protocol

from api.domain.arrays import Floats, Ints
from api.recommend.evidence.nearest import Among, mask_of
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.ranking import Retrieval


class Nearest(Protocol):
    """api.recommend.evidence.nearest.nearest with its database bound."""

    def __call__(
        self,
        *,
        space_id: int,
        vectors: Sequence[Floats],
        k: int,
        among: Among,
        exact: bool,
        ef_search: int,
    ) -> Retrieved:
        """At most k ids for each vector by cosine, best first, each once."""
        ...


class Ann(Source):
    """One search over all vectors; a wide taste shares k between its interests.

    The score is the cosine to the nearest of the vectors, calibrated by the mixer.
    """

    def __init__(self, name: str, nearest: Nearest, numbers: Retrieval, *, for_text: bool) -> None:
        """`name` is "profile_ann" or "query_ann"; `for_text` says which requests it serves."""
        self.name = name
        self._nearest = nearest
        self._numbers = numbers
        self._for_text = for_text

    def applies_to(self, query: Query) -> bool:
        has_words = query.text_vector is not None or query.is_seeded
        return bool(query.vectors) and query.space_id is not None and has_words == self._for_text

    def retrieve(self, query: Query) -> Retrieved:
        if query.space_id is None:
            raise ValueError("a query without a space has nothing to search in")
        # What an interest finds is kept, so k is split evenly, with a floor for recall.
        k = max(self._numbers.ann_k // len(query.vectors), 20)
        few = matching_ids(query, self._numbers)
        return self._nearest(
            space_id=query.space_id,
            vectors=query.vectors,
            k=k,
            among=allowed_mask(query) if few is None else few,
            exact=few is not None or query.constraints.go_along_with_vectors,
            ef_search=self._numbers.ef_search * k // self._numbers.ann_k,
        )


def matching_ids(query: Query, numbers: Retrieval) -> Ints | None:
    """The ids that keep every constraint, where they are few enough to compare them all."""
    if query.allowed.sum() > numbers.exact_below_rows:
        return None
    return query.facts.ids[query.allowed]


def allowed_mask(query: Query) -> Among:
    """What is allowed, seen titles left out, for a search through the index."""
    ids = query.facts.ids
    return mask_of(ids[query.allowed], largest=int(ids[-1]) if len(ids) else 0)
