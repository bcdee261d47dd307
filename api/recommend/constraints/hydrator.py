"""Turns parameters, words, what a viewer never wants and business rules into constraints.

The mask of titles that keep them tells the sources what is allowed and the ANN router how many rows
match. It is also where a request is relaxed when it cannot fill a page.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints
from api.domain.genres import genre_id
from api.domain.items import EVERY_MEDIA_TYPE
from api.language.intent import Intent, IntentField, Interpreted
from api.recommend.constraints.constraints import Constraints, Lookups
from api.recommend.constraints.relaxation import FIELDS, relax
from api.recommend.constraints.stated import under
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.recommend.request import RecommendRequest
from config.business_rules import BusinessRules

LookUp = Callable[[Constraints], Lookups]

_OVERRULED = "The request's own parameter says otherwise and counts."


class ConstraintsAndRules(QueryHydrator):
    """Sets `constraints`, `lookups`, `allowed`, `relaxed`, `exact_matches` and `interpreted`."""

    name = "constraints"

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up

    def hydrate(self, query: Query) -> Query:
        facts, rules = query.facts, query.rules
        asked, overruled = wished_constraints(query.request, query.intent)
        asked = replace(asked, released_by=_released_by(asked, query.now.date()))
        constraints = with_rules(under(asked, query.viewer.preferences), rules, facts)
        lookups = self._look_up(constraints)
        unseen = np.ones(len(facts), dtype=np.bool_)
        unseen[facts.known_rows(query.viewer.excluded_ids)] = False
        whole = constraints.allowed(facts, lookups) & unseen
        constraints, relaxed = relax(
            constraints,
            lambda looser: int((looser.allowed(facts, lookups) & unseen).sum()),
            enough=query.page_size,
            keep_genres=rules.filters.require_intent_genres,
        )
        interpreted: tuple[Interpreted, ...] = ()
        if query.intent is not None:
            interpreted = query.intent.interpreted({FIELDS[name] for name in relaxed}, overruled)
        return query.with_(
            constraints=constraints,
            lookups=lookups,
            allowed=constraints.allowed(facts, lookups) & unseen if relaxed else whole,
            relaxed=relaxed,
            exact_matches=whole if relaxed else None,
            interpreted=interpreted,
        )


def wished_constraints(
    request: RecommendRequest, intent: Intent | None
) -> tuple[Constraints, dict[IntentField, str]]:
    """What parameters and words ask for, and the fields of the words that parameters overrule."""
    overruled: dict[IntentField, str] = {}
    media_types = frozenset([request.media_type]) if request.media_type else EVERY_MEDIA_TYPE
    services = frozenset(request.services)
    genres = (frozenset(request.genres),) if request.genres else ()
    asked = Constraints(
        media_types=media_types, genres=genres, services=services, country=request.country
    )
    if intent is None:
        return asked, overruled
    if intent.media_types:
        media_types &= intent.media_types
        if not media_types:
            media_types, overruled["media_type"] = asked.media_types, _OVERRULED
    if intent.services:
        both = services & intent.services if services else intent.services
        if both:
            services = both
        else:
            overruled["service"] = _OVERRULED
    return replace(
        asked,
        media_types=media_types,
        services=services,
        genres=(*genres, *intent.genres),
        excluded_genres=intent.excluded_genres,
        years=intent.years,
        excluded_years=intent.excluded_years,
        runtime_min=intent.runtime_min,
        runtime_max=intent.runtime_max,
        languages=intent.languages,
        excluded_languages=intent.excluded_languages,
        countries=intent.countries,
        excluded_countries=intent.excluded_countries,
        age_min=intent.age_min,
        age_max=intent.age_max,
        offer_types=intent.offer_types,
        parts=intent.parts,
        excluded_parts=intent.excluded_parts,
        excluded_keywords=intent.excluded_keywords,
        excluded_ids=intent.excluded_titles | frozenset(intent.seeds),
    ), overruled


def with_rules(
    constraints: Constraints, rules: BusinessRules, facts: CatalogueFacts
) -> Constraints:
    """The operator's filters on top; they never widen."""
    filters = rules.filters
    excluded = [*constraints.excluded_ids, *filters.exclude_ids]
    for reference in filters.exclude_tmdb_ids:
        excluded.extend(facts.ids[rows_of_tmdb(facts, reference)].tolist())
    return replace(
        constraints,
        media_types=constraints.media_types - frozenset(filters.exclude_media_types),
        rule_genres=_ids(filters.include_genres),
        excluded_genres=constraints.excluded_genres | _ids(filters.exclude_genres),
        year_min=filters.min_release_year,
        year_max=filters.max_release_year,
        vote_count_min=filters.min_vote_count,
        excluded_ids=frozenset(excluded),
    )


def _released_by(asked: Constraints, today: date) -> date | None:
    """What is not out yet cannot be watched, unless the words ask for years to come."""
    asks_for_later = bool(asked.years) and all(first > today.year for first, _ in asked.years)
    return None if asks_for_later else today


def rows_of_tmdb(facts: CatalogueFacts, reference: str) -> Ints:
    """Rows of "movie:603", or of both kinds for a bare number."""
    kind, _, number = reference.rpartition(":")
    found = facts.tmdb_id == int(number)
    if kind:
        found &= facts.is_show == (kind == "tv")
    return np.flatnonzero(found).astype(np.int32)


def _ids(names: list[str]) -> frozenset[int]:
    return frozenset(found for name in names if (found := genre_id(name)) is not None)
