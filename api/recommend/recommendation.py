"""The vocabulary of one request: what is asked, what is found, what is served."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntFlag
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.domain.assignment import Assignment
from api.domain.deadline import Deadline
from api.domain.items import MediaType
from api.language.intent import Intent, Interpreted
from api.recommend.constraints.constraints import Constraints, Lookups
from api.recommend.lists.list_provenance import ListProvenance
from api.viewers.viewer import Viewer
from config.business_rules import BusinessRules
from config.explanations import ReasonCode
from config.ranking import MixerWeights
from config.strategy_files import STANDARD


class SourceBit(IntFlag):
    """Which candidate sources proposed a title; the names are the ones clients see."""

    profile_ann = 1
    query_ann = 2
    lexical = 4
    collaborative = 8
    people = 16
    trending = 32
    popular = 64
    related = 128
    story = 256
    followed = 512
    audience = 1024
    fan_liked = 2048
    neighbours = 4096


@dataclass(frozen=True, slots=True)
class RecommendRequest:
    """What the client asked for, as validated at the edge. Equal requests get equal answers."""

    user_id: str
    profile: str | None = None
    limit: int = 20
    text: str | None = None
    diversify: bool = True
    country: str = ""
    services: tuple[str, ...] = ()  # short names
    media_type: MediaType | None = None
    strategy: str | None = None  # as asked for; None leaves the choice to the service
    use_llm_intent: bool = True  # whether a model may read the text
    genres: tuple[int, ...] = ()
    description: str | None = None
    rewrite: str | None = None
    description_weight: float | None = None
    rewrite_weight: float | None = None
    weights: tuple[tuple[str, float], ...] = ()  # mixer overrides

    def fields(self) -> dict[str, Any]:
        """Name to value, not copied: dataclasses.asdict takes thirteen times as long."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A request with everything the stages need; hydrators return changed copies."""

    request: RecommendRequest
    now: datetime
    facts: CatalogueFacts
    viewer: Viewer
    constraints: Constraints
    weights: MixerWeights
    rules: BusinessRules
    space_id: int | None  # the active embedding space
    space_model: str | None = None  # the text encoder whose vectors it holds
    model_deadline: Deadline | None = None  # of all language models of the request together
    seed: int = 0  # of whatever is drawn at random: the id of the slate to be
    intent: Intent | None = None  # what the words of the request ask for
    lookups: Lookups = field(default_factory=Lookups)
    allowed: Mask | None = None  # rows of facts under every constraint, exclusions included
    text_vector: Floats | None = None
    story_vectors: tuple[Floats, ...] = ()  # of titles that the words name and nobody here has
    vectors: tuple[Floats, ...] = ()  # what ANN searches with, the main one first
    seed_ids: tuple[int, ...] = ()  # titles that the words name, where those lead the vectors
    seed_vectors: Floats | None = None  # theirs, row for row
    relaxed: tuple[str, ...] = ()
    exact_matches: Mask | None = None  # where relaxed: rows that keep every constraint all the same
    interpreted: tuple[Interpreted, ...] = ()

    @property
    def is_seeded(self) -> bool:
        """Whether the vectors are those of titles that the words name."""
        return bool(self.seed_ids or self.story_vectors)

    @property
    def words(self) -> str | None:
        """The text to search with: what is no filter; None for nothing."""
        return self.request.text if self.intent is None else self.intent.free_text or None

    @property
    def page_size(self) -> int:
        """Titles on a page: as many as the client takes, fewer where the words ask for fewer."""
        count = None if self.intent is None else self.intent.count
        return self.request.limit if count is None else min(self.request.limit, count)

    def with_(self, **changes: Any) -> "Query":
        """A copy with these fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True, eq=False)
class Retrieved:
    """What one source proposes: distinct ids, the best first, with the source's own scores."""

    ids: Ints
    scores: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Candidates as columns; `rows` point into the facts, `retrieved` keeps provenance."""

    facts: CatalogueFacts
    rows: Ints  # ascending
    sources: NDArray[np.uint16]  # SourceBit
    retrieved: dict[str, Floats] = field(default_factory=dict)  # source -> score, NaN if not found

    @property
    def ids(self) -> Ints:
        """Item ids, in the pool's order."""
        return self.facts.ids[self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def keep(self, mask: Mask) -> "Pool":
        """The pool with only the candidates where `mask` is true."""
        kept = {name: scores[mask] for name, scores in self.retrieved.items()}
        return Pool(self.facts, self.rows[mask], self.sources[mask], kept)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Candidates in order. `order` indexes the pool, `scores` goes with `order`.

    `embeddings` are unit vectors of some candidates, float32 (m, d); `embedded` is the row of each
    candidate in them, in the pool's order, -1 for those without.
    """

    pool: Pool
    order: Ints
    scores: Floats
    signals: dict[str, Floats]  # per scorer, in the pool's order, in [0, 1]
    embeddings: Floats | None = None
    embedded: Ints | None = None
    # Pool index of each title placed by exploration -> the probability with which it was drawn.
    explored: dict[int, float] = field(default_factory=dict)
    phrases: dict[int, str] = field(default_factory=dict)  # item id -> a model's words, unchecked
    judged: tuple[int, ...] = ()  # item ids that a hosted model put first, in its order
    weights: dict[str, float] = field(default_factory=dict)  # of each signal, summing to 1


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a title is in the list: a code and the evidence that makes it true."""

    code: ReasonCode
    evidence: dict[str, Any]


EVIDENCE = np.dtype(
    [
        ("sources", "<u2"),
        ("explored", "?"),
        ("near_id", "<i4"),  # the viewer's title nearest to this one; 0 for none
        ("near_cosine", "<f4"),
        ("near_liked", "?"),  # whether that title was liked or rated well, not only watched
        ("because_id", "<i4"),  # the title whose fans like this one too, by either list of them
        ("followed_id", "<i4"),  # the recent title that it is most often liked soon after
        ("neighbours", "<i2"),  # how many of the most similar viewers like it
        ("listed_id", "<i4"),  # the liked title that says most for it by TMDB's lists
        ("person_id", "<i4"),
        ("genre_id", "<i4"),  # the viewer's favourite among its genres
        ("genre_titles", "<i2"),  # the viewer's titles of that genre
        ("by_words", "?"),  # found by the words of the request
        ("words_cosine", "<f4"),  # to the vector searched with; 0 where full text alone found it
        ("seed_id", "<i4"),  # the title that the words name and it is nearest to; 0 for none
        ("seed_cosine", "<f4"),
        ("fatigue", "<f4"),  # the share of its score lost to having been shown and ignored
        ("propensity", "<f4"),  # with which this title got this place; 1 unless drawn at random
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """A served list over all its pages. `scores` never rise; `evidence` is an EVIDENCE array."""

    id: UUID
    request: RecommendRequest
    item_ids: Ints
    scores: Floats
    evidence: NDArray[np.void]
    people: dict[int, tuple[str, int]]  # person id -> name, liked titles with that person
    phrases: dict[int, str] = field(default_factory=dict)  # item id -> a model's words, unchecked
    degraded: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    empty_because: str | None = None
    interpreted: tuple[Interpreted, ...] = ()
    most_per_page: int | None = None  # as the words of the request ask
    strategy: str = STANDARD
    assignment: Assignment = "champion"
    provenance: ListProvenance | None = None

    def __len__(self) -> int:
        return len(self.item_ids)
