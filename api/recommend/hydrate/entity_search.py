"""Looks up titles and people that the words name and the catalogue does not know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from api.language.intent import Intent
from api.language.interpreter import ENTITY_SEARCH
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query

# (intent, catalogue version, today) -> the intent with more of its names linked.
LinkNames = Callable[[Intent, int, date], Intent]


class EntitySearch(QueryHydrator):
    """Sets `intent` anew where some of its names were unknown; without it their words are text."""

    name = ENTITY_SEARCH
    asks_others = True

    def __init__(self, link: LinkNames) -> None:
        self._link = link

    def hydrate(self, query: Query) -> Query:
        if query.intent is None or not query.intent.unknown_names:
            return query
        intent = self._link(query.intent, query.facts.version, query.now.date())
        return replace(query, intent=intent)
