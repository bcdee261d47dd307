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
        viewer = self._viewers.of(query.versions, query.facts, query.now)
        if query.excluded_ids is not None:
            viewer = replace(viewer, excluded_ids=query.excluded_ids)
        return replace(query, viewer=viewer)
