"""What pages leave out of their list: what has changed since the list was made.

A list is stored whole and paged through for hours; each page is cut anew, so this is where it is
decided what may not be shown any more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.language.intent import Interpreted
from api.platform import literals
from api.platform.database import Database
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints, look_up
from api.recommend.constraints.kinds import limits_of
from api.recommend.constraints.library import Owned
from api.recommend.constraints.watchlist import Watchlisted
from api.recommend.request import RecommendRequest
from api.viewers.events import ProfileKey
from api.viewers.preferences.preference import Preference
from api.viewers.taste.evidence_of_taste import exclusions_of

# What the viewer of a profile states now.
StatedBy = Callable[[ProfileKey], Iterable[Preference]]

# By the primary key of items: 0.1 ms for the titles of a few pages.
_LIVING = "SELECT id FROM items WHERE id = ANY(%(ids)s::int[]) AND retired_at IS NULL"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Asks for what viewers have said and done since; one per process."""

    database: Database
    stated: StatedBy

    def among(
        self,
        ids: Ints,
        *,
        request: RecommendRequest,
        profile_id: int | None,
        facts: CatalogueFacts,
        now: datetime,
        interpreted: Sequence[Interpreted] = (),
    ) -> frozenset[int]:
        """Those that may not be shown any more.

        They left the catalogue, or the viewer has seen, refused or snoozed them, or never wants
        them, or what viewers own and list is asked for, as a parameter or in the words that were
        `interpreted`, and they are that no longer.
        """
        asked = (*request.filters, *_own_lists_of_words(request, interpreted))
        gone = ~self._living(ids) | self._filtered(ids, asked, facts)
        if profile_id is not None:  # a stranger has said and done nothing
            done_with = self.database.read(exclusions_of(profile_id, now))[0]
            gone |= is_among(ids, facts.with_same_titles(done_with))
            gone |= self._unwanted(ids, ProfileKey(request.user_id, request.profile), facts)
        return frozenset(ids[gone].tolist())

    def _living(self, ids: Ints) -> Mask:
        with self.database.autocommit() as cursor:
            rows = cursor.execute(_LIVING, {"ids": literals.int_array(ids)}).fetchall()
        return is_among(ids, np.array(sorted(row[0] for row in rows), dtype=np.int32))

    def _filtered(self, ids: Ints, asked: Iterable[Constraint], facts: CatalogueFacts) -> Mask:
        following = Constraints(tuple(one for one in asked if one.follows_viewers))
        if not following.each:
            return np.zeros(len(ids), dtype=np.bool_)
        return _breaking(look_up(self.database, following), ids, facts)

    def _unwanted(self, ids: Ints, viewer: ProfileKey, facts: CatalogueFacts) -> Mask:
        return _breaking(limits_of(tuple(self.stated(viewer)), facts), ids, facts)


def _own_lists_of_words(
    request: RecommendRequest, interpreted: Sequence[Interpreted]
) -> Iterator[Constraint]:
    """ "Not on my watchlist", "from our library", where the list keeps to it."""
    said = {
        one.field: one.value == "exclude"
        for one in interpreted
        if one.source == "words" and one.status == "enforced"
    }
    if (excluded := said.get("watchlist")) is not None:
        yield Watchlisted("words", request.user_id, request.profile, excluded=excluded)
    if (excluded := said.get("library")) is not None:
        yield Owned("words", request.user_id, excluded=excluded)


def _breaking(constraints: Constraints, ids: Ints, facts: CatalogueFacts) -> Mask:
    known = facts.known_rows(ids)
    return is_among(ids, np.sort(facts.ids[known[~constraints.kept_by(facts, known)]]))
