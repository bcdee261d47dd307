"""What a component of each stage promises. Components are stateless or thread-safe.

An optional component that cannot do its work raises UpstreamUnavailable: the runner notes the span
as degraded and goes on without it. Any other exception ends the request.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from api.domain.arrays import Floats, Mask
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking

Answer = Callable[[], Retrieved]  # waits for it


class QueryHydrator(Protocol):
    """Adds to the query what later stages need."""

    name: str
    asks_others: bool = False  # whether it sends anything to a service of somebody else
    awaits_encoder: bool = False  # whether sources that begin early do so before it

    def hydrate(self, query: Query) -> Query:
        """The query with more in it."""
        ...


class Source(Protocol):
    """Proposes candidates. Constraints and exclusions are its own duty: what it returns is
    served, however narrow the request."""

    name: str
    begins_early: bool = False  # whether it needs no vector, and long enough to work meanwhile

    def applies_to(self, query: Query) -> bool:
        """Whether this source has anything to say about the query."""
        ...

    def asked(self, query: Query) -> AbstractContextManager[Answer] | None:  # noqa: ARG002
        """A question that the database works on from when the block is entered, while others are
        asked; within the block its answer is read, as `retrieve` has it. None: it has no need of
        the database."""
        return None

    def retrieve(self, query: Query) -> Retrieved:
        """Distinct candidates, best first, with this source's own scores."""
        ...


class Filter(Protocol):
    """Re-checks what the sources should have seen to."""

    name: str

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        """Per reason, which candidates are rejected."""
        ...


class Scorer(Protocol):
    """One signal of relevance."""

    name: str

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - most have something to say
        """Whether it tells candidates apart for this query; else it weighs nothing."""
        return True

    def prepare(self, query: Query) -> None:  # noqa: ARG002 - most need nothing of the taste alone
        """Works out what it needs of the taste alone, while sources wait for the database."""
        return

    def score(self, query: Query, pool: Pool) -> Floats:
        """One value in [0, 1] per candidate, in the pool's order."""
        ...


class Ranker(Protocol):
    """Turns signals into one order."""

    def rank(self, query: Query, pool: Pool, signals: dict[str, Floats]) -> Ranking:
        """Candidates by falling score, ties by id, non-finite scores last."""
        ...


class Reranker(Protocol):
    """Reorders the head of a ranking; optional."""

    name: str
    asks_others: bool = False  # whether it sends anything to a service of somebody else

    def applies_to(self, query: Query) -> bool:
        """Whether this reranker can judge the query."""
        ...

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking with another head and scores to match."""
        ...


class Selector(Protocol):
    """Chooses the final order for reasons other than relevance."""

    name: str

    def applies_to(self, query: Query) -> bool:
        """Whether the query asks for it."""
        ...

    def select(self, query: Query, ranking: Ranking) -> Ranking:
        """The same candidates in another order; nobody is lost."""
        ...


class EmbeddingLoader(Protocol):
    """Fetches the vectors of a ranking's head, once, for all stages behind it."""

    def load(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking with `embeddings` set, or as it is when there are none."""
        ...
