"""A list as it is served, over all its pages."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, Ints
from api.domain.assignment import Assignment
from api.language.intent import Interpreted
from api.recommend.lists.list_provenance import ListProvenance
from api.recommend.lists.why_empty import WhyEmpty
from api.recommend.request import RecommendRequest
from api.viewers.events import ProfileKey
from config.strategy_files import STANDARD


@dataclass(frozen=True, slots=True, eq=False)
class MemberOfList:
    """One of several whom a list is for: what each of its titles is to them, in its order."""

    viewer: ProfileKey
    # Score of each title for them, as a share of their own best one's; in [0, 1], NaN: not known.
    fits: Floats
    evidence: NDArray[np.void]  # why; without any source where a title is none of their list
    people: dict[int, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A part of a list with something in common: its places from `start` to before `stop`."""

    code: str
    evidence: dict[str, Any]
    start: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """A served list over all its pages. `scores` never rise; `evidence` has a record a title."""

    id: UUID
    request: RecommendRequest
    item_ids: Ints
    scores: Floats
    evidence: NDArray[np.void]
    people: dict[int, tuple[str, int]]  # person id -> name, liked titles with that person
    phrases: dict[int, str] = field(default_factory=dict)  # item id -> a model's words, unchecked
    degraded: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    empty: WhyEmpty | None = None
    interpreted: tuple[Interpreted, ...] = ()
    most_per_page: int | None = None  # as the words of the request ask
    strategy: str = STANDARD
    assignment: Assignment = "champion"
    provenance: ListProvenance | None = None
    members: tuple[MemberOfList, ...] = ()  # of a list for several
    rows: tuple[ListRow, ...] = ()  # of a list in rows, in each of which scores fall

    def __len__(self) -> int:
        return len(self.item_ids)
