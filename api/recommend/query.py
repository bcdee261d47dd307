"""What the stages of one run read: what the run is given, and what hydrators add to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.similarity.item_similarity import ItemSimilarity
from api.domain.arrays import Floats, Ints, Mask
from api.domain.deadline import Deadline
from api.language.intent import Intent, Interpreted
from api.platform.errors import OutOfTime
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.people import People
from api.recommend.likeness.likeness import Likeness
from api.recommend.request import RecommendRequest
from api.recommend.trait_model import WantedTraits
from api.viewers.versions import Versions
from api.viewers.viewer import STRANGER, Viewer
from config.business_rules import BusinessRules
from config.ranking import TextKind

_MOST_OF_A_PERSON = 4  # titles that stand for what somebody makes


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A request with everything the stages need; hydrators return changed copies."""

    request: RecommendRequest
    versions: Versions  # of the viewer, the embedding space and the collaborative model
    facts: CatalogueFacts
    rules: BusinessRules
    now: datetime
    seed: int  # of whatever is drawn at random
    allowed: Mask  # rows of facts under every constraint, exclusions included
    deadline: Deadline | None = None  # of the whole request; None: as long as it takes
    model_deadline: Deadline | None = None  # of all language models of the request together
    intent: Intent | None = None  # what the words ask for; given, where they were read before
    viewer: Viewer = STRANGER
    # The viewer as everybody who watches may hear of them, where limits of others say less.
    told_viewer: Viewer | None = None
    weights: Mapping[str, float] = field(default_factory=dict)  # by signal
    constraints: Constraints = field(default_factory=Constraints)
    preferred: Constraints = field(default_factory=Constraints)  # of the words: they only lift
    shown: Mask | None = None  # rows of facts within the profile's limits; None: all
    shown_to_age: Mask | None = None  # rows within the age that the request asks for; None: all
    # How much rows of facts are made for children, 2 to -2; None where the viewer is no child.
    made_for_children: NDArray[np.int8] | None = None
    # The same where it orders the list: of a child, and of a request for small children.
    children_first: NDArray[np.int8] | None = None
    text_vector: Floats | None = None
    wanted_traits: WantedTraits | None = None  # of titles that people answer such words with
    story_vectors: tuple[Floats, ...] = ()  # of titles that the words name and nobody here has
    vectors: tuple[Floats, ...] = ()  # what ANN searches with, the main one first
    seed_ids: tuple[int, ...] = ()  # titles that are named, where those lead the vectors
    seed_vectors: Floats | None = None  # theirs, row for row
    similarity: ItemSimilarity | None = None  # where the taste goes by what titles are made of
    likeness: Likeness | None = None  # to the titles that the request names
    relaxed: tuple[str, ...] = ()
    excluded_ids: Ints | None = None  # for several viewers, in place of each one's own; ascending
    exact_matches: Mask | None = None  # where relaxed: rows that keep every constraint all the same
    interpreted: tuple[Interpreted, ...] = ()

    @classmethod
    def of(
        cls,
        request: RecommendRequest,
        *,
        versions: Versions,
        facts: CatalogueFacts,
        rules: BusinessRules,
        now: datetime,
        seed: int,
        deadline: Deadline | None = None,
        model_deadline: Deadline | None = None,
        intent: Intent | None = None,
    ) -> "Query":
        """What a run is given, time and chance included: the same given makes the same list.

        No hydrator has seen it: a stranger asks for nothing in particular.
        """
        return cls(
            request,
            versions,
            facts,
            rules,
            now,
            seed,
            allowed=np.ones(len(facts), dtype=np.bool_),
            deadline=deadline,
            model_deadline=model_deadline,
            intent=intent,
        )

    def require_time(self) -> None:
        """Raises OutOfTime where the request has had its time."""
        if self.deadline is not None and self.deadline.seconds_left() == 0:
            raise OutOfTime

    @property
    def is_seeded(self) -> bool:
        """Whether the vectors are those of titles that the words name."""
        return bool(self.seed_ids or self.story_vectors)

    @property
    def named_ids(self) -> tuple[int, ...]:
        """The titles that the request names, in its parameters or in its words."""
        if self.request.like or self.intent is None:
            return self.request.like
        named, seeds = self.intent.named_title, self.intent.seeds
        return (seeds or self.ids_of_likened) if named is None else (named, *seeds)

    @property
    def ids_of_likened(self) -> tuple[int, ...]:
        """Of people whom the words compare with, the best known titles."""
        if self.intent is None or not self.intent.likens_people:
            return ()
        made = [
            ids for one in self.preferred if isinstance(one, People) for ids in one.titles or ()
        ]
        found: list[int] = []
        for ids in made:
            rows = self.facts.known_rows(ids)
            best = rows[np.argsort(-self.facts.vote_count[rows], kind="stable")[:_MOST_OF_A_PERSON]]
            found += self.facts.ids[best].tolist()
        return tuple(dict.fromkeys(found))

    @property
    def words(self) -> str | None:
        """The text to search with: what is no filter, all of a long one; None for nothing, and for
        a title's name, which says nothing of its story."""
        if self.intent is not None and self.intent.named_title is not None:
            return None
        return self.words_of_names

    @property
    def words_of_names(self) -> str | None:
        """The text to compare with the names of titles: a title's name too."""
        if self.intent is None or self.intent.is_long:
            return self.request.text
        return self.intent.free_text or None

    @property
    def different_words(self) -> int:
        """How many there are to search with."""
        return len({*(self.words or "").casefold().split()})

    @property
    def text_kind(self) -> TextKind:
        """Whether the words ask ("heist films like Heat"), tell of titles, or tell at length."""
        if self.intent is None or self.intent.named_title is not None:
            return "query"
        if self.intent.is_long:
            return "plot"
        return "named" if self.intent.seeds and self.intent.is_narrative else "query"

    @property
    def page_size(self) -> int:
        """Titles on a page: as many as the client takes, fewer where the words ask for fewer."""
        count = None if self.intent is None else self.intent.count
        return self.request.limit if count is None else min(self.request.limit, count)
