"""Loads who asks: what they have seen, stated and like."""

from dataclasses import replace

from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import Versions
from api.viewers.viewer import Viewer


class LoadViewer(QueryHydrator):
    """Sets `viewer`: one that is known by the versions of the query, or a stranger.

    One of several has the taste that their own limits leave. What the limits of all leave of it is
    `told_viewer`: nobody hears from a reason what somebody who watches may not be shown.
    """

    name = "viewer"

    def __init__(self, viewers: Viewers) -> None:
        self._viewers = viewers

    def hydrate(self, query: Query) -> Query:
        versions, own = query.versions, query.versions.taste_limits
        if own is None or own == versions.limits:
            return replace(query, viewer=self._viewer(query, versions))
        return replace(
            query,
            viewer=self._viewer(query, replace(versions, limits=own)),
            told_viewer=self._viewer(query, versions),
        )

    def _viewer(self, query: Query, versions: Versions) -> Viewer:
        versions = replace(versions, taste_limits=None)
        viewer = self._viewers.of(versions, query.facts, query.now)
        if query.excluded_ids is not None:
            viewer = replace(viewer, excluded_ids=query.excluded_ids)
        return viewer
