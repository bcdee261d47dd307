"""What a title must be to be recommended: the hard side of a request, rules included."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.language.intent import Interpreted
from api.platform.database import Database
from api.recommend.constraints.constraint import AskedBy, Constraint

_VIEWERS: frozenset[AskedBy] = frozenset({"parameter", "words", "preferences"})


@dataclass(frozen=True, slots=True)
class Constraints:
    """All of them hold at once: of two that ask for the same thing, the stricter wins."""

    each: tuple[Constraint, ...] = ()

    def __iter__(self) -> Iterator[Constraint]:
        return iter(self.each)

    @property
    def go_along_with_vectors(self) -> bool:
        """Whether the titles that keep them lie together."""
        return any(one.goes_along_with_vectors for one in self.each)

    @property
    def interpreted(self) -> tuple[Interpreted, ...]:
        """Those that parameters ask for, as a client can show them."""
        return tuple(chip for one in self.each if (chip := one.interpreted) is not None)

    def violations(self, facts: CatalogueFacts, rows: Ints | slice) -> dict[str, Mask]:
        """Per code, which of the rows break it."""
        broken: dict[str, Mask] = {}
        for one in self.each:
            mask = one.broken(facts, rows)
            broken[one.code] = broken[one.code] | mask if one.code in broken else mask
        return broken

    def allowed(self, facts: CatalogueFacts) -> Mask:
        """Which rows of the whole catalogue keep all. 20 us a constraint at 30k titles."""
        return self.kept_by(facts, slice(None))

    def kept_by(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        """Which of the rows keep all."""
        mask: Mask = np.ones(len(facts.ids[rows]), dtype=np.bool_)
        for one in self.each:
            mask &= ~one.broken(facts, rows)
        return mask

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> NDArray[np.int8] | None:
        """How likely the rows break one that viewers ask for, 0 surely not; None where none could.

        What operators leave out is what is known to be of the kind.
        """
        found: NDArray[np.int8] | None = None
        for one in self.each:
            if one.asked_by in _VIEWERS and (own := one.unsure(facts, rows)) is not None:
                grades = own.astype(np.int8)
                found = grades if found is None else np.maximum(found, grades)
        return found

    def map(self, change: Callable[[Constraint], Constraint | None]) -> "Constraints":
        """Each changed; None leaves it out."""
        changed = (change(one) for one in self.each)
        return Constraints(tuple(one for one in changed if one is not None))

    def broken_by(self, facts: CatalogueFacts, row: int) -> Iterable[Constraint]:
        """Those that one title breaks."""
        rows = np.array([row], dtype=np.int32)
        return (one for one in self.each if one.broken(facts, rows)[0])


def look_up(database: Database, constraints: Constraints) -> Constraints:
    """The constraints with the ids of titles that no column of the facts tells."""
    with database.autocommit() as cursor:
        return constraints.map(lambda one: one.looked_up(cursor))
