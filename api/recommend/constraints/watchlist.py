"""What the viewer means to watch: only that, or everything else."""

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

# By uq_profiles_user_id_profile, then the primary key of watchlist.
_LISTED = """
SELECT item_id
FROM unnest(%(users)s::text[], %(profiles)s::text[]) AS viewer (user_id, profile)
JOIN profiles ON profiles.user_id = viewer.user_id
    AND profiles.profile IS NOT DISTINCT FROM viewer.profile
JOIN watchlist ON profile_id = profiles.id
"""


@dataclass(frozen=True, slots=True)
class Watchlisted(Constraint):
    """On the watchlist of the profile or, excluded, not on it; of several profiles on any."""

    code = "watchlist"
    intent_field = "watchlist"
    follows_viewers = True

    user_id: str
    profile: str | None
    excluded: bool
    others: tuple[tuple[str, str | None], ...] = ()  # users and profiles that watch along
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Watchlisted"]:
        request, own = asked.request, asked.intent.watchlist
        if own is not None:
            yield cls("words", request.user_id, request.profile, excluded=own == "exclude")

    def looked_up(self, cursor: Cursor[Any]) -> "Watchlisted":
        users, profiles = zip((self.user_id, self.profile), *self.others, strict=True)
        named = {"users": list(users), "profiles": list(profiles)}
        found = cursor.execute(_LISTED, named).fetchall()
        titles = np.fromiter((row[0] for row in found), dtype=np.int32)
        return replace(self, titles=np.unique(titles))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("a watchlist is looked up before titles are compared with it")
        listed = facts.are_among(rows, self.titles)
        return listed if self.excluded else ~listed

    def explain(self, title: PreviewedTitle) -> Explained:  # noqa: ARG002 - all have the same
        if self.excluded:
            return "On the watchlist, which the request leaves out.", {"listed": True}
        return "Not on the watchlist, which the request asks for alone.", {"listed": False}

    @property
    def lacks(self) -> str | None:
        is_bare = self.titles is not None and not len(self.titles) and not self.excluded
        return "Nothing is on the watchlist yet." if is_bare else None

    @property
    def place(self) -> str | None:
        return None if self.excluded else "on the watchlist"

    def shown(self) -> tuple[Value, str]:
        if self.excluded:
            return "exclude", "Not on the watchlist"
        return "only", "On the watchlist"


class WatchlistParameters(FilterGroup):
    """The watchlist of the profile that asks."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Watchlisted,)

    watchlist: Literal["only", "exclude"] | None = Field(
        default=None,
        description="`only` titles of the profile's watchlist, or all but those; of several "
        "profiles what any of them listed.",
    )

    def of_viewers(self, viewers: Sequence[ProfileKey]) -> Iterator[Constraint]:
        if self.watchlist is None:
            return
        if not viewers:
            raise InvalidInput("whose? Name a user_id", field="watchlist")
        first, *others = dict.fromkeys(viewers)
        yield Watchlisted(
            "parameter",
            first.user_id,
            first.profile,
            excluded=self.watchlist == "exclude",
            others=tuple((one.user_id, one.profile) for one in others),
            written=f"watchlist={self.watchlist}",
        )
