"""What the household owns: only that, or everything else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

import numpy as np
from psycopg import Cursor
from pydantic import Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.language.intent import Value
from api.platform.errors import InvalidInput
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.parameters import FilterGroup
from api.viewers.events import ProfileKey

# By the primary key of library.
_OWNED = "SELECT item_id FROM library WHERE user_id = ANY(%s::text[])"


@dataclass(frozen=True, slots=True)
class Owned(Constraint):
    """In the household's library or, excluded, not in it; of several households in any."""

    code = "library"
    intent_field = "library"
    follows_viewers = True

    user_id: str
    excluded: bool
    others: tuple[str, ...] = ()  # users of other households who watch along
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Owned"]:
        if (own := asked.intent.library) is not None:
            yield cls("words", asked.request.user_id, excluded=own == "exclude")

    def looked_up(self, cursor: Cursor[Any]) -> "Owned":
        found = cursor.execute(_OWNED, ([self.user_id, *self.others],)).fetchall()
        titles = np.fromiter((row[0] for row in found), dtype=np.int32)
        return replace(self, titles=np.unique(titles))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("a library is looked up before titles are compared with it")
        owned = facts.are_among(rows, self.titles)
        return owned if self.excluded else ~owned

    def explain(self, title: PreviewedTitle) -> Explained:  # noqa: ARG002 - all have the same
        if self.excluded:
            return "In the library, which the request leaves out.", {"owned": True}
        return "Not in the library, which the request asks for alone.", {"owned": False}

    @property
    def lacks(self) -> str | None:
        is_bare = self.titles is not None and not len(self.titles) and not self.excluded
        return "Nothing is in the library yet." if is_bare else None

    @property
    def place(self) -> str | None:
        return None if self.excluded else "in the library"

    def shown(self) -> tuple[Value, str]:
        if self.excluded:
            return "exclude", "Not in the library"
        return "only", "In the library"


class LibraryParameters(FilterGroup):
    """The library of the household that asks."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Owned,)

    library: Literal["any", "only", "exclude"] = Field(
        default="any",
        description="`only` titles that the household owns, or all but those; of several "
        "households what any of them owns.",
    )

    def of_viewers(self, viewers: Sequence[ProfileKey]) -> Iterator[Constraint]:
        if self.library == "any":
            return
        if not viewers:
            raise InvalidInput("whose? Name a user_id", field="library")
        first, *others = dict.fromkeys(one.user_id for one in viewers)
        yield Owned(
            "parameter",
            first,
            excluded=self.library == "exclude",
            others=tuple(others),
            written=f"library={self.library}",
        )
