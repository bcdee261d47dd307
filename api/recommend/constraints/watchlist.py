"""What the viewer means to watch: only that, or everything else."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

import numpy as np
from psycopg import Cursor
from pydantic import Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.platform.database import Database
from api.platform.wire.inputs import ProfileName, UserId
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.parameters import FilterGroup

# By uq_profiles_user_id_profile, then the primary key of watchlist.
_LISTED = """
SELECT item_id FROM watchlist JOIN profiles ON profiles.id = profile_id
WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
"""


@dataclass(frozen=True, slots=True)
class Watchlisted(Constraint):
    """On the watchlist of the profile or, excluded, not on it."""

    code = "watchlist"

    user_id: str
    profile: str | None
    excluded: bool
    titles: Ints | None = field(default=None, compare=False)  # ascending

    def looked_up(self, cursor: Cursor[Any]) -> "Watchlisted":
        key = {"user_id": self.user_id, "profile": self.profile}
        found = cursor.execute(_LISTED, key).fetchall()
        titles = np.fromiter((row[0] for row in found), dtype=np.int32)
        return replace(self, titles=np.unique(titles))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("a watchlist is looked up before titles are compared with it")
        listed = is_among(facts.ids[rows], self.titles)
        return listed if self.excluded else ~listed

    def explain(self, title: PreviewedTitle) -> Explained:  # noqa: ARG002 - all have the same
        if self.excluded:
            return "On the watchlist, which the request leaves out.", {"listed": True}
        return "Not on the watchlist, which the request asks for alone.", {"listed": False}


class WatchlistParameters(FilterGroup):
    """The watchlist of the profile that asks."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Watchlisted,)

    user_id: UserId
    profile: ProfileName | None = None
    watchlist: Literal["only", "exclude"] | None = Field(
        default=None,
        description="`only` titles of the profile's watchlist, or all but those.",
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if self.watchlist is not None:
            yield Watchlisted(
                "parameter",
                self.user_id,
                self.profile,
                excluded=self.watchlist == "exclude",
                written=f"watchlist={self.watchlist}",
            )
