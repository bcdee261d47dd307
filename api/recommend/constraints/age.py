"""The age that a title's certificate is meant for, see api/domain/maturity.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.maturity import OLDEST_AGE
from api.language.intent import Value
from api.platform.database import Database
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.parameters import FilterGroup

# Words up to this age are of a child, and keep out what no board has rated; so does what a viewer
# never wants up to the other, since adults say so as well.
_OLDEST_IN_WORDS = 16
_OLDEST_IN_PREFERENCES = 13

Age = Annotated[int, Field(ge=0, le=OLDEST_AGE)]


@dataclass(frozen=True, slots=True)
class YoungestAge(Constraint):
    """Meant for this age or an older one."""

    code = "for_younger"
    intent_field = "maturity"

    age: int

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["YoungestAge"]:
        if asked.intent.age_min is not None:
            yield cls("words", asked.intent.age_min)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.age[rows] < self.age)

    def explain(self, title: PreviewedTitle) -> Explained:
        sentence = f"{_rated(title)}; the request asks for {self.age} at least."
        return sentence, _evidence(title) | {"needed": self.age}

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, OldestAge) and self.age > other.age


@dataclass(frozen=True, slots=True)
class OldestAge(Constraint):
    """Meant for this age or a younger one."""

    code = "for_older"
    intent_field = "maturity"

    age: int
    hides_unrated: bool

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["OldestAge"]:
        age = asked.intent.age_max
        # For an adult who refuses violence see mild_enough.py.
        if age is not None and (asked.is_limited or not asked.intent.age_is_of_content):
            yield cls("words", age, age <= _OLDEST_IN_WORDS)
        if never := asked.never("maturity"):
            age = min(map(int, never)) - 1
            yield cls("preferences", age, age <= _OLDEST_IN_PREFERENCES)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        age = facts.age[rows]
        is_above = age > self.age
        return np.asarray(is_above | (age < 0) if self.hides_unrated else is_above)

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask | None:
        return None if self.hides_unrated else np.asarray(facts.age[rows] < 0)

    def explain(self, title: PreviewedTitle) -> Explained:
        sentence = f"{_rated(title)}; {self.asker} {self.verb('cap')} at {self.age}."
        return sentence, _evidence(title) | {"allowed": self.age}

    def shown(self) -> tuple[Value, str]:
        return [0, self.age], f"For ages up to {self.age}"


class AgeParameters(FilterGroup):
    """The oldest age."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (OldestAge,)

    max_age: Age | None = Field(
        default=None,
        description="Only titles with a certificate for this age or a younger one, by the "
        "strictest of the country's and the well-kept boards; what none of them has rated is left "
        "out.",
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if self.max_age is not None:
            written = f"max_age={self.max_age}"
            yield OldestAge("parameter", self.max_age, hides_unrated=True, written=written)


def _rated(title: PreviewedTitle) -> str:
    age = int(title.facts.age[title.row])
    return f"Rated {age} here" if age >= 0 else "Not rated here"


def _evidence(title: PreviewedTitle) -> dict[str, Any]:
    age = int(title.facts.age[title.row])
    return {"age": age if age >= 0 else None, "certificate": title.record["maturity_rating"]}
