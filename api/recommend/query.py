"""What the stages of one run read: the request, the viewer, and what hydrators add."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Mask
from api.domain.deadline import Deadline
from api.language.intent import Intent, Interpreted
from api.recommend.constraints.constraints import Constraints
from api.recommend.request import RecommendRequest
from api.viewers.viewer import Viewer
from config.business_rules import BusinessRules


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A request with everything the stages need; hydrators return changed copies."""

    request: RecommendRequest
    now: datetime
    facts: CatalogueFacts
    viewer: Viewer
    constraints: Constraints
    allowed: Mask  # rows of facts under every constraint, exclusions included
    weights: Mapping[str, float]  # by signal
    rules: BusinessRules
    space_id: int | None  # the active embedding space
    space_model: str | None = None  # the text encoder whose vectors it holds
    model_deadline: Deadline | None = None  # of all language models of the request together
    seed: int = 0  # of whatever is drawn at random: the id of the slate to be
    intent: Intent | None = None  # what the words of the request ask for
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
