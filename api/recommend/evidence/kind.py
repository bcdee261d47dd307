"""What a kind of evidence declares about itself; one file beside this one per kind.

A kind finds titles, scores them, says why a title is in the list, or does several of these. What is
declared here is all there is to say: registry.py lists the kinds, and pipeline, weights, stored
evidence, reasons, contract tests and docs/reference/stages.md are made of that list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from api.catalogue.embeddings.keyword_centroids import KeywordCentroids
from api.catalogue.embeddings.title_vectors import TitleVectors
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.words.word_index import WordIndex
from api.language.intent import Interpreted
from api.platform.database import Database
from api.platform.resident import Resident
from api.recommend.evidence.reason_facts import ReasonFacts
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm
from config.ranking import Ranking as Numbers

Part = TypeVar("Part")
MOST_REASONS = 4  # of a title, but for that its place was drawn


@dataclass(frozen=True, slots=True)
class Needs:
    """What sources and scorers are built of."""

    database: Database
    numbers: Numbers
    words: Resident[WordIndex] | None = None  # of all strategies; None: each has its own
    centroids: Resident[KeywordCentroids] | None = None  # likewise
    vectors: Resident[TitleVectors] | None = None  # None: the database's alone
    _made: dict[Callable[["Needs"], Any], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def once(self, build: Callable[["Needs"], Part]) -> Part:
        """What is built of these, the same one for all that ask: they share what it keeps."""
        if build not in self._made:
            self._made[build] = build(self)
        made: Part = self._made[build]
        return made


@dataclass(frozen=True, slots=True)
class FindsTitles:
    """A candidate source."""

    name: str  # as clients see it
    about: str  # what it proposes, as a row of docs/reference/stages.md says
    build: Callable[[Needs], Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a signal weighs by default, per kind of request: 0 to 100, and only ratios count.

    cold: nothing liked yet. few, warm: from the first liked title to many. lone: nobody else is
    known to like what is liked. query: in words. narrative: in words that speak of titles somebody
    likes or has seen, or speak at length. like: for titles like those that the request names.
    """

    cold: float = 0.0
    few: float = 0.0
    warm: float = 0.0
    lone: float | None = None  # None: as warm
    query: float = 0.0
    narrative: float | None = None  # None: as query
    like: float = 0.0


@dataclass(frozen=True, slots=True)
class ScoresTitles:
    """A signal in [0, 1]."""

    name: str
    about: str
    build: Callable[[Needs], Scorer]
    weights: Weights | None  # None: no part of the mixer's sum


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the stored evidence, one value per title of a list."""

    name: str
    kind: str  # as numpy writes it, with its width: "<i4"
    is_title: bool = False  # whether it holds the id of a title that a reason may name, 0 for none
    default: float = 0.0  # in lists that were stored before there was this column


@dataclass(slots=True)
class Subject:
    """A title of a list that reasons are asked for, with what stronger ones have said of it."""

    record: Mapping[str, Any]  # its stored evidence: the columns that kinds declare
    facts: CatalogueFacts
    row: int  # in the facts; -1 when it has left the catalogue
    titles: Mapping[int, str]
    people: Mapping[int, tuple[str, int]]  # id -> name, liked titles with that person
    interpreted: Sequence[Interpreted]  # what became of the request's words
    text: str = ""  # those words; "" where they may not be told
    codes: list[str] = field(default_factory=list)  # of the reasons found so far
    named: set[int] = field(default_factory=set)  # titles that those name

    def title_in(self, column: str) -> dict[str, Any] | None:
        """The title of a column as evidence; None for one that is gone, or named already."""
        item_id: int = self.record[column]
        if item_id not in self.titles or item_id in self.named:
            return None
        return {"item_id": item_id, "title": self.titles[item_id]}


Stands = Literal["before", "by_share", "behind", "alone"]  # the groups of reasons, in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class GivesReason:
    """A reason that a title may be in a list for."""

    code: str
    form: ReasonForm
    facts: type[ReasonFacts]  # what `evidence` holds, as clients get it
    is_personal: bool  # whether it tells anything of the viewer's taste
    evidence: Callable[[Subject], dict[str, Any] | None]  # None: it does not hold
    signals: tuple[str, ...] = ()  # it tells what these contributed to the score
    # Where it stands among the others: by what its signals contributed, and not at all where that
    # is negligible; before those (what was asked); behind them; or alone, where no other holds.
    stands: Stands = "by_share"


# Writes a kind's own columns of the records, which are in the ranking's order.
Note = Callable[[Query, Ranking, NDArray[np.void]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of evidence: any of a few sources, a signal, and reasons with the columns behind."""

    sources: tuple[FindsTitles, ...] = ()
    signal: ScoresTitles | None = None
    columns: tuple[Column, ...] = ()
    note: Note | None = None
    reasons: tuple[GivesReason, ...] = ()
