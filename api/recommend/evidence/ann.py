"""Nearest titles to the query's vectors: by pgvector's HNSW, or by those in memory where every
vector that is allowed is compared."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

import numpy as np

from api.catalogue.embeddings.title_vectors import TitleVectors
from api.domain.arrays import Floats, Mask
from api.platform.resident import Resident
from api.recommend.evidence.nearest import Among, AskNearest, mask_of
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.pipeline.protocols import Answer, Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.ranking import Retrieval

# Looking up an id takes six times as long as passing a title by in a scan, at 30k titles: 1,000
# ids take 3 ms and a scan 6, 6,000 take 9 both ways, 12,000 take 14 and a scan 11.
_TITLES_PER_ID = 6
# Titles that lie together are compared one by one up to here, 0.1 s of a million; beyond it there
# are enough of them around any vector.
_MOST_COMPARED = 40_000
# One of so many titles is proposed as near to words at most: of fewer than 15,000 not all of
# `ann_k_words`.
_TITLES_PER_NEAR_ONE = 25


class Ann(Source):
    """One search over all vectors; a wide taste shares k between its interests.

    The score is the cosine to the nearest of the vectors, calibrated by the mixer.
    """

    def __init__(
        self,
        name: str,
        ask: AskNearest,
        numbers: Retrieval,
        *,
        for_text: bool,
        vectors: Resident[TitleVectors] | None = None,
    ) -> None:
        """`name` is "profile_ann" or "query_ann"; `for_text` says which requests it serves.

        `vectors` are those in memory. Words, which ask for many titles, are compared with all of
        them, and a taste with those that the router would have compared one by one in the database.
        """
        self.name = name
        self._ask = ask
        self._numbers = numbers
        self._for_text = for_text
        self._vectors = vectors

    def applies_to(self, query: Query) -> bool:
        has_words = query.text_vector is not None or query.is_seeded
        return (
            bool(query.vectors)
            and query.versions.space_id is not None
            and has_words == self._for_text
        )

    def retrieve(self, query: Query) -> Retrieved:
        searched = self._searched(query)
        held = self._compared(query, searched)
        if held is None:
            with self._ask_database(query, searched) as answer:
                return answer()
        vectors, k = self._vectors_of(query)
        return Retrieved(*held.nearest(vectors, k=k, among=_allowed_of(searched, held)))

    def asked(self, query: Query) -> AbstractContextManager[Answer] | None:
        """None where vectors in memory are compared."""
        searched = self._searched(query)
        if self._compared(query, searched) is not None:
            return None
        return self._ask_database(query, searched)

    def _compared(self, query: Query, searched: Query) -> TitleVectors | None:
        """The vectors in memory where they are compared, None where the database is asked."""
        is_compared = self._for_text or compares_all(searched, self._numbers)
        return self._in_memory(query) if is_compared else None

    def _ask_database(self, query: Query, searched: Query) -> AbstractContextManager[Answer]:
        if query.versions.space_id is None:
            raise ValueError("a query without a space has nothing to search in")
        vectors, k = self._vectors_of(query)
        among, exact = route(searched, self._numbers)
        return self._ask(
            space_id=query.versions.space_id,
            vectors=vectors,
            k=k,
            among=among,
            exact=exact,
            ef_search=self._breadth(k),
        )

    def _searched(self, query: Query) -> Query:
        return query if self._for_text else _of_own_medium(query)

    def _vectors_of(self, query: Query) -> tuple[Sequence[Floats], int]:
        """The vectors to search near, and how many titles each of them is to bring."""
        vectors = query.vectors
        if not self._for_text and _is_known_otherwise(query):
            vectors = vectors[:1]
        # What an interest finds is kept, so k is split evenly, with a floor for recall.
        return vectors, max(self._wanted(query) // len(vectors), 20)

    def _in_memory(self, query: Query) -> TitleVectors | None:
        """The vectors of the space that is searched; None for the moments in which they are of
        another one, and where there are none."""
        held = self._vectors and self._vectors.current(query.facts.version)
        return held if held and held.space_id == query.versions.space_id else None

    def _breadth(self, k: int) -> int:
        """As broad beside k as is set for `ann_k`; for more titles k itself, which finds .98."""
        numbers = self._numbers
        return min(numbers.ef_search * k // numbers.ann_k, max(numbers.ef_search, k))

    def _wanted(self, query: Query) -> int:
        """Titles wanted of all vectors: fewer where something else about liked titles leads."""
        if self._for_text:
            if not query.request.text:
                return self._numbers.ann_k
            # Of a small catalogue so many would be all of it, near to the words or not.
            most = max(self._numbers.ann_k, len(query.facts) // _TITLES_PER_NEAR_ONE)
            return min(self._numbers.ann_k_words, most)
        taste = query.viewer.taste
        if len(taste.co_liked) > 0:
            return self._numbers.ann_k_co_liked
        return self._numbers.ann_k_lone if len(taste.liked_ids) > 0 else self._numbers.ann_k


def _is_known_otherwise(query: Query) -> bool:
    """Whether what lies near to each interest is found by what is liked together with it, or by
    what the viewer's titles are made of."""
    return len(query.viewer.taste.co_liked) > 0 or query.similarity is not None


def _of_own_medium(query: Query) -> Query:
    """Among all titles hardly a show is near to shows: one title in ten is one."""
    own = OwnTitles.of(query)
    if len(own.liked) == 0 or not own.shows_alone:
        return query
    shows = query.allowed & query.facts.is_show
    return replace(query, allowed=shows) if shows.any() else query


def _allowed_of(query: Query, held: TitleVectors) -> Mask:
    """Which of the vectors are of titles that are allowed; titles newer than the facts are not."""
    if np.array_equal(held.ids, query.facts.ids):
        return query.allowed
    rows = query.facts.rows_of(held.ids)
    allowed = rows >= 0
    allowed[allowed] = query.allowed[rows[allowed]]
    return allowed


def compares_all(query: Query, numbers: Retrieval) -> bool:
    """Whether each allowed title is compared: they are few, or lie together, which starves a search
    of the index (recall .64 for a genre)."""
    lie_together = query.constraints.go_along_with_vectors
    most = _MOST_COMPARED if lie_together else numbers.exact_below_rows
    return int(np.count_nonzero(query.allowed)) <= most


def route(query: Query, numbers: Retrieval) -> tuple[Among, bool]:
    """The titles to search among, and whether all of them are compared."""
    facts, allowed = query.facts, query.allowed
    exact = compares_all(query, numbers)
    if exact and _TITLES_PER_ID * np.count_nonzero(allowed) <= len(facts):
        return facts.ids[allowed], exact
    return mask_of(facts, allowed), exact
