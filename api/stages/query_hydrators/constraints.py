"""Turns wish and business rules into constraints, and marks every title that keeps them.

The mask over the resident facts tells the sources what is allowed and the ANN router how many rows
match. It is also where a wish is relaxed when it cannot fill a page.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from api.domain.catalogue import CatalogueFacts, Ints
from api.domain.constraints import EVERY_MEDIA_TYPE, Constraints
from api.domain.genres import genre_id
from api.domain.recommendation import Query
from api.pipeline.protocols import QueryHydrator
from config.business_rules import BusinessRules

# (services, country) -> ids they offer.
OffersLookup = Callable[[frozenset[str], str], Ints]


class ConstraintsAndRules(QueryHydrator):
    """Sets `constraints`, `on_services`, `allowed` and `relaxed`."""

    name = "constraints"

    def __init__(self, items_on_services: OffersLookup) -> None:
        self._items_on_services = items_on_services

    def hydrate(self, query: Query) -> Query:
        facts, rules = query.facts, query.rules
        constraints = wished_constraints(query)
        on_services = None
        if constraints.services:
            on_services = self._items_on_services(constraints.services, constraints.country)
        constraints = with_rules(constraints, rules, facts)
        unseen = np.ones(len(facts), dtype=np.bool_)
        unseen[facts.known_rows(query.viewer.excluded_ids)] = False
        allowed = constraints.allowed(facts, on_services) & unseen
        relaxed: tuple[str, ...] = ()
        # The one relaxation: wished genres, and only when they cannot fill a page. Titles of the
        # genre still lead: the last selector moves them to the front.
        if (
            constraints.genres
            and not rules.filters.require_intent_genres
            and int(allowed.sum()) < query.wish.limit
        ):
            constraints = replace(constraints, genres=frozenset())
            allowed = constraints.allowed(facts, on_services) & unseen
            relaxed = ("genres",)
        return query.with_(
            constraints=constraints, on_services=on_services, allowed=allowed, relaxed=relaxed
        )


def wished_constraints(query: Query) -> Constraints:
    """What the request itself asks for."""
    wish = query.wish
    media_types = frozenset([wish.media_type]) if wish.media_type else EVERY_MEDIA_TYPE
    return Constraints(
        media_types=media_types,
        genres=frozenset(wish.genres),
        services=frozenset(wish.services),
        country=wish.country,
    )


def with_rules(
    constraints: Constraints, rules: BusinessRules, facts: CatalogueFacts
) -> Constraints:
    """The operator's filters on top; they never widen."""
    filters = rules.filters
    excluded = [*filters.exclude_ids]
    for reference in filters.exclude_tmdb_ids:
        excluded.extend(facts.ids[rows_of_tmdb(facts, reference)].tolist())
    return replace(
        constraints,
        media_types=constraints.media_types - frozenset(filters.exclude_media_types),
        rule_genres=_ids(filters.include_genres),
        excluded_genres=_ids(filters.exclude_genres),
        year_min=filters.min_release_year,
        year_max=filters.max_release_year,
        vote_count_min=filters.min_vote_count,
        excluded_ids=frozenset(excluded),
    )


def rows_of_tmdb(facts: CatalogueFacts, reference: str) -> Ints:
    """Rows of "movie:603", or of both kinds for a bare number."""
    kind, _, number = reference.rpartition(":")
    found = facts.tmdb_id == int(number)
    if kind:
        found &= facts.is_show == (kind == "tv")
    return np.flatnonzero(found).astype(np.int32)


def _ids(names: list[str]) -> frozenset[int]:
    return frozenset(found for name in names if (found := genre_id(name)) is not None)
