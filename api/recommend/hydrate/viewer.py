"""Loads who asks: what they have seen, stated and like."""

from dataclasses import replace

from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.viewers.taste.viewers import Viewers


class LoadViewer(QueryHydrator):
    """Sets `viewer`: one that is known by the versions of the query, or a stranger."""

    name = "viewer"

    def __init__(self, viewers: Viewers) -> None:
        self._viewers = viewers

    def hydrate(self, query: Query) -> Query:
        return replace(query, viewer=self._viewers.of(query.versions, query.facts, query.now))
