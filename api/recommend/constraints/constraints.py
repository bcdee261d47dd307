"""What a title must be to be recommended: the hard side of a request, rules included.

The same constraints exist twice on purpose: here as a mask over the resident facts, and as SQL in
constraint_clauses.py beside it. Sources push them down; the filter stage re-checks with the other
one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.domain.countries import country_bits
from api.domain.genres import genre_bits
from api.domain.items import EVERY_MEDIA_TYPE, MediaType, OfferType
from api.domain.languages import language_code
from api.domain.years import YearRange
from api.language.intent import Part

# A cap for children keeps out what no board has rated; a cap above this age lets it pass.
OLDEST_CHILD = 13


@dataclass(frozen=True, slots=True, eq=False)
class Lookups:
    """Ids, ascending, for the constraints that the facts have no column for."""

    offered: Ints | None = None  # as services, country and offer types say; None: not asked for
    parts: tuple[Ints, ...] = ()  # titles of each part
    excluded: Ints | None = None  # titles of excluded people and keywords


@dataclass(frozen=True, slots=True)
class Constraints:
    """Every field narrows; an empty field or None does not, but no media type allows nothing.

    What a title does not say of itself (year 0, runtime 0, no language, no age) breaks a bound that
    asks for it, but for ages above OLDEST_CHILD; it never breaks an exclusion. A title whose day is
    not known is taken to be out.
    """

    media_types: frozenset[MediaType] = EVERY_MEDIA_TYPE
    genres: tuple[frozenset[int], ...] = ()  # asked for: of every set any
    rule_genres: frozenset[int] = frozenset()  # the operator's: any of
    excluded_genres: frozenset[int] = frozenset()
    years: tuple[YearRange, ...] = ()  # asked for: any of
    excluded_years: tuple[YearRange, ...] = ()
    released_by: date | None = None  # out by this day
    year_min: int | None = None  # the operator's
    year_max: int | None = None
    runtime_min: int | None = None  # minutes
    runtime_max: int | None = None
    languages: frozenset[str] = frozenset()  # ISO 639-1, any of
    excluded_languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()  # of COUNTRIES, any of
    excluded_countries: frozenset[str] = frozenset()
    age_min: int | None = None
    age_max: int | None = None
    vote_count_min: int | None = None
    services: frozenset[str] = frozenset()  # short names
    offer_types: frozenset[OfferType] = frozenset()  # empty: INCLUDED_OFFERS, with services
    country: str = ""  # of the offers
    parts: tuple[Part, ...] = ()  # all of, or with `any_part` one of
    any_part: bool = False
    excluded_parts: tuple[Part, ...] = ()  # none of
    excluded_keywords: frozenset[str] = frozenset()
    excluded_ids: frozenset[int] = frozenset()

    @property
    def asks_for_offers(self) -> bool:
        """Whether only titles that can be watched somewhere will do."""
        return bool(self.services or self.offer_types)

    def violations(
        self, facts: CatalogueFacts, rows: Ints | slice, lookups: Lookups
    ) -> dict[str, Mask]:
        """Per reason, which of the rows break it."""
        broken: dict[str, Mask] = {}
        if self.media_types != EVERY_MEDIA_TYPE:
            is_show = facts.is_show[rows]
            broken["media_type"] = np.where(
                is_show, "tv" not in self.media_types, "movie" not in self.media_types
            )
        self._add_genres(facts.genres[rows], broken)
        self._add_years(facts.year[rows], broken)
        if self.released_by is not None:
            # No comparison with an unknown day holds.
            broken["not_released"] = facts.released[rows] > np.datetime64(self.released_by)
        self._add_bounds(facts, rows, broken)
        self._add_origins(facts, rows, broken)
        ids = facts.ids[rows]
        if lookups.offered is not None:
            broken["not_offered"] = ~is_among(ids, lookups.offered)
        if lookups.parts:
            held = np.sum([is_among(ids, titles) for titles in lookups.parts], axis=0)
            broken["without_person"] = held < (1 if self.any_part else len(lookups.parts))
        if lookups.excluded is not None:
            broken["excluded_content"] = is_among(ids, lookups.excluded)
        if self.excluded_ids:
            excluded = np.array(sorted(self.excluded_ids), dtype=np.int32)
            broken["excluded_id"] = is_among(ids, excluded)
        return broken

    def allowed(self, facts: CatalogueFacts, lookups: Lookups) -> Mask:
        """Which rows of the whole catalogue keep every constraint. 20 us a field at 30k titles."""
        mask = np.ones(len(facts), dtype=np.bool_)
        for broken in self.violations(facts, slice(None), lookups).values():
            mask &= ~broken
        return mask

    def _add_genres(self, genres: NDArray[np.uint32], broken: dict[str, Mask]) -> None:
        if self.genres:
            missing: Mask = np.zeros(len(genres), dtype=np.bool_)
            for wanted in self.genres:
                missing |= (genres & _bits(wanted)) == 0
            broken["genre"] = missing
        if self.rule_genres:
            broken["rule_genre"] = (genres & _bits(self.rule_genres)) == 0
        if self.excluded_genres:
            broken["excluded_genre"] = (genres & _bits(self.excluded_genres)) != 0

    def _add_years(self, year: NDArray[np.int16], broken: dict[str, Mask]) -> None:
        if self.years:
            broken["year"] = ~_within(year, self.years)
        if self.excluded_years:
            broken["excluded_year"] = _within(year, self.excluded_years)
        if self.year_min is not None:
            broken["too_old"] = year < self.year_min
        if self.year_max is not None:
            broken["too_new"] = (year > self.year_max) | (year == 0)

    def _add_bounds(
        self, facts: CatalogueFacts, rows: Ints | slice, broken: dict[str, Mask]
    ) -> None:
        runtime, age = facts.runtime[rows], facts.age[rows]
        if self.runtime_min is not None:
            broken["too_short"] = runtime < self.runtime_min
        if self.runtime_max is not None:
            broken["too_long"] = (runtime > self.runtime_max) | (runtime == 0)
        if self.age_min is not None:
            broken["for_younger"] = age < self.age_min
        if self.age_max is not None:
            broken["for_older"] = age > self.age_max
            if self.age_max <= OLDEST_CHILD:
                broken["for_older"] |= age < 0
        if self.vote_count_min is not None:
            broken["few_votes"] = facts.vote_count[rows] < self.vote_count_min

    def _add_origins(
        self, facts: CatalogueFacts, rows: Ints | slice, broken: dict[str, Mask]
    ) -> None:
        language, countries = facts.language[rows], facts.countries[rows]
        if self.languages:
            broken["language"] = ~np.isin(language, _codes(self.languages))
        if self.excluded_languages:
            broken["excluded_language"] = np.isin(language, _codes(self.excluded_languages))
        if self.countries:
            broken["country"] = (countries & np.uint32(country_bits(self.countries))) == 0
        if self.excluded_countries:
            excluded = np.uint32(country_bits(self.excluded_countries))
            broken["excluded_country"] = (countries & excluded) != 0


def _bits(genre_ids: Iterable[int]) -> np.uint32:
    return np.uint32(genre_bits(genre_ids))


def _codes(languages: Iterable[str]) -> NDArray[np.int16]:
    return np.array([language_code(language) for language in languages], dtype=np.int16)


def _within(year: NDArray[np.int16], ranges: Iterable[YearRange]) -> Mask:
    within: Mask = np.zeros(len(year), dtype=np.bool_)
    for first, last in ranges:
        within |= (year >= first) & (year <= last)
    within &= year != 0
    return within
