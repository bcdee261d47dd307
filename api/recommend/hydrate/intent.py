"""Reads the words of a request: filters, people, titles to search near to, and a free rest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from api.language.intent import Intent
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query

# (text, catalogue version, today) -> what it asks for.
ReadIntent = Callable[[str, int, date], Intent]


class IntentOfWords(QueryHydrator):
    """Sets `intent` where the client wrote a query that was not read before."""

    name = "intent"

    def __init__(self, read: ReadIntent) -> None:
        self._read = read

    def hydrate(self, query: Query) -> Query:
        if not query.request.text or query.intent is not None:
            return query
        intent = self._read(query.request.text, query.facts.version, query.now.date())
        return replace(query, intent=intent)
