"""A constraint is a value: one thing that a title must be, or must not be, and who asks for it.

Everything that deals with constraints asks the value itself: which titles break it, how it gives
way when a page cannot be filled, and how a title that breaks it is told so. docs/how-to has a page
on adding one.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor
from pydantic import ConfigDict

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.language.intent import IntentField, Interpreted, Value

AskedBy = Literal["parameter", "words", "preferences", "rules", "calendar", "catalogue"]
Unsure = NDArray[np.bool_] | NDArray[np.int8]  # 0 or False: it is known
Explained = tuple[str, dict[str, Any]]  # a sentence, and the facts that make it true

_ASKERS: Mapping[AskedBy, str] = {
    "parameter": "the request",
    "words": "the request",
    "preferences": "the viewer's preferences",
    "rules": "the business rules",
    "calendar": "the calendar",
    "catalogue": "the catalogue",
}


@dataclass(frozen=True, slots=True)
class PreviewedTitle:
    """A title that breaks a constraint, with what a sentence about it needs.

    `record` is api/catalogue/items/item_records.py's, with the offers of the request's country.
    """

    facts: CatalogueFacts
    row: int
    record: Mapping[str, Any]
    interpreted: Sequence[Interpreted] = ()  # of the words of the request


@dataclass(frozen=True, slots=True)
class Constraint(ABC):
    """What every constraint can say of itself; subclasses add what they compare with.

    What a title does not say of itself (year 0, runtime 0, no language, no age) breaks a bound and
    never an exclusion, unless the constraint says otherwise.
    """

    code: ClassVar[str]  # of a broken one, for programs; one a class
    intent_field: ClassVar[IntentField | None] = None  # of what was interpreted, that it answers
    relaxed_as: ClassVar[str] = ""  # its name in `relaxed`
    turns: ClassVar[tuple[int, ...]] = ()  # when it gives way, see relaxation.py; never: ()
    goes_along_with_vectors: ClassVar[bool] = False  # whether titles that keep it lie together
    follows_viewers: ClassVar[bool] = False  # whether viewers change which titles keep it

    # Of the JSON that a filter of a stored list is read from; arrays are never part of it.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(arbitrary_types_allowed=True)

    asked_by: AskedBy
    written: str = field(default="", kw_only=True)  # as a parameter: "year_min=1990"
    is_relaxed: bool = field(default=False, kw_only=True)

    @abstractmethod
    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        """Which of the rows break it."""

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Unsure | None:  # noqa: ARG002
        """How likely rows that keep it break it, since a fact is unknown: 0 surely not; None: none.

        An exclusion that says so lets them through behind those that surely keep it.
        """
        return None

    @abstractmethod
    def explain(self, title: PreviewedTitle) -> Explained:
        """What a title that breaks it has instead."""

    def looser(self, turn: int) -> "Constraint | None":  # noqa: ARG002 - most have one turn or none
        """As it is from this turn on; None where it is given up."""
        return self

    def contradicts(self, other: "Constraint") -> bool:  # noqa: ARG002 - most contradict nothing
        """Whether no title can keep both. Words that contradict a parameter do not count."""
        return False

    def looked_up(self, cursor: Cursor[Any]) -> Self:  # noqa: ARG002 - most need the facts alone
        """The same with the ids of the titles that no column of the facts tells."""
        return self

    @property
    def is_looked_up(self) -> bool:
        """Whether the facts do not tell which titles keep it, but the rows of the catalogue."""
        return type(self).looked_up is not Constraint.looked_up

    def shown(self) -> tuple[Value, str]:
        """What a parameter asks for, as a client can show it: a value and a label."""
        return None, self.written

    @property
    def lacks(self) -> str | None:
        """A sentence where it is known that no title at all keeps it."""
        return None

    @property
    def place(self) -> str | None:
        """Where it asks a title to be ("on the watchlist"); None where it asks for no place."""
        return None

    @property
    def interpreted(self) -> Interpreted | None:
        """A parameter as it stands beside what the words ask for; None for what it is not."""
        if self.asked_by != "parameter" or self.intent_field is None:
            return None
        value, label = self.shown()
        return Interpreted(
            self.intent_field, value, label, self.written, "enforced", source="parameter"
        )

    @property
    def asker(self) -> str:
        """Who asks for it, in a sentence."""
        return _ASKERS[self.asked_by]

    def verb(self, verb: str) -> str:
        """What the asker does: the request asks, the rules ask."""
        return f"{verb}s" if self.asker == "the request" else verb

    @property
    def widened(self) -> str:
        """What a sentence about a relaxed bound adds."""
        return ", widened as it is to fill the page" if self.is_relaxed else ""


def excluded_by_rules(what: str) -> str:
    """The sentence of a title that the operator leaves out."""
    return f"Excluded by the business rules: {what}."


def listed(names: Sequence[str], joint: str) -> str:
    """ "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
