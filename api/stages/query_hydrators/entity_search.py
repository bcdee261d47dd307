"""Looks up titles and people that the words name and the catalogue does not know."""

from collections.abc import Callable
from datetime import date

from api.domain.intent import Intent
from api.domain.recommendation import Query
from api.pipeline.protocols import QueryHydrator

# (intent, catalogue version, today) -> the intent with more of its names linked.
LinkNames = Callable[[Intent, int, date], Intent]


class EntitySearch(QueryHydrator):
    """Sets `intent` anew where some of its names were unknown; without it their words are text."""

    name = "entity_search"

    def __init__(self, link: LinkNames) -> None:
        self._link = link

    def hydrate(self, query: Query) -> Query:
        if query.intent is None or not query.intent.unknown_names:
            return query
        intent = self._link(query.intent, query.facts.version, query.now.date())
        return query.with_(intent=intent)
