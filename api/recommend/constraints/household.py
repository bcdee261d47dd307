"""What others of the household have seen: left out where one wants what is new to everybody."""

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
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.parameters import FilterGroup
from api.viewers.events import ProfileKey

# By uq_profiles_user_id_profile, then ix_interactions_newest. What somebody refused or snoozed they
# need not have seen.
_SEEN = """
SELECT item_id FROM profiles JOIN interactions ON profile_id = profiles.id
WHERE user_id = ANY(%s::text[]) AND event_type IN ('watched', 'liked', 'disliked', 'rated')
"""


@dataclass(frozen=True, slots=True)
class SeenInHousehold(Constraint):
    """Seen by no profile of the household; of several households of none."""

    code = "seen_in_household"
    intent_field = "household_seen"
    follows_viewers = True

    user_id: str
    others: tuple[str, ...] = ()  # users of other households who watch along
    titles: Ints | None = field(default=None, compare=False)  # ascending

    def looked_up(self, cursor: Cursor[Any]) -> "SeenInHousehold":
        found = cursor.execute(_SEEN, ([self.user_id, *self.others],)).fetchall()
        titles = np.fromiter((row[0] for row in found), dtype=np.int32)
        return replace(self, titles=np.unique(titles))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("what a household saw is looked up before titles are compared with it")
        return facts.are_among(rows, facts.with_same_titles(self.titles))

    def explain(self, title: PreviewedTitle) -> Explained:  # noqa: ARG002 - all have the same
        return "Seen in the household, which the request leaves out.", {}

    def shown(self) -> tuple[Value, str]:
        return "exclude", "Seen by nobody of the household"


class HouseholdParameters(FilterGroup):
    """What all profiles of a user have seen, as one list."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (SeenInHousehold,)

    household_seen: Literal["any", "exclude"] = Field(
        default="any",
        description="`exclude` what any profile of the user has seen; of several users what any of "
        "their profiles has. What the viewer has seen is left out anyway.",
    )

    def of_viewers(self, viewers: Sequence[ProfileKey]) -> Iterator[Constraint]:
        if self.household_seen == "any":
            return
        if not viewers:
            raise InvalidInput("whose? Name a user_id", field="household_seen")
        first, *others = dict.fromkeys(one.user_id for one in viewers)
        written = f"household_seen={self.household_seen}"
        yield SeenInHousehold("parameter", first, others=tuple(others), written=written)
