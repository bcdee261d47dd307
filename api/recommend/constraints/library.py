"""What the household owns: only that, or everything else."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

import numpy as np
from psycopg import Cursor
from pydantic import Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.platform.database import Database
from api.platform.wire.inputs import UserId
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.parameters import FilterGroup

# By the primary key of library.
_OWNED = "SELECT item_id FROM library WHERE user_id = %s"


@dataclass(frozen=True, slots=True)
class Owned(Constraint):
    """In the household's library or, excluded, not in it."""

    code = "library"

    user_id: str
    excluded: bool
    titles: Ints | None = field(default=None, compare=False)  # ascending

    def looked_up(self, cursor: Cursor[Any]) -> "Owned":
        found = cursor.execute(_OWNED, (self.user_id,)).fetchall()
        titles = np.fromiter((row[0] for row in found), dtype=np.int32)
        return replace(self, titles=np.unique(titles))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("a library is looked up before titles are compared with it")
        owned = is_among(facts.ids[rows], self.titles)
        return owned if self.excluded else ~owned

    def explain(self, title: PreviewedTitle) -> Explained:  # noqa: ARG002 - all have the same
        if self.excluded:
            return "In the library, which the request leaves out.", {"owned": True}
        return "Not in the library, which the request asks for alone.", {"owned": False}


class LibraryParameters(FilterGroup):
    """The library of the household that asks."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Owned,)

    user_id: UserId
    library: Literal["any", "only", "exclude"] = Field(
        default="any",
        description="`only` titles that the household owns, or all but those.",
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if self.library != "any":
            yield Owned(
                "parameter",
                self.user_id,
                excluded=self.library == "exclude",
                written=f"library={self.library}",
            )
