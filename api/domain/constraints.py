"""What a title must be to be recommended: the hard side of a request, rules included.

The same constraints exist twice on purpose: here as a mask over the resident facts, and as SQL in
api/storage/ann.py. Sources push them down; the filter stage re-checks with the other one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from api.domain.catalogue import CatalogueFacts, Ints, Mask, genre_bits
from api.domain.items import MediaType

EVERY_MEDIA_TYPE: frozenset[MediaType] = frozenset(("movie", "tv"))


@dataclass(frozen=True, slots=True)
class Constraints:
    """Every field narrows; an empty field or None does not, but no media type allows nothing."""

    media_types: frozenset[MediaType] = EVERY_MEDIA_TYPE
    genres: frozenset[int] = frozenset()  # the wish: any of
    rule_genres: frozenset[int] = frozenset()  # the operator's: any of
    excluded_genres: frozenset[int] = frozenset()
    year_min: int | None = None
    year_max: int | None = None
    vote_count_min: int | None = None
    services: frozenset[str] = frozenset()  # short names
    country: str = ""  # of the services
    excluded_ids: frozenset[int] = frozenset()

    def violations(
        self, facts: CatalogueFacts, rows: Ints | slice, on_services: Ints | None
    ) -> dict[str, Mask]:
        """Per reason, which of the rows break it.

        `on_services` are the ids that the services offer, None when no service is asked for.
        """
        broken: dict[str, Mask] = {}
        if self.media_types != EVERY_MEDIA_TYPE:
            is_show = facts.is_show[rows]
            broken["media_type"] = np.where(
                is_show, "tv" not in self.media_types, "movie" not in self.media_types
            )
        for reason, wanted in (("genre", self.genres), ("rule_genre", self.rule_genres)):
            if wanted:
                broken[reason] = (facts.genres[rows] & _bits(wanted)) == 0
        if self.excluded_genres:
            broken["excluded_genre"] = (facts.genres[rows] & _bits(self.excluded_genres)) != 0
        year = facts.year[rows]
        if self.year_min is not None:
            broken["too_old"] = year < self.year_min
        if self.year_max is not None:
            broken["too_new"] = (year > self.year_max) | (year == 0)
        if self.vote_count_min is not None:
            broken["few_votes"] = facts.vote_count[rows] < self.vote_count_min
        if on_services is not None:
            broken["not_on_service"] = ~np.isin(facts.ids[rows], on_services)
        if self.excluded_ids:
            excluded = np.fromiter(self.excluded_ids, dtype=np.int32)
            broken["excluded_id"] = np.isin(facts.ids[rows], excluded)
        return broken

    def allowed(self, facts: CatalogueFacts, on_services: Ints | None) -> Mask:
        """Which rows of the whole catalogue keep every constraint. 20 us a field at 30k titles."""
        mask = np.ones(len(facts), dtype=np.bool_)
        for broken in self.violations(facts, slice(None), on_services).values():
            mask &= ~broken
        return mask


def _bits(genre_ids: Iterable[int]) -> np.uint32:
    return np.uint32(genre_bits(genre_ids))
