"""Nearest titles to the query's vectors: pgvector behind the router of exact scan and HNSW."""

from collections.abc import Sequence
from typing import Protocol

from api.domain.arrays import Floats, Ints
from api.recommend.constraints.constraints import Constraints
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
        constraints: Constraints,
        excluded: Ints,
        exact: bool,
        ef_search: int,
        among: Ints | None = None,
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
            constraints=query.constraints,
            excluded=query.viewer.excluded_ids,
            among=few,
            exact=few is not None or goes_along_with_vectors(query.constraints),
            ef_search=self._numbers.ef_search * k // self._numbers.ann_k,
        )


def matching_ids(query: Query, numbers: Retrieval) -> Ints | None:
    """The ids that keep every constraint, where they are few enough to compare them all."""
    if query.allowed is None or query.allowed.sum() > numbers.exact_below_rows:
        return None
    return query.facts.ids[query.allowed]


def goes_along_with_vectors(constraints: Constraints) -> bool:
    """Whether titles that match lie together: they starve an HNSW scan (recall .64 for a genre)."""
    return bool(
        constraints.genres
        or constraints.rule_genres
        or constraints.asks_for_offers
        or constraints.languages
        or constraints.countries
        or constraints.parts
    )
